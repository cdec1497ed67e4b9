"""Reading the calendars of others: what each says now is kept beside what was taken over; nothing is changed here."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from activities.actions.outside_calendar import locked, next_night
from activities.models import Activity, OutsideCalendar, OutsideEvent
from activities.offer_facts import RULES, differs, rules_of
from activities.outside_difference import NAMES
from activities.outside_moves import MOVES, moves_differ, moves_of
from activities.outside_rules import rules_for
from huizen.calendar_reading import LARGEST, CalendarError, ReadEvent, read_calendar
from huizen.models import Location
from huizen.web_visit import Fetched, fetch
from partners.actions.import_plan import name_key

State = OutsideCalendar.State
Fetch = Callable[[str], Fetched]

#: A reader that died is tried again after this.
LEASE = timedelta(minutes=15)
IRREGULAR = "Dit heeft te veel verschillende uren. Maak het zelf."
ELSEWHERE = "Dit staat ook in een andere agenda van dit Huis."
KNOWN = "Er is al een activiteit met deze titel."
EMPTY = "Er staat niets meer in deze agenda. We veranderen niets."


def fetch_calendar(url: str) -> Fetched:
    """The file of a calendar, never from inside our own network."""
    return fetch(url, most=LARGEST)


def read_due(*, now: datetime, fetcher: Fetch = fetch_calendar) -> int:
    """Read every calendar whose time has come; how many. Safe to run twice, also at the same time."""
    due = OutsideCalendar.objects.filter(next_read_at__lte=now).order_by("next_read_at", "pk")
    return sum(_read(key, url, now=now, fetcher=fetcher) for key, url in due.values_list("pk", "url"))


def _read(key: int, url: str, *, now: datetime, fetcher: Fetch) -> bool:
    """One calendar, unless somebody else reads it at this moment. No transaction is open while the other answers."""
    mine = OutsideCalendar.objects.filter(pk=key, next_read_at__lte=now).update(next_read_at=now + LEASE)
    if not mine:
        return False
    fetched = fetcher(url)
    keep_reading(calendar=OutsideCalendar(pk=key), fetched=fetched, now=now)
    return True


def keep_reading(*, calendar: OutsideCalendar, fetched: Fetched, now: datetime) -> OutsideCalendar | None:
    """Keep what a calendar says now, or why it could not be read; None where it was taken away meanwhile."""
    last = timezone.localdate(now) + relativedelta(months=settings.SESSION_HORIZON_MONTHS)
    with transaction.atomic():
        if not OutsideCalendar.objects.filter(pk=calendar.pk).exists():
            return None
        row = locked(calendar)
        fault = fetched.reason
        try:
            if not fault:
                first = timezone.localdate(row.made_at)
                _keep(row, read_calendar(fetched.content, first=first, last=last), last, now)
        except CalendarError as error:
            fault = str(error)
        _note(row, fault[:200], now)
    return row


def _note(row: OutsideCalendar, fault: str, now: datetime) -> None:
    """How the reading went, and when it is read again."""
    row.failing_since = (row.failing_since or now) if fault else None
    row.fault = fault
    if not fault:
        row.read_at = now
        row.state = State.READ if row.state == State.READING else row.state
    row.next_read_at = (
        next_night(timezone.localtime(now), row.pk) if row.url and row.state != State.STOPPED else None
    )
    row.save(update_fields=["fault", "failing_since", "read_at", "state", "next_read_at"])


def _keep(calendar: OutsideCalendar, read: list[ReadEvent], last, now: datetime) -> None:
    """What each event says. Raises CalendarError where all that we know is gone at once: that is no calendar any more."""
    known = {event.uid: event for event in calendar.events.all()}
    coming = [event for event in known.values() if event.made_at and event.next_at and event.next_at > now]
    uids = {event.uid for event in read}
    if coming and not uids & {event.uid for event in coming} and len(coming) > 1:
        raise CalendarError(EMPTY)
    around = _Around(calendar)
    for event in read:
        if row := _row(calendar, known.get(event.uid), event, around, last, now):
            row.save()
    for gone in coming:
        if gone.uid not in uids and not gone.is_gone:
            gone.is_gone, gone.is_open, gone.said = True, True, gone.said | {RULES: []}
            gone.save(update_fields=["is_gone", "is_open", "said"])


def _row(
    calendar: OutsideCalendar,
    row: OutsideEvent | None,
    event: ReadEvent,
    around: "_Around",
    last,
    now: datetime,
) -> OutsideEvent | None:
    """The row of an event with what it says now; none for one that is over and was never known."""
    coming = [start for start, end in event.moments if end > now]
    if row is None and not coming and not event.reason:
        return None
    rules = rules_of(rules_for(event.planned, last=last))
    reason = event.reason or ("" if rules else IRREGULAR)
    if row and row.made_at and reason:
        # What was made of it stays as it is, until somebody mends the calendar.
        row.reason, row.seen_at = reason, now
        return row
    said = _texts(event) | {"location": around.place(event.place), RULES: rules, MOVES: moves_of(event.moves)}
    is_new = row is None
    row = row or OutsideEvent(calendar=calendar, uid=event.uid[:255])
    changed = is_new or row.is_gone or moves_differ(row.said, said)
    changed = changed or any(differs(name, row.said[name], said[name]) for name in NAMES)
    row.said, row.place, row.seen_at, row.is_gone = said, event.place[:200], now, False
    row.next_at = min(coming, default=None)
    row.reason = reason
    if is_new:
        around.look_twice(row)
    row.is_open = (row.is_open and not is_new) or (changed and not row.reason and not row.is_skipped)
    return row


def _texts(event: ReadEvent) -> dict[str, Any]:
    """Its title, its first sentence for the list, and the rest."""
    text = event.description[:3000].strip()
    first = re.split(r"(?<=[.!?])\s|\n", text, maxsplit=1)[0].strip()
    summary = first if 0 < len(first) <= 240 else event.title[:240]
    return {
        "title": event.title[:100].strip(),
        "summary": summary,
        "description": "" if text == summary else text,
    }


class _Around:
    """What decides about an event that is new: the places of the House, and what is there already (four queries)."""

    def __init__(self, calendar: OutsideCalendar) -> None:
        places = Location.objects.filter(house=calendar.house_id, is_active=True).values_list("pk", "name")
        self._places = [(key, name_key(name)) for key, name in places]
        others = OutsideEvent.objects.filter(calendar__house=calendar.house_id).exclude(calendar=calendar)
        self._elsewhere = set(others.values_list("uid", flat=True))
        self._titles = set(map(name_key, self._own(calendar)))

    @staticmethod
    def _own(calendar: OutsideCalendar) -> Iterable[str]:
        over = Q(status__in=[Activity.Status.EXPIRED, Activity.Status.ARCHIVED])
        rows = Activity.objects.filter(house=calendar.house_id, organiser=calendar.organiser_id).exclude(over)
        return rows.filter(outside=None).values_list("title", flat=True)

    def place(self, words: str) -> int | None:
        """The one place of the House that these words name."""
        text = f" {name_key(words)} "
        found = [key for key, name in self._places if name and f" {name} " in text]
        return found[0] if len(found) == 1 else None

    def look_twice(self, row: OutsideEvent) -> None:
        """What is there already is not taken over, unless somebody wants it so."""
        if row.uid in self._elsewhere:
            row.reason, row.is_skipped = ELSEWHERE, True
        elif not row.reason and name_key(row.said["title"]) in self._titles:
            row.reason, row.is_skipped = KNOWN, True
