"""The reminder of a moment: by mail, and by text message to who asked that, at ten the day before."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import partial

from activities.actions.contact import international
from activities.actions.feedback import wanted_question
from activities.actions.registration_mail import facts
from activities.actions.session_words import event_file
from activities.models import Registration, Session
from huizen.languages import DUTCH
from huizen.models import Category, Channel, PlannedMessage
from huizen.outbox import sms
from huizen.outbox.kinds import Kind, Letter, Row
from huizen.outbox.planning import Plan, Reminder, plan, plan_many, planned_rows
from huizen.outbox.quiet import reminder_time
from huizen.outbox.translated import said_in

NAME = "session_reminder"
#: Wall clock in Europe/Brussels, the day before the moment.
HOUR = time(10, 0)
#: How far ahead the reconciler looks, and how many sign-ups it takes at a time.
AHEAD = timedelta(days=60)
BATCH = 500

State = Registration.State


def first_reminders(registrations: Iterable[Registration], *, now: datetime) -> list[PlannedMessage]:
    """The planned mails of sign-ups that are made in this same transaction, not written yet."""
    return planned_rows(
        Plan(each, _wanted(each, now=now), each.session.activity.house) for each in registrations
    )


def plan_reminder(registration: Registration, *, now: datetime) -> None:
    """Plan the reminder of one sign-up, or take it back when it is no longer wanted."""
    plan(registration, _wanted(registration, now=now), house=registration.session.activity.house)


def plan_reminders(registrations: Iterable[Registration], *, now: datetime) -> None:
    """The same for many, in two statements."""
    plan_many(Plan(each, _wanted(each, now=now), each.session.activity.house) for each in registrations)


def due_at(session: Session) -> datetime:
    """Ten o'clock on the kitchen wall, the day before: on the days that the clock changes too."""
    return reminder_time(session.starts_at, 1, HOUR)


def reconcile(*, now: datetime) -> int:
    """Plan what is missing and take back what is too much, for the moments of the next weeks; the number of
    sign-ups that were looked at. Every statement serves a whole batch."""
    seen, last = 0, None
    while batch := _batch(after=last, now=now):
        plan_reminders(batch, now=now)
        seen, last = seen + len(batch), batch[-1].pk
    return seen


def why_not(row: Row, now: datetime) -> str:
    """Why the reminder is no longer wanted; empty when it is."""
    registration = _registration_of(row)
    if registration is None or registration.state == State.CANCELLED:
        return "inschrijving geannuleerd"
    if registration.state in (State.WAITING, State.OFFERED):
        return "heeft nog geen plaats"
    if ways_to(registration).get(row.channel) != row.recipient:
        return "ander adres"
    return _why_not_session(registration.session, row, now)


def compose(planned: PlannedMessage, now: datetime) -> Letter:
    """What the reminder says: the same facts as the confirmation, in her language of now, and the calendar file as it is now."""
    registration = _whole().prefetch_related("participants").get(pk=planned.subject_id)
    language = registration.language if planned.channel == Channel.MAIL else DUTCH
    known = said_in(language, partial(facts, registration))
    file = event_file(registration.session, now=now, url=known["link"])
    return Letter(NAME, known, file, language=language)


KIND = Kind(name=NAME, why_not=why_not, compose=compose)


def _wanted(registration: Registration, *, now: datetime) -> list[Reminder]:
    """What a sign-up wants to send on its own: the reminder before the moment, and a question after it."""
    return [*_reminder(registration, now=now), *wanted_question(registration, now=now)]


def _reminder(registration: Registration, *, now: datetime) -> list[Reminder]:
    """One for each way by which she is reached; none for who signed up, or heard of a change, after it would have gone."""
    session = registration.session
    due = due_at(session)
    if not _may_be_reminded(registration, now=now) or due <= _last_news(registration):
        return []
    return [
        Reminder(NAME, key, Category.SESSION_REMINDER, address, due, session.starts_at, channel)
        for channel, address in ways_to(registration).items()
        for key in [f"{_version(session)}:{registration.pk}:{address}:1d"]
    ]


def ways_to(registration: Registration) -> dict[str, str]:
    """{channel: address} by which a family hears of its moment."""
    ways: dict[str, str] = {Channel.MAIL: registration.email} if registration.email else {}
    if registration.wants_sms and sms.is_on():
        ways[Channel.SMS] = international(registration.phone)
    return ways


def _may_be_reminded(registration: Registration, *, now: datetime) -> bool:
    session = registration.session
    takes_place = session.status == Session.Status.SCHEDULED and session.starts_at > now
    return takes_place and registration.state == State.CONFIRMED


def _last_news(registration: Registration) -> datetime:
    return max(registration.promoted_at or registration.created_at, registration.session.changed_at)


def _version(session: Session) -> str:
    return f"session:{session.pk}:v{session.time_version}"


def _why_not_session(session: Session, row: Row, now: datetime) -> str:
    if session.status == Session.Status.CANCELLED:
        return "moment afgelast"
    if session.starts_at <= now:
        return "moment is voorbij"
    if f"{_version(session)}:" not in row.key:
        return "moment verplaatst"
    return ""


def _registration_of(row: Row) -> Registration | None:
    return _whole().filter(pk=row.subject_id).first()


def _whole():
    return Registration.objects.select_related(
        "session__activity__house", "session__activity__location", "session__location"
    )


def _batch(*, after, now: datetime) -> list[Registration]:
    """The next sign-ups, of every state: what a cancelled one planned must go as well."""
    rows = _whole().filter(session__starts_at__gt=now, session__starts_at__lte=now + AHEAD)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk")[:BATCH])
