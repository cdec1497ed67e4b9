"""What needs doing today: each app hands in its tiles, `/beheer/` shows them in order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from huizen.models import User


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
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of tiles; called by an app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def tiles_for(user: User, *, now: datetime) -> list[Tile]:
    """All tiles of a person, most urgent first."""
    return sorted((tile for source in _sources for tile in source(user, now)), key=lambda tile: tile.order)
