"""The facts of all activities side by side: numbers in columns, and for each choice the set of those that fit it.

Each activity has a slot; a slot that is left is used again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import count

import numpy as np
from pyroaring import BitMap

from activities.models import Activity
from activities.search.bitmaps import as_set
from activities.search.facts import Offer
from activities.topics import TOPICS, Topic
from huizen.distance import EARTH_RADIUS_KM
from huizen.models import Fact
from huizen.vocabulary import AGE_BANDS, OfferType

COLUMNS = {
    "id": np.int64,
    "age_min": np.int16,
    "age_max": np.int16,
    "checked": np.int32,
    "kind": np.int16,
    "x": np.float64,
    "y": np.float64,
    "z": np.float64,
}
#: Each kind of offer by its number in the column.
KINDS = {code: number for number, code in enumerate(OfferType.values)}
#: The codes of Dutch from none to fluent: who wants to need at most a little finds what asks none too.
DUTCH = list(Activity.Dutch.values)
DROP_IN = (Activity.RegistrationMode.NONE, Activity.RegistrationMode.OPTIONAL)
#: "With help" fits as well: the page says so.
REACHABLE = (Fact.YES, Fact.PARTLY)


class Columns:
    """What is known of each slot. `sets`: by facet and value, as in the address; `dateless`: goes on without moments."""

    def __init__(self):
        self.size = 0
        self.slot_of: dict[int, int] = {}
        self.sets: dict[str, dict[str, BitMap]] = defaultdict(lambda: defaultdict(BitMap))
        self.all, self.dateless = BitMap(), BitMap()
        self.ongoing: dict[int, str] = {}
        self._free: list[int] = []
        self._last_spot: tuple[float, float] | None = None
        self._last_kilometres = np.empty(0)
        self._columns = {name: np.zeros(0, dtype=kind) for name, kind in COLUMNS.items()}

    def __getitem__(self, name: str) -> np.ndarray:
        return self._columns[name][: self.size]

    def take_out(self, ids: Sequence[int]) -> np.ndarray:
        """Forget activities; gives the slots that they leave."""
        left = [self.slot_of.pop(pk) for pk in ids if pk in self.slot_of]
        gone = BitMap(left)
        for known in (
            self.all,
            self.dateless,
            *(s for values in self.sets.values() for s in values.values()),
        ):
            known -= gone
        for slot in left:
            self.ongoing.pop(slot, None)
        self._free.extend(left)
        return np.array(left, dtype=np.int64)

    def put_in(self, offers: Sequence[Offer]) -> np.ndarray:
        """Take in activities that are not here; gives their slots."""
        slots = self._new_slots(len(offers))
        self._last_spot = None
        self.slot_of.update(zip((offer.id for offer in offers), slots.tolist(), strict=True))
        fields = Offer(*zip(*offers, strict=True)) if offers else Offer(*([()] * len(Offer._fields)))
        for name in ("id", "age_min", "age_max", "checked"):
            self._columns[name][slots] = np.array(getattr(fields, name), dtype=COLUMNS[name])
        self._columns["kind"][slots] = np.array([KINDS[kind] for kind in fields.offer_type], dtype=np.int16)
        for name, values in zip("xyz", _on_the_globe(fields.lat, fields.lon), strict=True):
            self._columns[name][slots] = values
        self.ongoing.update(
            (slot, kind) for slot, kind in zip(slots.tolist(), fields.ongoing, strict=True) if kind
        )
        self.all |= as_set(slots)
        self.dateless |= as_set(slots[~np.array(fields.dated, dtype=bool)])
        for facet, value, places in _facets(fields):
            self.sets[facet][value] |= as_set(slots[places])
        return slots

    def _new_slots(self, number: int) -> np.ndarray:
        used = [self._free.pop() for _ in range(min(number, len(self._free)))]
        fresh = range(self.size, self.size + number - len(used))
        self.size += len(fresh)
        room = len(self._columns["id"])
        if self.size > room:
            more = max(self.size - room, room // 4)
            self._columns = {name: np.pad(column, (0, more)) for name, column in self._columns.items()}
        return np.array([*used, *fresh], dtype=np.int64)

    def kilometres(self, lat: float, lon: float) -> np.ndarray:
        """How far each slot lies as the crow flies; not a number for what lies nowhere. Kept for the last spot."""
        if self._last_spot == (lat, lon):
            return self._last_kilometres
        home = [axis[0] for axis in _on_the_globe([lat], [lon])]
        chord = np.sqrt(sum((self[name] - at) ** 2 for name, at in zip("xyz", home, strict=True)))
        self._last_kilometres = (
            2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, chord / (2 * EARTH_RADIUS_KM)))
        )
        self._last_spot = (lat, lon)
        return self._last_kilometres


def _on_the_globe(lats: Sequence, lons: Sequence) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points in kilometres from the middle of the earth: the chord between two of them tells how far they are apart."""
    lat, lon = np.radians(np.array(lats, dtype=np.float64)), np.radians(np.array(lons, dtype=np.float64))
    across = EARTH_RADIUS_KM * np.cos(lat)
    return across * np.cos(lon), across * np.sin(lon), EARTH_RADIUS_KM * np.sin(lat) + 0 * lon


