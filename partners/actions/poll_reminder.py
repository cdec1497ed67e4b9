"""Which reminders a question for a date wants: who did not answer, and the organiser once the day is past.

Clock on the wall in Brussels: at 9 o'clock two days before the last day (or on that day, when she was asked later than
that), and for the organiser at 9 o'clock on the day after.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huizen.models import Category
from huizen.outbox.planning import Reminder, plan
from huizen.outbox.quiet import morning_of
from huizen.outbox.reminder_key import ReminderKey
from partners.models import DatePoll

REMINDER, ORGANISER_NOTE = "poll_reminder", "poll_organiser"
#: How long a note to the organiser is of use.
USEFUL = timedelta(days=7)


@dataclass(frozen=True)
class PollKey(ReminderKey):
    """Which question, its last day, to whom (a voter, or 0 for the organiser)."""

    shape = "poll:{poll}:{deadline:%Y%m%d}:{voter}"
    poll: int
    deadline: date
    voter: int


def replan_poll(poll: DatePoll) -> None:
    """Plan the reminders of one question anew; call it in the transaction of the change that causes it."""
    plan(poll, list(_reminders(poll)) if poll.is_open else [], house=poll.house)


def _reminders(poll: DatePoll) -> Iterator[Reminder]:
    last = _morning(poll, 0)
    for voter in poll.voters.silent():
        early, asked_at = _morning(poll, -2), voter.asked_again_at or voter.invited_at
        due_at = early if early > asked_at else last
        if due_at > asked_at:
            yield _reminder(poll, REMINDER, voter.pk, voter.email, due_at, last + timedelta(hours=14))
    if poll.organiser and poll.organiser.is_active:
        after = _morning(poll, 1)
        yield _reminder(poll, ORGANISER_NOTE, 0, poll.organiser.email, after, after + USEFUL)


def _morning(poll: DatePoll, days: int) -> datetime:
    """Nine o'clock, so many days from the last day."""
    return morning_of(poll.deadline + timedelta(days=days))


def _reminder(
    poll: DatePoll, kind: str, voter: int, recipient: str, due_at: datetime, expires_at: datetime
) -> Reminder:
    return Reminder(
        kind=kind,
        key=str(PollKey(poll.pk, poll.deadline, voter)),
        category=Category.MEETING_REMINDER,
        recipient=recipient,
        due_at=due_at,
        expires_at=expires_at,
    )
