"""What needs doing today: each app hands in its tiles, `/beheer/` shows them in order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from huizen.models import User
from huizen.roles import Permission


@dataclass(frozen=True)
class Tile:
    """One thing to do: a sentence, a number, one button."""

    title: str
    text: str
    url: str
    button: str
    count: int = 0
    order: int = 50


Source = Callable[[User, datetime], Iterable[Tile]]


@dataclass(frozen=True)
class Tally:
    """A source of one tile that only counts rows: all of a person's tallies are counted in one query together.

    `rows` gives what waits, in the order in which it is done; `tile` gets how many, at least one, and the key of the first.
    """

    permission: Permission
    rows: Callable[[User, datetime], QuerySet]
    tile: Callable[[int, Any], Tile]

    def __call__(self, user: User, now: datetime) -> Iterator[Tile]:
        """Its tile alone (one query)."""
        yield from _counted([self], user, now)


_sources: list[Source] = []


def register(*sources: Source) -> None:
    """Add sources of tiles, functions or a `Tally`; called by an app's `ready()`."""
    _sources.extend(source for source in sources if source not in _sources)


def tiles_for(user: User, *, now: datetime) -> list[Tile]:
    """All tiles of a person, most urgent first."""
    tiles = list(_counted([source for source in _sources if isinstance(source, Tally)], user, now))
    for source in _sources:
        if not isinstance(source, Tally):
            tiles += source(user, now)
    return sorted(tiles, key=lambda tile: tile.order)


class _Number(Subquery):
    """How many rows a query gives."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _counted(tallies: list[Tally], user: User, now: datetime) -> Iterator[Tile]:
    allowed = [tally for tally in tallies if user.may(tally.permission)]
    if not allowed:
        return
    columns: dict[str, Subquery] = {}
    for place, tally in enumerate(allowed):
        rows = tally.rows(user, now)
        columns[f"number_{place}"] = _Number(rows.order_by().values("pk"))
        columns[f"first_{place}"] = Subquery(rows.values("pk")[:1])
    found = User.objects.filter(pk=user.pk).values(**columns).get()
    for place, tally in enumerate(allowed):
        if number := found[f"number_{place}"]:
            yield tally.tile(number, found[f"first_{place}"])