def _facets(rows: Offer) -> Iterator[tuple[str, str, np.ndarray]]:
    """For each choice of the search, the places of the rows that fit it; `rows` holds a column in each field."""
    yield from _one_of("soort", rows.offer_type)
    yield from _one_of("element", rows.element)
    yield from _one_of("huis", rows.house_id)
    yield from _any_of("taal", rows.languages)
    yield from _any_of("domein", rows.life_domains)
    yield "gratis", "1", _where(rows.price, lambda price: price == Activity.Price.FREE)
    yield "vrij", "1", _where(rows.mode, lambda mode: mode in DROP_IN)
    yield "korting", "1", np.flatnonzero(rows.reduced)
    yield "opvang", "1", np.flatnonzero(rows.childcare)
    yield "binnen", "1", np.flatnonzero(rows.indoor)
    yield "rolstoel", "1", _where(rows.wheelchair, lambda fact: fact in REACHABLE)
    yield "buggy", "1", _where(rows.buggy, lambda fact: fact in REACHABLE)
    yield "plaatsloos", "1", np.flatnonzero(rows.placeless)
    for level, code in enumerate(DUTCH):
        yield "nederlands", code, _where(rows.dutch, lambda asked, most=level: asked in DUTCH[: most + 1])
    low, high = np.array(rows.age_min), np.array(rows.age_max)
    for band in AGE_BANDS:
        yield "leeftijd", band.code, np.flatnonzero((low < band.high) & (high >= band.low))
    for topic in TOPICS:
        yield "vraag", topic.code, _answers(topic, rows)


def _answers(topic: Topic, rows: Offer) -> np.ndarray:
    """The places of what answers a question of life, by its kind or by a part of life; twice where by both."""
    by_kind = _where(rows.offer_type, lambda kind: kind in topic.offer_types)
    by_domain = _where(rows.life_domains, lambda codes: not set(topic.life_domains).isdisjoint(codes.split()))
    # Not `np.union1d`, which reads in a part of numpy that nothing else asks for: places become a set anyway.
    return _joined([by_kind, by_domain])


def _groups(values: Sequence) -> dict:
    """The places of each value in a column."""
    numbers: dict = defaultdict(count().__next__)
    column = np.fromiter(map(numbers.__getitem__, values), dtype=np.int64, count=len(values))
    order = np.argsort(column, kind="stable")
    ends = np.cumsum(np.bincount(column, minlength=len(numbers)))
    return dict(zip(numbers, np.split(order, ends[:-1]), strict=True)) if numbers else {}


def _where(values: Sequence, fits: Callable[[str], bool]) -> np.ndarray:
    """The places of the values that fit; each value is looked at once."""
    return _joined([places for value, places in _groups(values).items() if fits(value)])


def _one_of(facet: str, values: Sequence) -> Iterator[tuple[str, str, np.ndarray]]:
    for value, places in _groups(values).items():
        yield facet, str(value), places


def _any_of(facet: str, values: Sequence[str]) -> Iterator[tuple[str, str, np.ndarray]]:
    """Of a column that holds several codes, with a space between them."""
    found = defaultdict(list)
    for text, places in _groups(values).items():
        for code in text.split():
            found[code].append(places)
    for code, places in found.items():
        yield facet, code, _joined(places)


def _joined(places: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(places) if places else np.empty(0, dtype=np.int64)
