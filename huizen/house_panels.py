"""What the apps above tell of a House on its page in /beheer/: each hands in its panels."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from huizen.models import House


@dataclass(frozen=True)
class Line:
    """One line of a panel: a link, and what there is to say of it."""

    label: str
    url: str
    text: str


@dataclass(frozen=True)
class Panel:
    """How something stands in a House: a sentence, a few lines, one button."""

    title: str
    text: str
    url: str
    button: str
    lines: tuple[Line, ...] = ()


Source = Callable[[House, datetime], Iterable[Panel]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of panels; called by an app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def panels_of(house: House, *, now: datetime) -> list[Panel]:
    """All that the apps tell of one House."""
    return [panel for source in _sources for panel in source(house, now)]
