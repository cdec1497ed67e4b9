"""Reading a calendar of somebody else (RFC 5545): its events with their moments on our wall clock, in plain values.

Whoever made the file may mean harm, so what could take for ever is refused before it is worked out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import recurring_ical_events
from django.utils.html import strip_tags
from icalendar import Calendar, Component

from huizen.calendar_file import BRUSSELS

#: The largest file in bytes, the most events, and the most moments of one event.
LARGEST, EVENTS, MOMENTS = 2 * 1024 * 1024, 1_000, 400
#: An event that began earlier and repeats since then takes too long to work out.
FIRST_YEAR = 2000
#: How often something may repeat within a day, and how many values a part of a rule may have.
FASTEST, MOST_VALUES = {"SECONDLY", "MINUTELY", "HOURLY"}, 60
NO_CALENDAR = "Dit is geen agenda die we kunnen lezen. Geef het adres van een iCal-bestand (.ics)."


Moment = tuple[datetime, datetime]


class CalendarError(Exception):
    """Why a calendar cannot be read; its text is for who gave it."""


@dataclass(frozen=True)
class ReadEvent:
    """One event: its moments (aware, in Europe/Brussels, the soonest first), or why we cannot use it ("": we can).

    `moves`: the single dates among them that stand elsewhere than where they were planned, as (planned, now).
    """

    uid: str
    title: str = ""
    description: str = ""
    place: str = ""
    moments: tuple[Moment, ...] = ()
    reason: str = ""
    moves: tuple[tuple[Moment, Moment], ...] = ()

    @property
    def planned(self) -> list[Moment]:
        """The moments of the rule, as if no single date had moved."""
        moved = {now for _, now in self.moves}
        return sorted({*(one for one in self.moments if one not in moved), *(was for was, _ in self.moves)})


def read_calendar(content: bytes, *, first: date, last: date) -> list[ReadEvent]:
    """The events that have a moment from `first` to `last`, in the order of their first moment. Raises CalendarError."""
    calendar = _parsed(content)
    components = [component for component in calendar.walk("VEVENT") if _text(component, "UID")]
    if len(components) > EVENTS:
        raise CalendarError(f"Deze agenda heeft meer dan {EVENTS} afspraken. Geef er een die kleiner is.")
    refused = {_text(one, "UID"): reason for one in components if (reason := _endless(one))}
    # Worked out without those that would take for ever.
    calendar.subcomponents = [one for one in calendar.subcomponents if _text(one, "UID") not in refused]
    occurrences = _occurrences(calendar, first, last)
    masters = _masters(components)
    events = [_refused(masters[uid], reason) for uid, reason in refused.items()]
    events += [_event(masters[uid], found) for uid, found in occurrences.items()]
    return sorted(events, key=lambda event: (not event.moments, event.moments[:1], event.uid))


def _parsed(content: bytes) -> Calendar:
    # A file that was cut off on its way looks like one in which the rest was taken away.
    if len(content) > LARGEST or not content.rstrip().endswith(b"END:VCALENDAR"):
        raise CalendarError(NO_CALENDAR)
    try:
        return Calendar.from_ical(content.replace(b"\0", b""))
    # A file that was made to break a reader can break it anywhere.
    except Exception as error:
        raise CalendarError(NO_CALENDAR) from error


def _occurrences(calendar: Calendar, first: date, last: date) -> dict[str, list[Component]]:
    """Every time that something takes place, by its event; what was cancelled is not there."""
    found: dict[str, list[Component]] = defaultdict(list)
    try:
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        # The end is not included there.
        for one in query.between(first, last + timedelta(days=1)):
            if _text(one, "STATUS").upper() != "CANCELLED":
                found[_text(one, "UID")].append(one)
    except Exception as error:
        raise CalendarError(NO_CALENDAR) from error
    return found


def _masters(components: Iterable[Component]) -> dict[str, Component]:
    """By its number the component that tells of the whole, not of one changed time."""
    masters: dict[str, Component] = {}
    for component in components:
        uid = _text(component, "UID")
        if uid not in masters or "RECURRENCE-ID" not in component:
            masters[uid] = component
    return masters


def _endless(component: Component) -> str:
    """Why the rule of an event cannot be worked out; "" where it can."""
    rules = component.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    start = getattr(component.get("DTSTART"), "dt", None)
    if rules and (start is None or start.year < FIRST_YEAR):
        return "Dit herhaalt zich al te lang. Maak het zelf."
    for rule in rules:
        fast = FASTEST & {str(value).upper() for value in rule.get("FREQ", [])}
        within_a_day = any(len(rule.get(name, [])) > 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
        if fast or within_a_day or any(len(values) > MOST_VALUES for values in rule.values()):
            return "Dit herhaalt zich te vaak op één dag. Maak het zelf."
    return ""


def _refused(component: Component, reason: str) -> ReadEvent:
    return ReadEvent(**_facts(component), reason=reason)


def _event(master: Component, occurrences: list[Component]) -> ReadEvent:
    facts = _facts(master)
    moments, moves, reasons = set(), {}, []
    usual = _moment(master)
    for one in occurrences:
        moment = _moment(one)
        if isinstance(moment, str):
            reasons.append(moment)
        else:
            moments.add(moment)
            if (planned := _planned(one, usual)) not in (None, moment):
                moves[planned] = moment
    if not facts["title"]:
        return ReadEvent(**facts, reason="Dit heeft geen titel.")
    if len(moments) > MOMENTS:
        return ReadEvent(**facts, reason="Dit herhaalt zich te vaak. Maak het zelf.")
    reason = "" if moments else reasons[0]
    return ReadEvent(
        **facts, moments=tuple(sorted(moments)), reason=reason, moves=tuple(sorted(moves.items()))
    )


def _planned(one: Component, usual: Moment | str) -> Moment | None:
    """Where a single date was planned (RFC 5545, 3.8.4.4), as long as the others; None where it does not say so."""
    start = getattr(one.get("RECURRENCE-ID"), "dt", None)
    if not isinstance(start, datetime) or isinstance(usual, str):
        return None
    start, (first, last) = _wall(start), usual
    planned = start, datetime.combine(start.date(), last.time(), tzinfo=BRUSSELS)
    return planned if start.time() == first.time() else None


def _moment(one: Component) -> Moment | str:
    """When it begins and ends, or why we cannot use it."""
    start, end = one["DTSTART"].dt, one["DTEND"].dt if "DTEND" in one else None
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return "Dit duurt een hele dag. Maak het zelf, met de juiste uren."
    start, end = _wall(start), _wall(end)
    if end <= start:
        return "Dit zegt niet tot wanneer het duurt."
    if end.date() > start.date():
        return "Dit loopt over meer dagen. Maak het zelf."
    return start, end


def _wall(moment: datetime) -> datetime:
    """On our clock; a time without a zone is one on the wall."""
    moment = moment.replace(second=0, microsecond=0)
    return moment.astimezone(BRUSSELS) if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)


def _facts(component: Component) -> dict[str, str]:
    return {
        "uid": _text(component, "UID"),
        "title": " ".join(strip_tags(_text(component, "SUMMARY")).split()),
        "description": _paragraphs(_text(component, "DESCRIPTION")),
        "place": " ".join(_text(component, "LOCATION").split()),
    }


def _text(component: Component, name: str) -> str:
    value = component.get(name, "")
    value = value[0] if isinstance(value, list) and value else value
    return str(value or "").strip()


def _paragraphs(text: str) -> str:
    """Without the marks of a web page and without empty lines after another."""
    text = strip_tags(re.sub(r"(?i)<br ?/?>|</p>", "\n", text))
    return re.sub(r"\n\s*\n+", "\n\n", "\n".join(line.strip() for line in text.splitlines())).strip()
