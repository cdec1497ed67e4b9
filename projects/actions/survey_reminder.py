"""Which reminders a House gets of a survey, and planning them.

To each coordinator of a House that did not hand in: on the first day, and 14, 3 and 1 days before the last one, at nine o'clock
in Brussels. Each is of use until the next one is due, so that after a standstill one mail goes and not three. Times follow from
stored rows (the days of the round, when it was released, since when she coordinates), never from "now": planning again tomorrow
gives the same reminders.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from huizen.models import Category, Membership, User
from huizen.outbox.planning import Plan, Reminder, plan_many
from huizen.outbox.quiet import morning_of
from huizen.outbox.reminder_key import ReminderKey
from huizen.roles import Permission, roles_with
from projects.models import SurveyAnswer, SurveyRound

KIND = "survey_reminder"
#: So many days before the last day.
DAYS_BEFORE = (14, 3, 1)


@dataclass(frozen=True)
class SurveyKey(ReminderKey):
    """Whose answer, to whom, for which last day, by which rule."""

    shape = "survey:{answer}:u{user}:{closes_on}:{rule}"
    answer: int
    user: int
    closes_on: date
    rule: str


def replan(round: SurveyRound) -> None:
    """Plan the reminders of all Houses anew (four statements, whatever their number)."""
    _plan(round.answers.all())


def replan_answer(answer: SurveyAnswer) -> None:
    """Plan the reminders of one House anew; call it in the transaction of the change that causes it."""
    _plan(SurveyAnswer.objects.filter(pk=answer.pk))


def _plan(answers: QuerySet[SurveyAnswer]) -> None:
    who = Prefetch("house__memberships", coordinating())
    rows = answers.select_related("round", "house").prefetch_related(who)
    plan_many(Plan(row, list(reminders_of(row, row.house.memberships.all())), row.house) for row in rows)


def coordinating():
    """Who may answer for a House today."""
    roles = roles_with(Permission.ANSWER_SURVEYS)
    return Membership.objects.current().filter(role__in=roles, user__is_active=True).select_related("user")


def coordinators_of(answer: SurveyAnswer) -> list[User]:
    """The people who may answer for the House of an answer."""
    return [membership.user for membership in coordinating().filter(house=answer.house_id).order_by("pk")]


def reminders_of(answer: SurveyAnswer, memberships: Iterable[Membership]) -> Iterator[Reminder]:
    """All reminders that one answer wants; none once it is handed in."""
    if answer.round.released_at is None or answer.is_submitted:
        return
    for membership in memberships:
        due = list(_due(answer.round, known=max(answer.round.released_at, membership.created_at)))
        ends = [*(moment for _, moment in due[1:]), _midnight_after(answer.round.closes_on)]
        for (rule, due_at), expires_at in zip(due, ends, strict=True):
            if due_at < expires_at:
                yield _reminder(answer, membership.user, rule, due_at, expires_at)


def _due(round: SurveyRound, *, known: datetime) -> Iterator[tuple[str, datetime]]:
    """Rule and moment, in order; what was due before somebody could know of the survey is left out."""
    opens = max(morning_of(round.opens_on), known)
    yield "open", opens
    for days in DAYS_BEFORE:
        moment = morning_of(round.closes_on - timedelta(days=days))
        if moment > opens:
            yield f"{days}d", moment


def _reminder(
    answer: SurveyAnswer, user: User, rule: str, due_at: datetime, expires_at: datetime
) -> Reminder:
    return Reminder(
        kind=KIND,
        key=str(SurveyKey(answer.pk, user.pk, answer.round.closes_on, rule)),
        category=Category.SURVEY,
        recipient=user.email,
        due_at=due_at,
        expires_at=expires_at,
    )


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_default_timezone())
