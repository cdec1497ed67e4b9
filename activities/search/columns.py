"""The facts of all activities side by side: numbers in columns, and for each choice the set of those that fit it.

Each activity has a slot; a slot that is left is used again.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress

import numpy as np
from pyroaring import BitMap

from activities.models import Activity
from activities.search.bitmaps import as_set
from activities.search.facts import Offer
from activities.topics import TOPICS
from huizen.distance import EARTH_RADIUS_KM
from huizen.models import Fact
from huizen.vocabulary import AGE_BANDS

COLUMNS = {
    "id": np.int64,
    "age_min": np.int16,
    "age_max": np.int16,
    "checked": np.int32,
    "x": np.float64,
    "y": np.float64,
    "z": np.float64,
}
#: The codes of Dutch from none to fluent: who wants to need at most a little finds what asks none too.
DUTCH = list(Activity.Dutch.values)
DROP_IN = (Activity.RegistrationMode.NONE, Activity.RegistrationMode.OPTIONAL)
#: "With help" fits as well: the page says so.
REACHABLE = (Fact.YES, Fact.PARTLY)
Facet = tuple[str, str]


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
        for name, values in zip("xyz", _on_the_globe(fields.lat, fields.lon), strict=True):
            self._columns[name][slots] = values
        self.ongoing.update(
            (slot, kind) for slot, kind in zip(slots.tolist(), fields.ongoing, strict=True) if kind
        )
        self.all |= as_set(slots)
        self.dateless |= as_set(slots[~np.array(fields.dated, dtype=bool)])
        for (facet, value), fits in _facets(fields):
            self.sets[facet][value] |= as_set(np.fromiter(compress(slots, fits), dtype=np.int64))
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


def _facets(rows: Offer) -> Iterator[tuple[Facet, Sequence[bool]]]:
    """For each choice of the search, which of the rows fit it; `rows` holds a column in each field."""
    yield from _one_of("soort", rows.offer_type)
    yield from _one_of("element", rows.element)
    yield from _one_of("huis", [str(pk) for pk in rows.house_id])
    yield from _some_of("taal", rows.languages)
    yield from _some_of("domein", rows.life_domains)
    yield ("gratis", "1"), [price == Activity.Price.FREE for price in rows.price]
    yield ("vrij", "1"), [mode in DROP_IN for mode in rows.mode]
    yield ("korting", "1"), rows.reduced
    yield ("opvang", "1"), rows.childcare
    yield ("binnen", "1"), rows.indoor
    yield ("rolstoel", "1"), [fact in REACHABLE for fact in rows.wheelchair]
    yield ("buggy", "1"), [fact in REACHABLE for fact in rows.buggy]
    yield ("plaatsloos", "1"), rows.placeless
    for level, code in enumerate(DUTCH):
        yield ("nederlands", code), [asked in DUTCH[: level + 1] for asked in rows.dutch]
    low, high = np.array(rows.age_min), np.array(rows.age_max)
    for band in AGE_BANDS:
        yield ("leeftijd", band.code), (low < band.high) & (high >= band.low)
    for topic in TOPICS:
        types, domains = set(topic.offer_types), set(topic.life_domains)
        answers = {
            key: key[0] in types or not domains.isdisjoint(key[1].split())
            for key in set(zip(rows.offer_type, rows.life_domains, strict=True))
        }
        yield (
            ("vraag", topic.code),
            [answers[key] for key in zip(rows.offer_type, rows.life_domains, strict=True)],
        )


def _one_of(facet: str, values: Sequence[str]) -> Iterator[tuple[Facet, Sequence[bool]]]:
    column = np.array(values, dtype=object)
    for value in set(values):
        yield (facet, value), column == value


def _some_of(facet: str, values: Sequence[str]) -> Iterator[tuple[Facet, Sequence[bool]]]:
    """Of columns that hold several codes, with a space between them."""
    codes = {text: set(text.split()) for text in set(values)}
    for value in set().union(*codes.values()):
        yield (facet, value), [value in codes[text] for text in values]
