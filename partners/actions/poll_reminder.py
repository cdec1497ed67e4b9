"""Which reminders a question for a date wants: who did not answer, and the organiser once the day is past.

Clock on the wall in Brussels: at 9 o'clock two days before the last day (or on that day, when she was asked later than
that), and for the organiser at 9 o'clock on the day after.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from huizen.models import Category
from huizen.outbox.planning import Reminder, plan
from partners.actions.meeting_reminder import MORNING
from partners.models import DatePoll

REMINDER, ORGANISER_NOTE = "poll_reminder", "poll_organiser"
#: How long a note to the organiser is of use.
USEFUL = timedelta(days=7)


class PollKey(NamedTuple):
    """What makes a reminder that one reminder: which question, its last day, to whom (a voter, or 0 for the organiser)."""

    poll: int
    deadline: str
    voter: int

    def __str__(self):
        return f"poll:{self.poll}:{self.deadline}:{self.voter}"

    @classmethod
    def read(cls, key: str) -> "PollKey":
        """The parts of a key that we wrote."""
        _, poll, deadline, voter = key.split(":")
        return cls(int(poll), deadline, int(voter))


def replan_poll(poll: DatePoll) -> None:
    """Plan the reminders of one question anew; call it in the transaction of the change that causes it."""
    plan(poll, list(_reminders(poll)) if poll.is_open else [], house=poll.house)


def _reminders(poll: DatePoll) -> Iterator[Reminder]:
    last = _morning(poll, 0)
    for voter in poll.voters.filter(answered_at=None):
        early = _morning(poll, -2)
        due_at = early if early > voter.invited_at else last
        if due_at > voter.invited_at:
            yield _reminder(poll, REMINDER, voter.pk, voter.email, due_at, last + timedelta(hours=14))
    if poll.organiser and poll.organiser.is_active:
        after = _morning(poll, 1)
        yield _reminder(poll, ORGANISER_NOTE, 0, poll.organiser.email, after, after + USEFUL)


def _morning(poll: DatePoll, days: int) -> datetime:
    """Nine o'clock, so many days from the last day."""
    day = poll.deadline + timedelta(days=days)
    return datetime.combine(day, MORNING, tzinfo=timezone.get_default_timezone())


def _reminder(
    poll: DatePoll, kind: str, voter: int, recipient: str, due_at: datetime, expires_at: datetime
) -> Reminder:
    return Reminder(
        kind=kind,
        key=str(PollKey(poll.pk, f"{poll.deadline:%Y%m%d}", voter)),
        category=Category.MEETING_REMINDER,
        recipient=recipient,
        due_at=due_at,
        expires_at=expires_at,
    )
