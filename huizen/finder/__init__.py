"""From what somebody types to the place she means, and the House that serves it.

A postcode, a name of today or of before a merger, a sub-municipality, a French or English name, a misspelling.
Nobody is ever sent somewhere by a guess: `exact` says whether it is what was typed, the rest is offered.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from huizen.finder.index import Index, Place, current
from huizen.finder.names import plain, split
from huizen.models import House, Municipality

MOST = 12
MOST_GUESSES = 3
FEWEST_LETTERS = 2
#: A likeness in percent that is still a typing error; below it, one slip in a name of five letters or more.
ALIKE, NEARLY_ALIKE, SHORTEST_GUESS = 85, 70, 5


@dataclass(frozen=True)
class FoundPlace:
    """A place to choose, with the House that serves it on the day asked (None: nobody, or not one)."""

    slug: str
    label: str
    postcode: str
    name: str
    municipality: Municipality
    house: House | None
    lat: float
    lon: float
    exact: bool


def find_places(q: str, *, day: date) -> list[FoundPlace]:
    """At most twelve places, best first: what was typed itself, what begins so, three that look like it."""
    return _search(current(), q, day)


def place_by_key(key: str, *, day: date) -> FoundPlace | None:
    """The place of an address (`?plaats=2400-mol`); a postcode or a name alone when it means one place."""
    index = current()
    place = index.by_slug.get(key.strip().lower()[:120])
    if place:
        choices = index.choices(place, day=day)
        same = next((choice for choice in choices if choice.slug == place.slug), place)
        return _found(index, same, day, exact=True)
    meant = [found for found in _search(index, key, day) if found.exact]
    return meant[0] if len(meant) == 1 else None


def _search(index: Index, q: str, day: date) -> list[FoundPlace]:
    postcode, name = split(q)
    found = _by_postcode(index, postcode, name) if postcode else _by_name(index, name)
    return _choices(index, found, day)


Hit = tuple[Place, bool]


def _by_postcode(index: Index, postcode: str, name: str) -> Iterator[Hit]:
    """The places of a postcode; with a name too, those that fit both, or else what fits either."""
    here = index.by_postcode.get(postcode, [])
    if not name:
        return ((place, True) for place in here)
    both = [place for place in here if plain(place.name) == name]
    if not both:
        towns = {place.municipality.pk for place in here}
        both = [
            place
            for place in index.by_name.get(name, ())
            if place.postcode == postcode or (place.is_whole and place.municipality.pk in towns)
        ]
    if both:
        return ((place, True) for place in both)
    return (hit for hits in (((place, True) for place in here), _by_name(index, name)) for hit in hits)


def _by_name(index: Index, name: str) -> Iterator[Hit]:
    """What the name is, what begins with it, what looks like it."""
    if len(name) < FEWEST_LETTERS:
        return
    exact = index.by_name.get(name, [])
    yield from ((place, True) for place in exact)
    if name.isdigit():
        yield from (
            (place, False)
            for postcode in sorted(index.by_postcode)
            if postcode.startswith(name)
            for place in index.by_postcode[postcode]
        )
        return
    yield from ((place, False) for place in _beginning_with(index, name))
    if not exact:
        yield from ((place, False) for place in _looking_like(index, name))


def _beginning_with(index: Index, name: str) -> Iterable[Place]:
    names = dict.fromkeys(index.names_from(name))
    places = dict.fromkeys(place for found in names for place in index.by_name[found])
    return sorted(places, key=lambda place: (not plain(place.name).startswith(name), place.rank))[:MOST]


def _looking_like(index: Index, name: str) -> Iterator[Place]:
    """The nearest three: 85 % alike, or one letter dropped, doubled or swapped."""
    alike = process.extract(name, index.names, scorer=fuzz.ratio, score_cutoff=NEARLY_ALIKE, limit=20)
    slips = [(OSA.distance(name, other), -score, other) for other, score, _ in alike]
    near = sorted(
        slip for slip in slips if -slip[1] >= ALIKE or (slip[0] == 1 and len(name) >= SHORTEST_GUESS)
    )
    for _, _, other in near[:MOST_GUESSES]:
        yield from index.by_name[other]


def _choices(index: Index, hits: Iterable[Hit], day: date) -> list[FoundPlace]:
    """Municipalities whose parts have different Houses opened up, and every choice once."""
    found: dict[tuple, FoundPlace] = {}
    for place, exact in hits:
        for choice in index.choices(place, day=day):
            candidate = _found(index, choice, day, exact=exact)
            house = candidate.house.pk if candidate.house else None
            found.setdefault((candidate.name, candidate.municipality.pk, house), candidate)
            if len(found) == MOST:
                return list(found.values())
    return list(found.values())


def _found(index: Index, place: Place, day: date, *, exact: bool) -> FoundPlace:
    return FoundPlace(
        slug=place.slug,
        label=place.label,
        postcode=place.postcode,
        name=place.name,
        municipality=place.municipality,
        house=index.house_of(place, day=day),
        lat=place.lat,
        lon=place.lon,
        exact=exact,
    )
