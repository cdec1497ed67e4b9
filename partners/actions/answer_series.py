"""One answer for all dates of a series that somebody did not answer yet."""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from partners.actions.meeting_lock import lock_series
from partners.actions.meeting_series import replan_dates
from partners.models import Meeting, MeetingInvitation


def open_dates(invitation: MeetingInvitation, *, now: datetime):
    """Her invitations for the other coming dates of the same series."""
    meeting = invitation.meeting
    rows = MeetingInvitation.objects.asked().filter(email=invitation.email, meeting__starts_at__gt=now)
    if meeting.series_id is None:
        return rows.none()
    rows = rows.filter(meeting__series=meeting.series_id, meeting__status=Meeting.Status.SCHEDULED)
    return rows.exclude(pk=invitation.pk).select_related("meeting").order_by("meeting__starts_at")


@transaction.atomic
def answer_rest_of_series(*, invitation: MeetingInvitation, answer: str, now: datetime) -> int:
    """Give this answer for each of the dates that she did not answer yet; gives for how many."""
    if invitation.meeting.series_id is None:
        return 0
    series = lock_series(invitation.meeting.series_id)
    silent = list(open_dates(invitation, now=now).filter(answer=MeetingInvitation.Answer.NONE))
    keys = [row.pk for row in silent]
    MeetingInvitation.objects.filter(pk__in=keys).update(answer=answer, answered_at=now)
    replan_dates([row.meeting for row in silent])
    if silent:
        record(
            "answered",
            series,
            by=None,
            now=now,
            house=series.house,
            changes={"answer": [0, len(silent)]},
        )
    return len(silent)
