"""Which reminders a meeting wants, and planning them.

Times are the clock on the wall in Brussels, so a night in which the clock changes moves nothing:

- 7 days before, at 9 o'clock: everybody who did not say no;
- 3 days before, at 9 o'clock: who did not answer yet (the nudge);
- 2 days before, at 9 o'clock: the organiser, how it stands;
- 1 day before, at 9 o'clock: everybody who did not say no. Was that already past when she was asked (or when the
  meeting was moved), then 2 hours before, so that also who is asked today for tomorrow gets one reminder.

A time that was past when she was asked is left out. That is measured from stored facts, never from "now": planning
again tomorrow gives the same reminders, which is what makes `reconcile_reminders` safe to run at any time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch

from huizen.models import Category
from huizen.outbox.planning import Plan, Reminder, plan, plan_many
from huizen.outbox.quiet import MORNING, reminder_time
from huizen.outbox.reminder_key import ReminderKey
from partners.models import Meeting, MeetingInvitation

Answer = MeetingInvitation.Answer
#: How far ahead the nightly round looks, and how many meetings it takes at once.
HORIZON = timedelta(days=60)
BATCH = 50

#: Who said so needs no reminder.
STAYS_AWAY = frozenset({Answer.NO, Answer.OTHER})

REMINDER, NUDGE, ORGANISER_NOTE = "meeting_reminder", "meeting_nudge", "meeting_organiser"


@dataclass(frozen=True)
class MeetingKey(ReminderKey):
    """Which meeting, which version of its moment, to whom, which rule."""

    shape = "meeting:{meeting}:v{version}:{who}:{rule}"
    meeting: int
    version: int
    who: str
    rule: str

    @property
    def invitation(self) -> int:
        """The row of the invitee; a reminder to the organiser has none (0)."""
        return int(self.who.removeprefix("i")) if self.who.startswith("i") else 0


def reminders_of(meeting: Meeting, invitations: Iterable[MeetingInvitation]) -> list[Reminder]:
    """All reminders that a meeting wants, in the version of its moment that stands now."""
    if meeting.is_cancelled:
        return []
    wanted = [reminder for invitation in invitations for reminder in _for_invitee(meeting, invitation)]
    return [*wanted, *_for_organiser(meeting)]


def replan(meeting: Meeting) -> None:
    """Plan the reminders of one meeting anew; call it in the transaction of the change that causes it."""
    plan(meeting, reminders_of(meeting, meeting.invitations.asked()), house=meeting.house)


def reconcile_reminders(*, now: datetime) -> int:
    """Derive the reminders of the next 60 days once more; gives how many meetings it looked at.

    A safety net: what an action planned is already right, so a second run changes nothing. A fixed number of
    statements for each batch. A meeting that somebody is changing right now is skipped: that change plans itself.
    """
    seen, last = 0, 0
    while batch := _reconcile_batch(after=last, now=now):
        seen, last = seen + len(batch), batch[-1].pk
    return seen


@transaction.atomic
def _reconcile_batch(*, after: int, now: datetime) -> Sequence[Meeting]:
    asked = Prefetch("invitations", MeetingInvitation.objects.asked(), to_attr="asked")
    meetings = list(
        Meeting.objects.filter(pk__gt=after, starts_at__gt=now, starts_at__lte=now + HORIZON)
        .select_related("house", "organiser")
        .prefetch_related(asked)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    plan_many(Plan(meeting, reminders_of(meeting, meeting.asked), meeting.house) for meeting in meetings)
    return meetings


def _for_invitee(meeting: Meeting, invitation: MeetingInvitation) -> Iterator[Reminder]:
    if invitation.withdrawn_at or invitation.answer in STAYS_AWAY:
        return
    known = max(meeting.moment_set_at, invitation.invited_at)
    week, nudge, day = (reminder_time(meeting.starts_at, days, MORNING) for days in (7, 3, 1))
    hours = meeting.starts_at - timedelta(hours=2)
    rules = [("7d", REMINDER, week), ("1d", REMINDER, day)]
    if day <= known:
        rules.append(("2h", REMINDER, hours))
    if invitation.answer == Answer.NONE:
        rules.append(("3d", NUDGE, nudge))
    for rule, kind, due_at in rules:
        if due_at > known:
            yield _reminder(meeting, f"i{invitation.pk}", rule, kind, invitation.email, due_at)


def _for_organiser(meeting: Meeting) -> Iterator[Reminder]:
    due_at = reminder_time(meeting.starts_at, 2, MORNING)
    if meeting.organiser and meeting.organiser.is_active and due_at > meeting.moment_set_at:
        who = f"o{meeting.organiser_id}"
        yield _reminder(meeting, who, "2d", ORGANISER_NOTE, meeting.organiser.email, due_at)


def _reminder(meeting: Meeting, who: str, rule: str, kind: str, recipient: str, due_at: datetime) -> Reminder:
    return Reminder(
        kind=kind,
        key=str(MeetingKey(meeting.pk, meeting.time_version, who, rule)),
        category=Category.MEETING_REMINDER,
        recipient=recipient,
        due_at=due_at,
        expires_at=meeting.starts_at,
    )
