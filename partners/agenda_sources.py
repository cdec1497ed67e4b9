"""What waits in a House, offered while its agenda is made: each app hands in its sources, one tap makes a point of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from partners.models import AgendaItem, Meeting


@dataclass(frozen=True)
class Waiting:
    """One thing that waits. `key` names it for good; `text` goes along to the point; `url` is where more of it stands.

    `item`: the point of an earlier meeting that it carries on.
    """

    key: str
    title: str
    text: str = ""
    url: str = ""
    purpose: str = AgendaItem.Purpose.DISCUSS
    minutes: int | None = None
    item: int | None = None


@dataclass(frozen=True)
class Group:
    """What waits of one kind."""

    title: str
    waiting: list[Waiting]


Source = Callable[[Meeting, datetime], Iterable[Waiting]]
_sources: list[tuple[int, str, Source]] = []


def register(title: str, source: Source, *, order: int = 50) -> None:
    """Add a source (a query or two) under a title; called by an app's `ready()`."""
    if (order, title, source) not in _sources:
        _sources.append((order, title, source))


def waiting_for(meeting: Meeting, *, now: datetime) -> list[Group]:
    """What waits in the House of a meeting and is not on its agenda yet, in order; kinds without anything are left out."""
    taken = set(AgendaItem.objects.filter(meeting=meeting).values_list("source", flat=True))
    groups = []
    for _, title, source in sorted(_sources, key=lambda each: each[0]):
        if waiting := [one for one in source(meeting, now) if one.key not in taken]:
            groups.append(Group(title, waiting))
    return groups
