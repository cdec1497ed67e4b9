"""A calendar that takes calendar mails as a client does: by METHOD, UID, RECURRENCE-ID and SEQUENCE, in order."""

import recurring_ical_events
from icalendar import Calendar

from huizen.models import Message
from partners.models import Meeting, MeetingInvitation

Entry = tuple


class CalendarClient:
    """What somebody's calendar shows after her mails; it refuses a mail that is not newer than what it has."""

    def __init__(self):
        self.entries: dict[str, dict] = {}
        self.sequences: dict[str, int] = {}

    @classmethod
    def of(cls, email: str) -> "CalendarClient":
        """The calendar of somebody who opened all her mails."""
        client = cls()
        for row in Message.objects.filter(recipient=email).exclude(calendar="").order_by("created_at", "pk"):
            client.receive(row.calendar)
        return client

    def receive(self, text: str) -> None:
        """Take one mail."""
        calendar = Calendar.from_ical(text)
        events = list(calendar.walk("VEVENT"))
        [uid] = {str(event["UID"]) for event in events}
        [sequence] = {int(event["SEQUENCE"]) for event in events}
        assert sequence > self.sequences.get(uid, -1), "a calendar ignores what is not newer"
        assert calendar.walk("VTIMEZONE")
        assert len({event["ATTENDEE"] for event in events}) == 1
        self.sequences[uid] = sequence
        parts = {_original(event): event for event in events}
        if calendar["METHOD"] == "CANCEL" and None in parts:
            self.entries.pop(uid, None)
        elif None in parts:
            self.entries[uid] = parts
        else:
            # Of one date; a cancelled one stays, as cancelled.
            self.entries.setdefault(uid, {}).update(parts)

    def agenda(self, first, last) -> list[Entry]:
        """What it shows between two days: start, end and title, the soonest first."""
        calendar = Calendar()
        for parts in self.entries.values():
            for event in parts.values():
                calendar.add_component(event)
        found = recurring_ical_events.of(calendar).between(first, last)
        standing = [event for event in found if event["STATUS"] != "CANCELLED"]
        return sorted((event["DTSTART"].dt, event["DTEND"].dt, str(event["SUMMARY"])) for event in standing)


def expected_agenda(email: str) -> list[Entry]:
    """What stands: every meeting for which she is asked and that takes place."""
    asked = MeetingInvitation.objects.asked().filter(email=email)
    rows = Meeting.objects.filter(invitations__in=asked, status=Meeting.Status.SCHEDULED)
    return sorted((row.starts_at, row.ends_at, row.title) for row in rows)


def _original(event):
    return event["RECURRENCE-ID"].dt if "RECURRENCE-ID" in event else None
