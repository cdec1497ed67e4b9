"""A new House in an hour: which steps there are, and what each House has and lacks of them.

Each app hands in the steps whose data it holds. Nothing of it is stored: a part is there because its rows are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.expressions import Combinable, Expression
from django.db.models.query_utils import Q
from django.urls import reverse

from huizen.models import House

#: What an annotation is called: the word before the name of the part.
PREFIX = "start_"


@dataclass(frozen=True)
class Part:
    """One thing that a House has or lacks. `condition`, at a moment, is an expression over the rows of House."""

    name: str
    label: str
    condition: Callable[[datetime], "Q | Expression | Combinable"]


@dataclass(frozen=True)
class Link:
    """A page that does it: its words, the name of its address, and whether that asks for the slug of the House."""

    words: str
    url_name: str
    of_house: bool = False

    def url(self, house: House) -> str:
        """The address, from which one link leads back to the start of this House (`{% start_way_back %}`)."""
        address = reverse(self.url_name, args=[house.slug] if self.of_house else [])
        return f"{address}?{BACK}={house.slug}"


@dataclass(frozen=True)
class Step:
    """One step of the start: why it matters, what it is made of, and the pages that do it."""

    title: str
    why: str
    parts: Sequence[Part]
    links: Sequence[Link]
    order: int


@dataclass(frozen=True)
class Progress:
    """One step in one House."""

    step: Step
    there: list[str]
    missing: list[str]
    links: list[tuple[str, str]]

    @property
    def is_done(self) -> bool:
        return not self.missing


#: The parameter that remembers, on the way, for which House somebody came from its start.
BACK = "start"
_steps: list[Step] = []


def register(*steps: Step) -> None:
    """Add steps; called by an app's `ready()`."""
    _steps.extend(step for step in steps if step not in _steps)


def with_parts(houses: QuerySet[House], *, now: datetime) -> QuerySet[House]:
    """The Houses with what `progress` and `lacks` read: one query, whatever the number of steps."""
    parts = [part for step in _steps for part in step.parts]
    return houses.annotate(**{PREFIX + part.name: part.condition(now) for part in parts})


def progress(house: House) -> list[Progress]:
    """Each step in order, with what this House (of `with_parts`) has and lacks."""
    return [_judged(step, house) for step in sorted(_steps, key=lambda step: step.order)]


def lacks(house: House) -> list[str]:
    """All that this House (of `with_parts`) lacks, in the order of the steps."""
    return [label for step in progress(house) for label in step.missing]


def _judged(step: Step, house: House) -> Progress:
    there, missing = [], []
    for part in step.parts:
        (there if getattr(house, PREFIX + part.name) else missing).append(part.label)
    return Progress(step, there, missing, [(link.words, link.url(house)) for link in step.links])
