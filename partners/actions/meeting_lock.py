"""One change of a meeting at a time."""

from partners.models import Meeting, MeetingSeries


class MeetingError(Exception):
    """Why a meeting cannot be changed so; its text is for the person who tried."""


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the transaction ends; who comes second waits and then sees the change.

    Of a series the series first: its dates share one SEQUENCE.
    """
    if meeting.series_id:
        lock_series(meeting.series_id)
    rows = Meeting.objects.select_related("house", "group", "series", "organiser")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)


def lock_series(pk: int) -> MeetingSeries:
    """The series as it is now, held until the transaction ends."""
    rows = MeetingSeries.objects.select_related("house", "group", "organiser")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def raise_sequence(meeting: Meeting) -> None:
    """The next SEQUENCE, so that calendars take a change over; one counter for all dates of a series."""
    if meeting.series_id:
        meeting.ical_sequence = next_of_series(lock_series(meeting.series_id))
    else:
        meeting.ical_sequence += 1
    meeting.save(update_fields=["ical_sequence"])


def next_of_series(series: MeetingSeries) -> int:
    """The next SEQUENCE of a series that is locked."""
    series.ical_sequence += 1
    series.save(update_fields=["ical_sequence"])
    return series.ical_sequence
