"""Each wish as the set of activities that fit it, named as in the address."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import as_numbers, where
from activities.search.facts import microseconds
from activities.search.index import Index
from activities.search.moments import Chosen, Span
from activities.search.wanted import Spot, Wanted
from huizen.vocabulary import AGE_BANDS

#: "Straks": within so many months.
SOON_MONTHS = 6
#: The stretches of childhood by their months.
BANDS = {(band.low, band.high): band.code for band in AGE_BANDS}
_NEVER = np.int16(np.iinfo(np.int16).max)
#: Choices that are on or off, by their name in the address, which is also their name in Wanted.
SWITCHES = ("gratis", "korting", "vrij", "rolstoel", "buggy", "opvang", "binnen")
#: Choices of one value.
VALUES = ("element", "vraag", "soort", "nederlands")
#: What is asked about the moment itself: one moment must fit all of these.
WHEN = ("wanneer", "dag", "deel", "plaatsvrij")


def wishes(
    index: Index, wanted: Wanted, *, spoken: BitMap | None, wait: np.ndarray | None
) -> dict[str, BitMap]:
    """What fits each wish that is made, but for when.

    `spoken`: what fits the words, None where there are none; `wait`: see months_to_wait, None without children.
    """
    sets = index.columns.sets
    found = {
        name: sets[name].get(getattr(wanted, name), BitMap()) for name in VALUES if getattr(wanted, name)
    }
    found |= {name: sets[name].get("1", BitMap()) for name in SWITCHES if getattr(wanted, name)}
    if spoken is not None:
        found["q"] = spoken
    if wanted.spot and wanted.straal:
        found["straal"] = within(index, wanted, wanted.straal)
    if wait is not None:
        found["geboren"] = where(wait < np.inf) & index.columns.all
    if wanted.leeftijd:
        found["leeftijd"] = _of_age(index, *wanted.leeftijd)
    if wanted.talen:
        found["taal"] = BitMap.union(BitMap(), *(sets["taal"].get(code, BitMap()) for code in wanted.talen))
    if wanted.huis:
        found["huis"] = sets["huis"].get(index.things.houses.get(wanted.huis, ""), BitMap())
    return found


def _of_age(index: Index, low: int, high: int) -> BitMap:
    """What fits a stretch of months, the last not included; a stretch of childhood that has a name is known already."""
    if code := BANDS.get((low, high)):
        return index.columns.sets["leeftijd"].get(code, BitMap())
    return where((index.columns["age_min"] < high) & (index.columns["age_max"] >= low)) & index.columns.all


def within(index: Index, wanted: Wanted, kilometres: float) -> BitMap:
    """What lies so near; and what the own House offers without a place, such as a talk at home, or online."""
    return where(reach(index, wanted.spot) <= kilometres) & index.columns.all


def reach(index: Index, spot: Spot) -> np.ndarray:
    """Per slot the kilometres from a spot; none to what the own House offers without a place or online.

    The radius and the order "nearest first" both mean this: whoever asks for one sees no other idea of near in the other.
    """
    sets = index.columns.sets
    km = index.columns.kilometres(spot.lat, spot.lon)
    if spot.house_id:
        own = sets["huis"].get(str(spot.house_id), BitMap()) & sets["plaatsloos"].get("1", BitMap())
        km = km.copy()
        km[as_numbers(own)] = 0.0
    return km


def months_to_wait(index: Index, wanted: Wanted) -> np.ndarray:
    """Per slot the months until it fits the children: 0 for now, infinite where it does not (soon) fit them."""
    # Small numbers: a hundred thousand activities fit the nearest memory of the processor.
    ages = np.array(wanted.children, dtype=np.int16)[:, None]
    wait = np.maximum(np.int16(0), index.columns["age_min"] - ages)
    last = np.minimum(np.int16(SOON_MONTHS if wanted.straks else 0), index.columns["age_max"] - ages)
    if wanted.alle:
        wait, last = wait.max(axis=0)[None], last.min(axis=0)[None]
    least = np.where(wait <= last, wait, _NEVER).min(axis=0)
    return np.where(least == _NEVER, np.float32(np.inf), least.astype(np.float32))


class When(NamedTuple):
    """What is asked about the moment."""

    between: tuple[datetime, datetime] | None
    vakantie: bool
    plaatsvrij: bool
    days: tuple[int, ...]
    deel: str

    @classmethod
    def of(cls, wanted: Wanted) -> "When":
        return cls(
            wanted.between, wanted.vakantie, wanted.plaatsvrij, tuple(sorted(set(wanted.days))), wanted.deel
        )

    @property
    def has_day(self) -> bool:
        """Whether it is asked on which days or hours: then only what has moments can fit."""
        return bool(self.between or self.vakantie or self.days or self.deel)

    @property
    def span(self) -> Span:
        between = self.between and (microseconds(self.between[0]), microseconds(self.between[1]))
        return Span(between, self.vakantie, self.plaatsvrij)


def chosen(index: Index, wanted: Wanted, now: datetime) -> Chosen:
    """What has a moment that fits all that is asked about it, and which one."""
    when = When.of(wanted)
    return index.moments.choose(when.span, days=when.days, deel=when.deel, now=now)


def on_time(index: Index, wanted: Wanted, now: datetime) -> BitMap:
    """What fits when it is asked; without a day also what goes on without moments."""
    return at_the_time(index, When.of(wanted), now)


def at_the_time(index: Index, when: When, now: datetime) -> BitMap:
    """The same, for when it is asked alone."""
    slots = index.moments.having(when.span, days=when.days, deel=when.deel, now=now)
    return slots if when.has_day else slots | index.columns.dateless


def without_when(wanted: Wanted, name: str) -> Wanted:
    """The same without one wish about the moment, or without all of them (`moment`)."""
    empty = {
        "wanneer": {"between": None, "vakantie": False},
        "dag": {"days": ()},
        "deel": {"deel": ""},
        "plaatsvrij": {"plaatsvrij": False},
    }
    if name == "moment":
        return replace(
            wanted, **{field: value for fields in empty.values() for field, value in fields.items()}
        )
    return replace(wanted, **empty[name])


def wishes_about_when(wanted: Wanted) -> list[str]:
    """Which of these are made."""
    made = {
        "wanneer": wanted.between or wanted.vakantie,
        "dag": wanted.days,
        "deel": wanted.deel,
        "plaatsvrij": wanted.plaatsvrij,
    }
    return [name for name in WHEN if made[name]]
