"""Calendar files (RFC 5545, iTIP of RFC 5546) that Outlook, Google and a phone accept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vDuration

BRUSSELS = ZoneInfo("Europe/Brussels")
PRODID = "-//Huizenportaal//Kalender//NL"


@dataclass(frozen=True)
class CalendarEvent:
    """One moment in a calendar. `uid` stays for life; `sequence` rises with each change that people must hear;
    `stamp` is when it last changed. `rule` (an RRULE), `without` and `also` are the dates of one that comes back;
    `instead_of` is the original start of the one date of such a series that this is about. `organiser` and `attendees` are (name, address); they show in REQUEST and
    CANCEL only, so that a public file names nobody."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    url: str = ""
    description: str = ""
    cancelled: bool = False
    rule: Mapping[str, Any] = field(default_factory=dict)
    without: tuple[datetime, ...] = ()
    also: tuple[datetime, ...] = ()
    instead_of: datetime | None = None
    organiser: tuple[str, str] = ("", "")
    attendees: tuple[tuple[str, str], ...] = ()


def calendar_file(
    events: Sequence[CalendarEvent],
    *,
    method: str = "PUBLISH",
    name: str = "",
    refresh: timedelta | None = None,
) -> str:
    """The text of a calendar file, with CRLF line ends. `method`: PUBLISH, or REQUEST and CANCEL for invitees.

    `refresh`: how often who follows the file should fetch it again (RFC 7986, 5.7, and what Outlook reads).
    """
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", method)
    if name:
        calendar.add("NAME", _line(name))
        calendar.add("X-WR-CALNAME", _line(name))
        calendar.add("X-WR-TIMEZONE", BRUSSELS.key)
    if refresh:
        calendar.add("REFRESH-INTERVAL", refresh, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(refresh).to_ical().decode())
    for event in events:
        calendar.add_component(_component(event, method))
    if events:
        calendar.add_missing_timezones(
            first_date=min(e.starts_at for e in events).date(),
            last_date=max(e.ends_at for e in events).date(),
        )
    return calendar.to_ical().decode()


def _component(event: CalendarEvent, method: str) -> Event:
    component = Event()
    component.add("UID", event.uid)
    component.add("DTSTAMP", event.stamp.astimezone(UTC))
    component.add("LAST-MODIFIED", event.stamp.astimezone(UTC))
    component.add("SEQUENCE", event.sequence)
    component.add("DTSTART", event.starts_at.astimezone(BRUSSELS))
    component.add("DTEND", event.ends_at.astimezone(BRUSSELS))
    component.add("SUMMARY", _line(event.title))
    component.add("STATUS", "CANCELLED" if event.cancelled or method == "CANCEL" else "CONFIRMED")
    for key, value in (
        ("LOCATION", _line(event.place)),
        ("DESCRIPTION", event.description),
        ("URL", event.url),
    ):
        if value:
            component.add(key, value)
    _add_recurrence(component, event)
    if method != "PUBLISH":
        _add_people(component, event)
    return component


def _add_recurrence(component: Event, event: CalendarEvent) -> None:
    if event.instead_of:
        component.add("RECURRENCE-ID", event.instead_of.astimezone(BRUSSELS))
    if event.rule:
        component.add("RRULE", event.rule)
    for key, moments in (("EXDATE", event.without), ("RDATE", event.also)):
        if moments:
            component.add(key, [moment.astimezone(BRUSSELS) for moment in moments])


def _add_people(component: Event, event: CalendarEvent) -> None:
    name, address = event.organiser
    if address:
        component.add("ORGANIZER", _person(name, address))
    for name, address in event.attendees:
        person = _person(name, address)
        # Answers come by the link in the mail, so a calendar must not ask for one itself.
        person.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "FALSE"}
        component.add("ATTENDEE", person)


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{_line(address)}")
    if name:
        # A double quote cannot stand in a parameter (RFC 5545, 3.2).
        person.params["CN"] = _line(name).replace('"', "'")
    return person


def _line(text: str) -> str:
    """One line, whatever was typed: a line break would start a new property."""
    return " ".join(text.split())
