"""Every name and postcode of the country in memory, with the Houses that serve them.

A web process keeps one index and builds it anew when the feed of changes (huizen/changes) says that a place, a working
area or a House changed.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from huizen.changes import Kept
from huizen.finder.names import plain, slug
from huizen.models import House, Locality, Municipality, PlaceAlias, WorkingArea


class Level(IntEnum):
    """How much a place is: all of a municipality of today, one of the parts it was made of, or less."""

    WHOLE = 0
    PART = 1
    NAMED = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to choose. `unit`: the NIS code of the (former) municipality whose House serves it."""

    level: Level

    slug: str
    label: str
    postcode: str
    name: str
    municipality: Municipality
    unit: str
    lat: float
    lon: float

    @property
    def is_whole(self) -> bool:
        return self.level == Level.WHOLE

    @property
    def rank(self) -> tuple:
        """Whole municipalities first, the most people first; then former ones; then the shortest name."""
        people = (self.municipality.population_2020 or 0) if self.is_whole else 0
        return (self.level, -people, len(self.name), self.slug)


@dataclass
class Index:
    """What is known of places."""

    by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    by_postcode: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    by_slug: dict[str, Place] = field(default_factory=dict)
    #: Of each municipality with merged ones in it: a place for each part.
    parts: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    areas: dict[str, list[tuple[date, date, House]]] = field(default_factory=lambda: defaultdict(list))
    names: list[str] = field(default_factory=list)
    #: Where a word begins inside a name: ("panne", "depanne").
    words: list[tuple[str, str]] = field(default_factory=list)

    def names_from(self, letters: str) -> Iterator[str]:
        """Names that begin with these letters, then those in which a word does."""
        start = bisect_left(self.names, letters)
        for name in self.names[start:]:
            if not name.startswith(letters):
                break
            yield name
        for word, name in self.words[bisect_left(self.words, (letters, "")) :]:
            if not word.startswith(letters):
                break
            yield name

    def house_of(self, place: Place, *, day: date) -> House | None:
        """The House that serves a place; None when there is none, or when the parts have different ones."""
        if place.is_whole and place.unit in self.parts:
            houses = self.houses_of_parts(place.unit, day=day)
            found = houses[0] if len(houses) == 1 else None
        else:
            found = self._house_in(place.unit, day) or self._house_in(place.municipality.pk, day)
        # A copy: what a page prefetches onto it must not outlive the request.
        return copy(found) if found else None

    def houses_of_parts(self, nis_code: str, *, day: date) -> list[House | None]:
        """The different Houses of a municipality's parts; None is one of them where a part has none."""
        whole = self._house_in(nis_code, day)
        houses = [self._house_in(part.unit, day) or whole for part in self.parts[nis_code]]
        return list({house.pk if house else None: house for house in houses}.values())

    def choices(self, place: Place, *, day: date) -> list[Place]:
        """The place itself; its parts, when they belong to different Houses."""
        whole_with_parts = place.is_whole and place.unit in self.parts
        if whole_with_parts and len(self.houses_of_parts(place.unit, day=day)) > 1:
            return self.parts[place.unit]
        return [place]

    def _house_in(self, unit: str, day: date) -> House | None:
        for since, until, house in self.areas.get(unit, ()):
            if since <= day <= until:
                return house
        return None


def _label(postcode: str, name: str, municipality: Municipality) -> str:
    own = f"{postcode} {name}".strip()
    return own if name == municipality.name else f"{own} ({municipality.name})"


def _place(
    level: Level, postcode: str, name: str, at: Locality | Municipality, municipality: Municipality, unit: str
) -> Place:
    # Where people live, not the middle of the area: Antwerpen's lies in the harbour.
    where = municipality if name == municipality.name else at
    return Place(
        level=level,
        slug=f"{postcode}-{slug(name)}".strip("-"),
        label=_label(postcode, name, municipality),
        postcode=postcode,
        name=name,
        municipality=municipality,
        unit=unit,
        lat=where.lat,
        lon=where.lon,
    )


