"""All coming moments side by side, soonest first: which activities have one that fits, and which one comes first."""

from datetime import datetime
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from activities.search.bitmaps import where
from activities.search.facts import DAY, microseconds
from activities.search.periods import PARTS_OF_DAY

PARTS = list(PARTS_OF_DAY)
#: The part of the day in which each hour lies.
PART_OF_HOUR = np.array(
    [next(i for i, part in enumerate(PARTS) if h < PARTS_OF_DAY[part][1]) for h in range(24)]
)
WEEKDAYS = 7
#: 1 January 2000 was a Saturday.
FIRST_WEEKDAY = 5
MOST_SPANS = 64


class Span(NamedTuple):
    """A stretch of time (microseconds), or all: only in school holidays, only with places left."""

    between: tuple[int, int] | None = None
    vakantie: bool = False
    plaatsvrij: bool = False


class Chosen(NamedTuple):
    """The activities that have a fitting moment, and of each slot where its first one stands (−1: none)."""

    slots: BitMap
    first: np.ndarray


class Moments:
    """The moments of an index. What was worked out is kept until a moment ends or a row changes."""

    def __init__(self, school_days: np.ndarray):
        self._school_days = school_days
        self.rows = np.empty(
            0,
            dtype=[
                ("starts", "i8"),
                ("ends", "i8"),
                ("id", "i8"),
                ("slot", "i4"),
                ("day", "i4"),
                ("cell", "u1"),
                ("free", "?"),
            ],
        )
        self._slots = 0
        self._forget()

    def _forget(self) -> None:
        self._spans: dict[Span, np.ndarray] = {}
        self._chosen: dict[tuple, Chosen] = {}
        self._from, self._until = 1, 0

    def replace(self, sent: np.ndarray, slots: np.ndarray, *, gone: np.ndarray, size: int) -> None:
        """Take away the moments of the slots `gone` and add the rows as read, `slots` beside them; `size`: slots in all."""
        kept = self.rows
        if len(gone) and len(kept):
            leaving = np.zeros(max(size, self._slots), dtype=bool)
            leaving[gone] = True
            kept = kept[~leaving[kept["slot"]]]
        new = np.empty(len(sent), dtype=self.rows.dtype)
        day, rest = np.divmod(sent["wall"].astype(np.int64), DAY)
        part = PART_OF_HOUR[rest // (DAY // 24)]
        new["starts"], new["ends"], new["id"], new["free"] = (
            sent["starts"],
            sent["ends"],
            sent["id"],
            sent["free"],
        )
        new["slot"], new["day"] = slots, day
        new["cell"] = (day + FIRST_WEEKDAY) % WEEKDAYS * len(PARTS) + part
        rows = np.concatenate([kept, new])
        self.rows = rows[np.lexsort((rows["id"], rows["starts"]))]
        self._columns = {name: np.ascontiguousarray(self.rows[name]) for name in self.rows.dtype.names}
        self._slots = size
        self._forget()

    def choose(self, span: Span, *, days: tuple[int, ...], deel: str, now: datetime) -> Chosen:
        """What has a moment that is not over at `now`, in the span, that begins on one of the days, in the part."""
        clock = microseconds(now)
        if not self._from <= clock < self._until:
            self._forget()
            self._set_clock(clock)
        key = (span, days, deel)
        if key not in self._chosen:
            if len(self._chosen) >= MOST_SPANS:
                self._chosen.clear()
                self._spans.clear()
            self._chosen[key] = self._first(self._in_cells(self._in_span(span, clock), days, deel))
        return self._chosen[key]

    def _set_clock(self, clock: int) -> None:
        """Nothing that we work out changes before the next moment is over."""
        ends = self._columns["ends"]
        coming = ends[ends > clock]
        self._from, self._until = clock, int(coming.min()) if len(coming) else np.iinfo(np.int64).max

    def _in_span(self, span: Span, clock: int) -> np.ndarray:
        """Where the moments of a span stand, soonest first."""
        if span not in self._spans:
            columns = self._columns
            last = len(self.rows)
            low = clock
            if span.between:
                low = max(clock, span.between[0])
                last = int(np.searchsorted(columns["starts"], _within(span.between[1])))
            fits = columns["ends"][:last] > _within(low)
            if span.plaatsvrij:
                fits &= columns["free"][:last]
            if span.vakantie:
                fits &= np.isin(columns["day"][:last], self._school_days)
            self._spans[span] = np.flatnonzero(fits)
        return self._spans[span]

    def _in_cells(self, places: np.ndarray, days: tuple[int, ...], deel: str) -> np.ndarray:
        if not days and not deel:
            return places
        cells = np.zeros((WEEKDAYS, len(PARTS)), dtype=bool)
        cells[list(days) or slice(None), PARTS.index(deel) if deel else slice(None)] = True
        return places[cells.ravel()[self._columns["cell"][places]]]

    def _first(self, places: np.ndarray) -> Chosen:
        first = np.full(self._slots, -1, dtype=np.int32)
        # From the last to the first: of all moments of one slot the soonest is written last.
        first[self._columns["slot"][places[::-1]]] = places[::-1]
        return Chosen(where(first >= 0), first)


def _within(microseconds: int) -> int:
    """A number that fits a column, whatever year somebody asked for."""
    return max(-(2**62), min(2**62, microseconds))
