"""One change of a meeting at a time."""

from partners.models import Meeting


class MeetingError(Exception):
    """Why a meeting cannot be changed so; its text is for the person who tried."""


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the transaction ends; who comes second waits and then sees the change."""
    rows = Meeting.objects.select_related("house", "group", "organiser")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