class _Builder:
    """Reads the tables once and files every name under its plain spelling."""

    def __init__(self) -> None:
        self.index = Index()
        self.towns = {town.pk: town for town in Municipality.objects.all()}
        self.rows = list(Locality.objects.order_by("postcode", "-is_primary", "name"))
        self.rows_in: dict[str, list[Locality]] = defaultdict(list)
        for row in self.rows:
            self.rows_in[row.municipality_id].append(row)

    def build(self) -> Index:
        for town in self.towns.values():
            if not town.merged_into_id:
                self._add_municipality(town)
        for town in self.towns.values():
            if town.merged_into_id:
                self._add_part(town)
        for row in self.rows:
            self._add_locality(row)
        self._add_postcodes()
        self._add_aliases()
        self._add_areas()
        self._sort()
        return self.index

    def _add_municipality(self, town: Municipality) -> None:
        rows = self.rows_in[town.pk]
        own = [row.postcode for row in rows if row.name == town.name and row.is_primary]
        postcode = (own or [row.postcode for row in rows] or [""])[0]
        place = _place(Level.WHOLE, postcode, town.name, town, town, town.pk)
        if len(own) != 1:
            place = replace(place, label=town.name)
        self._file(place, town.name, town.name_fr)
        self.index.by_slug[place.slug] = place

    def _add_part(self, former: Municipality) -> None:
        town = self.towns[former.merged_into_id]
        rows = [row for row in self.rows_in[town.pk] if row.former_id == former.pk]
        named = [row.postcode for row in rows if row.name == former.name]
        postcode = (named or [row.postcode for row in rows] or [""])[0]
        place = _place(Level.PART, postcode, former.name, former, town, former.pk)
        if town.pk not in self.index.parts and any(row.former_id is None for row in self.rows_in[town.pk]):
            self.index.parts[town.pk].append(self._part_of_itself(town))
        self.index.parts[town.pk].append(place)
        self.index.by_slug.setdefault(place.slug, place)
        if former.name != town.name:
            self._file(place, former.name, former.name_fr)

    def _part_of_itself(self, town: Municipality) -> Place:
        """A municipality that took in another and kept its code (Antwerpen), without the other."""
        return next(
            replace(place, level=Level.PART, label=_label(place.postcode, place.name, town))
            for place in self.index.by_name[plain(town.name)]
            if place.unit == town.pk
        )

    def _add_locality(self, row: Locality) -> None:
        town = self.towns[row.municipality_id]
        unit = self.towns[row.former_id or town.pk]
        place = _place(Level.NAMED, row.postcode, row.name, row, town, unit.pk)
        self.index.by_slug.setdefault(place.slug, place)
        if row.name not in (town.name, unit.name):
            self._file(place, row.name, row.name_fr)

    def _add_postcodes(self) -> None:
        """One choice for each part of a municipality that a postcode reaches."""
        groups: dict[tuple[str, str, str], list[Locality]] = defaultdict(list)
        for row in self.rows:
            groups[row.postcode, row.municipality_id, row.former_id or row.municipality_id].append(row)
        for (postcode, nis_code, unit), rows in groups.items():
            names = {row.name: row for row in rows}
            name = self.towns[unit].name if self.towns[unit].name in names or len(rows) > 1 else rows[0].name
            place = _place(Level.NAMED, postcode, name, names.get(name, rows[0]), self.towns[nis_code], unit)
            self.index.by_postcode[postcode].append(place)
            self.index.by_slug.setdefault(place.slug, place)

    def _add_aliases(self) -> None:
        for alias in PlaceAlias.objects.all():
            town = self.towns[alias.municipality_id]
            for place in self.index.by_name[plain(town.name)]:
                if place.unit == town.pk and place.is_whole:
                    self._file(place, alias.name)

    def _add_areas(self) -> None:
        served = WorkingArea.objects.filter(house__is_published=True).select_related("house")
        for area in served.order_by("since"):
            span = (area.since, area.until or date.max, area.house)
            self.index.areas[area.municipality_id].append(span)

    def _sort(self) -> None:
        index = self.index
        for places in index.by_name.values():
            places.sort(key=lambda place: place.rank)
        index.names = sorted(index.by_name)
        index.words.sort()

    def _file(self, place: Place, *names: str) -> None:
        for name in filter(None, names):
            key = plain(name)
            if place not in self.index.by_name[key]:
                self.index.by_name[key].append(place)
            self.index.words.extend((word, key) for word in _later_words(name))


def _later_words(name: str) -> Iterable[str]:
    """What a name would be if it began at its second word, its third: De Panne is looked for under P."""
    words = [word for word in slug(name).split("-") if word]
    return ("".join(words[i:]) for i in range(1, len(words)))


#: What an index is made of.
TABLES = (Municipality, Locality, PlaceAlias, WorkingArea, House)
_kept = Kept(lambda: _Builder().build(), *TABLES)


def current() -> Index:
    """The index as the database is now; at most a second old outside a transaction."""
    return _kept.current()
