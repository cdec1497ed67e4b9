"""Whom to call when mail does not arrive: each app above tells the names and numbers that it knows of an address."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from huizen.models import House


@dataclass(frozen=True)
class Person:
    """Who reads at an address, and her telephone."""

    name: str
    phone: str


#: {address in small letters: person}, of what these Houses may know.
Source = Callable[[Collection[str], Collection[House]], dict[str, Person]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add somebody who knows numbers; called by an app's `ready()`."""
    if source not in _sources:
        _sources.append(source)


def people_at(addresses: Collection[str], houses: Collection[House]) -> dict[str, Person]:
    """{address: person} of those that anybody knows; one question a source, however many there are."""
    found: dict[str, Person] = {}
    for source in _sources:
        found = source({address.lower() for address in addresses}, houses) | found
    return found
