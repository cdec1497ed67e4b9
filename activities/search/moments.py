"""All coming moments side by side, soonest first: which activities have one that fits, and which one comes first."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import where
from activities.search.facts import DAY, microseconds
from activities.search.periods import PARTS_OF_DAY

Thing = TypeVar("Thing")

PARTS = list(PARTS_OF_DAY)
#: The part of the day in which each hour lies.
PART_OF_HOUR = np.array(
    [next(i for i, part in enumerate(PARTS) if h < PARTS_OF_DAY[part][1]) for h in range(24)]
)
WEEKDAYS = 7
#: 1 January 2000 was a Saturday.
FIRST_WEEKDAY = 5
#: So many stretches of time are kept: those that the counts ask for, and some that people choose.
MOST_SPANS = 16
#: And so many sets of activities within them.
MOST_SETS = 200
#: And what was made of those.
MOST_KEPT = 50
COLUMNS = {
    "starts": np.int64,
    "ends": np.int64,
    "id": np.int64,
    "slot": np.int32,
    "cell": np.uint8,
    "school": bool,
    "left": np.int16,
}


class Span(NamedTuple):
    """A stretch of time (microseconds), or all: only in school holidays, only with places left."""

    between: tuple[int, int] | None = None
    vakantie: bool = False
    plaatsvrij: bool = False


class Chosen(NamedTuple):
    """The activities that have a fitting moment, and of each slot where its first one stands (−1: none)."""

    slots: BitMap
    first: np.ndarray


class _Stretch(NamedTuple):
    """The moments of a span: where they stand, and per weekday and part of the day the activities that have one then."""

    places: np.ndarray
    cells: list[BitMap]


class Moments:
    """The moments of an index. What was worked out is kept until a moment ends or a row changes."""

    def __init__(self, school_days: np.ndarray):
        self._school_days = school_days
        self.columns = {name: np.empty(0, dtype=kind) for name, kind in COLUMNS.items()}
        self._slots = 0
        self._forget()

    def _forget(self) -> None:
        self._stretches: dict[Span, _Stretch] = {}
        self._firsts: dict[tuple, np.ndarray] = {}
        self._havings: dict[tuple, BitMap] = {}
        self._kept: dict[Hashable, Any] = {}
        self._from, self._until = 1, 0

    def replace(self, sent: np.ndarray, slots: np.ndarray, *, gone: np.ndarray, size: int) -> None:
        """Take away the moments of the slots `gone` and add the rows as read, `slots` beside them; `size`: slots in all."""
        kept = np.ones(len(self.columns["id"]), dtype=bool)
        if len(gone):
            leaving = np.zeros(max(size, self._slots), dtype=bool)
            leaving[gone] = True
            kept = ~leaving[self.columns["slot"]]
        new = self._read(sent, slots)
        columns = {name: np.concatenate([column[kept], new[name]]) for name, column in self.columns.items()}
        order = np.lexsort((columns["id"], columns["starts"]))
        self.columns = {name: column[order].astype(COLUMNS[name]) for name, column in columns.items()}
        self._slots = size
        self._forget()

    def _read(self, sent: np.ndarray, slots: np.ndarray) -> dict[str, np.ndarray]:
        day, rest = np.divmod(sent["wall"].astype(np.int64), DAY)
        cell = (day + FIRST_WEEKDAY) % WEEKDAYS * len(PARTS) + PART_OF_HOUR[rest // (DAY // 24)]
        # By a table: else numpy reads in a part of itself that nothing else asks for.
        school = np.isin(day, self._school_days, kind="table")
        return {"slot": slots, "cell": cell, "school": school} | {
            name: sent[name] for name in ("id", "starts", "ends", "left")
        }

    def having(self, span: Span, *, days: tuple[int, ...], deel: str, now: datetime) -> BitMap:
        """The activities with a moment that is not over at `now`, in the span, beginning on one of the days, in the part.

        The set is kept, for sixteen of them stand in the counts of every page: nobody changes it.
        """
        cells = self._stretch(span, now).cells
        key = (span, days, deel)
        if key not in self._havings:
            if len(self._havings) >= MOST_SETS:
                self._havings.clear()
            chosen = np.flatnonzero(_chosen_cells(days, deel))
            self._havings[key] = BitMap.union(BitMap(), *(cells[cell] for cell in chosen))
        return self._havings[key]

    def choose(self, span: Span, *, days: tuple[int, ...], deel: str, now: datetime) -> Chosen:
        """The same, with the first of those moments of each activity."""
        places = self._stretch(span, now).places
        key = (span, days, deel)
        if key not in self._firsts:
            if len(self._firsts) >= MOST_SPANS:
                self._firsts.clear()
            if days or deel:
                places = places[_chosen_cells(days, deel)[self.columns["cell"][places]]]
            first = np.full(self._slots, -1, dtype=np.int32)
            # From the last to the first: of all moments of one slot the soonest is written last.
            first[self.columns["slot"][places[::-1]]] = places[::-1]
            self._firsts[key] = first
        return Chosen(self.having(span, days=days, deel=deel, now=now), self._firsts[key])

    def kept(self, key: Hashable, make: Callable[[], Thing], *, now: datetime) -> Thing:
        """What `make` works out of the moments as they are at `now`; kept, so nobody changes it."""
        self._look_at_the_clock(microseconds(now))
        if key not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = make()
        return self._kept[key]

    def _stretch(self, span: Span, now: datetime) -> _Stretch:
        clock = microseconds(now)
        self._look_at_the_clock(clock)
        if span not in self._stretches:
            if len(self._stretches) >= MOST_SPANS:
                self._stretches.clear()
            places = self._places(span, clock)
            fits = np.zeros((WEEKDAYS * len(PARTS), self._slots), dtype=bool)
            fits[self.columns["cell"][places], self.columns["slot"][places]] = True
            self._stretches[span] = _Stretch(places, [where(row) for row in fits])
        return self._stretches[span]

    def _look_at_the_clock(self, clock: int) -> None:
        """Nothing that we work out changes before the next moment is over."""
        if self._from <= clock < self._until:
            return
        self._forget()
        ends = self.columns["ends"]
        coming = ends[ends > clock]
        self._from, self._until = clock, int(coming.min()) if len(coming) else np.iinfo(np.int64).max

    def _places(self, span: Span, clock: int) -> np.ndarray:
        """Where the moments of a span stand, soonest first."""
        low, last = clock, len(self.columns["id"])
        if span.between:
            low = max(clock, span.between[0])
            last = int(np.searchsorted(self.columns["starts"], _within(span.between[1])))
        fits = self.columns["ends"][:last] > _within(low)
        if span.plaatsvrij:
            fits &= self.columns["left"][:last] != 0
        if span.vakantie:
            fits &= self.columns["school"][:last]
        return np.flatnonzero(fits).astype(np.int32)


def _chosen_cells(days: tuple[int, ...], deel: str) -> np.ndarray:
    """Per weekday and part of the day whether it was asked for."""
    cells = np.zeros((WEEKDAYS, len(PARTS)), dtype=bool)
    cells[list(days) or slice(None), PARTS.index(deel) if deel else slice(None)] = True
    return cells.ravel()


def _within(microseconds: int) -> int:
    """A number that fits a column, whatever year somebody asked for."""
    return max(-(2**62), min(2**62, microseconds))
