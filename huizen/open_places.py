"""The places of all Houses with their hours, and the days off, in memory: whether one is open now costs no query."""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta

from huizen.changes import Kept
from huizen.models import Holiday, Location, OpeningException, OpeningHours
from huizen.opening import AHEAD, DaysOff, Opening, opening_now
from huizen.words import wall


@dataclass(frozen=True)
class _Known:
    places: dict[int, list[Location]]
    by_key: dict[int, Location]
    holidays: list[Holiday]


def _read() -> _Known:
    places = defaultdict(list)
    for place in Location.objects.in_use().with_hours().order_by("pk"):
        places[place.house_id].append(place)
    by_key = {place.pk: place for rows in places.values() for place in rows}
    return _Known(dict(places), by_key, list(Holiday.objects.order_by("starts_on")))


_kept = Kept(_read, Location, OpeningHours, OpeningException, Holiday)


def places_in_use(house_id: int) -> list[Location]:
    """The places of a House that parents see, ready for `huizen.opening`. Copies: what a page puts on them is its own."""
    return [copy(place) for place in _kept.current().places.get(house_id, ())]


def days_off(now: datetime) -> DaysOff:
    """The holidays that matter for `opening_now`, as `DaysOff.around` reads them."""
    today = wall(now).date()
    first, last = today - timedelta(days=1), today + AHEAD
    return DaysOff.of(
        row for row in _kept.current().holidays if row.starts_on <= last and row.ends_on >= first
    )


def opening_of(place: int, *, now: datetime) -> Opening | None:
    """Whether a place is open now, by its key; None for a place that parents do not see."""
    known = _kept.current().by_key.get(place)
    return known and opening_now(known, now=now, days_off=days_off(now))
