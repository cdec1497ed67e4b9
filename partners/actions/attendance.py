"""Noting who is at a meeting: one tap each."""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from partners.actions.meeting_lock import MeetingError, lock_meeting
from partners.models import Meeting, MeetingAttendance, MeetingInvitation

Status = MeetingAttendance.Status


@transaction.atomic
def note_attendance(
    *, invitation: MeetingInvitation, status: str, by: User, now: datetime
) -> MeetingAttendance | None:
    """How somebody who was asked is there; "" takes it back. Twice the same is once. Raises MeetingError for a meeting that does not take place."""
    meeting = _locked(invitation.meeting)
    rows = MeetingAttendance.objects.filter(invitation=invitation)
    if not status:
        rows.delete()
        return None
    row, _ = MeetingAttendance.objects.update_or_create(
        invitation=invitation, defaults={"meeting": meeting, "status": status}
    )
    return row


@transaction.atomic
def note_rest(*, meeting: Meeting, status: str, by: User, now: datetime) -> int:
    """The same for all of whom nothing is noted yet; gives how many."""
    meeting = _locked(meeting)
    rest = meeting.invitations.asked().filter(attendance=None)
    rows = [MeetingAttendance(meeting=meeting, invitation=one, status=status) for one in rest]
    MeetingAttendance.objects.bulk_create(rows)
    if rows:
        record("attended", meeting, by=by, now=now, house=meeting.house, changes={"people": [0, len(rows)]})
    return len(rows)


@transaction.atomic
def note_extra(*, meeting: Meeting, name: str, by: User, now: datetime) -> MeetingAttendance:
    """Somebody who was not asked and came. The same name twice is once."""
    meeting = _locked(meeting)
    row, added = MeetingAttendance.objects.get_or_create(
        meeting=meeting, name=name, defaults={"status": Status.PRESENT}
    )
    if added:
        record("attended", meeting, by=by, now=now, house=meeting.house, changes={"people": [0, 1]})
    return row


@transaction.atomic
def remove_extra(*, meeting: Meeting, key: int, by: User, now: datetime) -> None:
    """Somebody was noted by mistake. Twice is once."""
    _locked(meeting)
    MeetingAttendance.objects.filter(meeting=meeting, invitation=None, pk=key).delete()


def _locked(meeting: Meeting) -> Meeting:
    meeting = lock_meeting(meeting)
    if meeting.is_cancelled:
        raise MeetingError("Dit overleg gaat niet door. Er is niets te noteren.")
    return meeting
