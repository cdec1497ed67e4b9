"""Calendars of others, for the tests that read them."""

from huizen.web_visit import Fetched

WEEKLY = {"start": "20260309T090000", "end": "20260309T120000", "more": "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=10"}


def event(
    uid="a@elders",
    title="Babymassage",
    start="20260309T090000",
    end="20260309T120000",
    *,
    more="",
    place="",
    text="",
):
    """One event; `more`: lines as they stand in the file."""
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260101T000000Z",
        f"DTSTART;TZID=Europe/Brussels:{start}",
        f"DTEND;TZID=Europe/Brussels:{end}",
        f"SUMMARY:{title}",
        f"LOCATION:{place}",
        f"DESCRIPTION:{text}",
        *filter(None, [more]),
        "END:VEVENT",
    ]
    return "\r\n".join(lines)


def feed(*events):
    """A file with these events."""
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Elders//NL\r\n"
    return (head + "\r\n".join(events) + "\r\nEND:VCALENDAR\r\n").encode()


def serving(*events):
    """Fetches this calendar, whatever the address."""
    return lambda url: Fetched(feed(*events))
