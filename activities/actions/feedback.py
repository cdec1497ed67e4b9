"""How was it? Asked once, the day after, and answered in one tap; nobody can tell afterwards who said what."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from activities.actions.session_words import spoken_time, told
from activities.models import Activity, Feedback, Registration, Session
from huizen import links
from huizen.models import Category, PlannedMessage, Suppression
from huizen.outbox.kinds import Kind, Letter, Row
from huizen.outbox.planning import Reminder
from huizen.outbox.suppression import suppress
from huizen.outbox.translated import said_in

NAME = PURPOSE = "feedback_request"
#: Wall clock in Europe/Brussels, the day after the moment.
HOUR = time(10, 0)
#: The question is of no use to anybody after a week.
USEFUL = timedelta(days=7)
#: A family that comes every week is asked about an activity once in so long.
ASKED_AGAIN = timedelta(days=60)
#: From so many opinions on, an activity gets a summary: fewer say too much of one family.
ENOUGH = 3

State = Registration.State


def wanted_question(registration: Registration, *, now: datetime) -> list[Reminder]:
    """The question that a sign-up plans for the day after its moment; none for who has no place or no address."""
    session = registration.session
    due = asked_at(session)
    takes_place = session.status == Session.Status.SCHEDULED and due > now
    if not takes_place or registration.state != State.CONFIRMED or not registration.email:
        return []
    key = f"feedback:{registration.pk}:v{session.time_version}:{registration.email}"
    return [Reminder(NAME, key, Category.FEEDBACK, registration.email, due, due + USEFUL)]


def asked_at(session: Session) -> datetime:
    """Ten o'clock on the kitchen wall, the day after the end."""
    day = timezone.localdate(session.ends_at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, HOUR))


def why_not(row: Row, now: datetime) -> str:
    """Why the question is not wanted; empty when it is."""
    registration = _found(row)
    if registration is None or registration.state != State.CONFIRMED:
        return "kwam niet"
    if registration.email != row.recipient:
        return "ander adres"
    if registration.feedback_given:
        return "zei al hoe het was"
    session = registration.session
    if session.status == Session.Status.CANCELLED:
        return "moment afgelast"
    if f":v{session.time_version}:" not in row.key:
        return "moment verplaatst"
    return "pas nog gevraagd" if isinstance(row, PlannedMessage) and _asked_before(registration) else ""


def compose(planned: PlannedMessage, now: datetime) -> Letter:
    """One sentence and one link: the tap itself is on the page, because mail scanners open every link."""
    registration = _rows().get(pk=planned.subject_id)
    context = said_in(registration.language, partial(_facts, registration))
    return Letter(NAME, context, language=registration.language)


KIND = Kind(name=NAME, why_not=why_not, compose=compose)


def feedback_path(registration: Registration) -> str:
    """The page on which a family says how it was, once."""
    return reverse("feedback_give", args=[links.sign(PURPOSE, registration.pk)])


@transaction.atomic
def give_feedback(*, registration_id, score: int, text: str = "", now: datetime) -> bool:
    """Keep an opinion, apart from who gives it; False when this link was used before, and nothing is kept.

    The logbook says nothing: its hour would tell whose opinion it is.
    """
    used = Registration.objects.filter(pk=registration_id, feedback_given=False).update(feedback_given=True)
    if used:
        session_id = Registration.objects.values_list("session_id", flat=True).get(pk=registration_id)
        Feedback.objects.create(
            session_id=session_id, score=score, text=text, given_on=timezone.localdate(now)
        )
    return bool(used)


def ask_no_more(*, registration_id, now: datetime) -> None:
    """No question of this kind to this address any more, about any activity."""
    email = Registration.objects.values_list("email", flat=True).get(pk=registration_id)
    if email:
        suppress(email, reason=Suppression.Reason.UNSUBSCRIBED, category=Category.FEEDBACK, now=now)


def summary(activity: Activity) -> dict[str, int] | None:
    """How many opinions of each score an activity has, and of how many; None while they are too few (one query)."""
    scores = Feedback.Score
    found = Feedback.objects.filter(session__activity=activity).aggregate(
        total=Count("pk"),
        good=Count("pk", filter=Q(score=scores.GOOD)),
        fair=Count("pk", filter=Q(score=scores.FAIR)),
        bad=Count("pk", filter=Q(score=scores.BAD)),
    )
    return found if found["total"] >= ENOUGH else None


def _asked_before(registration: Registration) -> bool:
    """Whether this contact was, or is about to be, asked about an earlier moment of the same activity lately."""
    session = registration.session
    lately = Q(session__ends_at__gt=session.ends_at - ASKED_AGAIN, session__ends_at__lt=session.ends_at) | Q(
        session__ends_at=session.ends_at, session__lt=session.pk
    )
    others = Registration.objects.filter(
        lately, session__activity=session.activity_id, contact_key=registration.contact_key
    ).values_list("pk", flat=True)
    return PlannedMessage.objects.filter(
        kind=NAME,
        subject_type=Registration._meta.label_lower,
        subject_id__in=[str(pk) for pk in others],
        state__in=[PlannedMessage.State.PLANNED, PlannedMessage.State.RELEASED],
    ).exists()


def _facts(registration: Registration) -> dict[str, Any]:
    session = registration.session
    return {
        "name": registration.name,
        "title": told(session.activity, "title"),
        "when": spoken_time(session),
        "house": session.activity.house.name,
        "link": links.absolute(feedback_path(registration)),
    }


def _found(row: Row) -> Registration | None:
    return _rows().filter(pk=row.subject_id).first()


def _rows():
    return Registration.objects.select_related("session__activity__house")
