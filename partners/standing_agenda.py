"""The agenda with which every date of a series begins, and what becomes of a date when it changes (pure).

A point knows what it was made of (`source`). One that says on its own date what the series says, follows the series; one
that somebody changed for that date stays as it is.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from partners.models import AgendaItem, MeetingSeries

SOURCE = "vast-"
#: As many points as one meeting can have.
MOST_POINTS = 30


@dataclass(frozen=True)
class StandingPoint:
    """A point that comes back every time. `key` stays its own, also when its text changes."""

    title: str
    purpose: str = AgendaItem.Purpose.DISCUSS
    minutes: int | None = None
    presenter: str = ""
    key: str = field(default_factory=lambda: uuid.uuid4().hex, compare=False)

    @property
    def source(self) -> str:
        """What a point of a meeting that was made of it remembers."""
        return f"{SOURCE}{self.key}"

    @property
    def facts(self) -> dict[str, Any]:
        """What it says, as the fields of a point of a meeting."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "key"}


@dataclass
class Change:
    """What becomes of the points of one date: its new order, and which of them go."""

    order: list[AgendaItem]
    gone: list[AgendaItem]


def standing_points(series: MeetingSeries) -> list[StandingPoint]:
    """The points of a series, in their order."""
    return [StandingPoint(**kept) for kept in series.agenda]


def kept(points: Iterable[StandingPoint]) -> list[dict[str, Any]]:
    """The points as the row of a series holds them."""
    return [asdict(point) for point in points]


def first_items(points: Sequence[StandingPoint], meeting_id: int) -> list[AgendaItem]:
    """The points of a date that is new (not written)."""
    return [
        AgendaItem(meeting_id=meeting_id, position=number, source=point.source, **point.facts)
        for number, point in enumerate(points, start=1)
    ]


def change_of(
    meeting_id: int,
    items: Sequence[AgendaItem],
    before: Sequence[StandingPoint],
    after: Sequence[StandingPoint],
) -> Change:
    """What becomes of one date whose points are `items` (in order, each with its `documents` at hand)."""
    former = {point.source: point for point in before}
    coming = {point.source: point for point in after}
    gone = [
        item
        for item in items
        if item.source in former and item.source not in coming and _is_untouched(item, former[item.source])
    ]
    order = [item for item in items if item not in gone]
    for item in order:
        if item.source in coming and item.source in former and says(item, former[item.source]):
            _say(item, coming[item.source])
    new = [point for point in after if point.source not in former]
    if [point.key for point in after if point.source in former] != [
        p.key for p in before if p.source in coming
    ]:
        order = _reordered(order, list(coming))
    return Change(_with_new(order, new, set(coming), meeting_id), gone)


def says(item: AgendaItem, point: StandingPoint) -> bool:
    """Whether a point of a meeting says what the series says."""
    return all(getattr(item, name) == value for name, value in point.facts.items())


def _is_untouched(item: AgendaItem, point: StandingPoint) -> bool:
    return says(item, point) and not item.text and item.state == item.State.OPEN and not item.documents.all()


def _say(item: AgendaItem, point: StandingPoint) -> None:
    for name, value in point.facts.items():
        setattr(item, name, value)


def _reordered(items: list[AgendaItem], sources: list[str]) -> list[AgendaItem]:
    """The same with the standing points in the order of the series, in the places that they have among the others."""
    ranks = {source: number for number, source in enumerate(sources)}
    standing = iter(
        sorted((item for item in items if item.source in ranks), key=lambda item: ranks[item.source])
    )
    return [next(standing) if item.source in ranks else item for item in items]


def _with_new(
    items: list[AgendaItem], new: Sequence[StandingPoint], standing: set[str], meeting_id: int
) -> list[AgendaItem]:
    """The new points behind the last standing one, as many as fit."""
    there = {item.source for item in items}
    rows = first_items([point for point in new if point.source not in there], meeting_id)
    rows = rows[: max(MOST_POINTS - len(items), 0)]
    last = max((number for number, item in enumerate(items, start=1) if item.source in standing), default=0)
    return [*items[:last], *rows, *items[last:]]
