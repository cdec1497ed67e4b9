"""The timeline as a drawing: a lane for each kind of thing, a column for each month (pure)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from projects.timeline import MONTHS, Thing, months_after

COLUMN, LANE, LEFT, HEAD = 60, 56, 104, 44
SMALLEST, LARGEST = 11, 24


class Dot(NamedTuple):
    """All that is due of one kind in one month."""

    x: int
    y: int
    radius: int
    number: int
    late: int
    month: date
    lane: str


class Lane(NamedTuple):
    """A line of the drawing, with its name."""

    y: int
    name: str


class Drawing(NamedTuple):
    """Everything that the template draws, in units of its frame. `today`: where today is, where it is in sight."""

    width: int
    height: int
    months: list[tuple[int, date]]
    lanes: list[Lane]
    dots: list[Dot]
    today: int | None


def drawing_of(things: Iterable[Thing], *, first: date, today: date) -> Drawing:
    """The drawing of the months from `first` on."""
    counted: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    for thing in things:
        if thing.on >= first:
            sums = counted[thing.lane, thing.on.replace(day=1)]
            sums[0] += len(thing.dues)
            sums[1] += thing.late
    lanes = [
        Lane(HEAD + LANE * place + LANE // 2, name)
        for place, name in enumerate(sorted({lane for lane, _ in counted}, reverse=True))
    ]
    middles = [(LEFT + COLUMN * place + COLUMN // 2, months_after(first, place)) for place in range(MONTHS)]
    return Drawing(
        LEFT + COLUMN * MONTHS,
        HEAD + LANE * len(lanes) + 8,
        middles,
        lanes,
        _dots(counted, lanes, {month: x for x, month in middles}),
        _place_of(today, first),
    )


def _dots(counted: dict, lanes: list[Lane], columns: dict[date, int]) -> list[Dot]:
    heights = {lane.name: lane.y for lane in lanes}
    most = max((number for number, _ in counted.values()), default=1)
    return [
        Dot(columns[month], heights[lane], _radius(number, most), number, late, month, lane)
        for (lane, month), (number, late) in sorted(counted.items())
    ]


def _radius(number: int, most: int) -> int:
    """By its surface: twice as much looks twice as large."""
    return round(SMALLEST + (LARGEST - SMALLEST) * (number / most) ** 0.5)


def _place_of(today: date, first: date) -> int | None:
    months = (today.year - first.year) * 12 + today.month - first.month
    if not 0 <= months < MONTHS:
        return None
    return LEFT + COLUMN * months + round(COLUMN * (today.day - 1) / 31)
