"""Which municipalities each House of the demo serves: 222 Houses that reach 294 of the 304 municipalities.

The numbers are those of mid 2019 (docs/glossary.md). The areas of Baldemore and the region of Turnhout are real;
elsewhere small neighbours share a House until the number is right. The ten municipalities with the fewest people
have none, so that the portal can be seen to cope with that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, hypot, radians

from huizen.models import Municipality

HOUSES, WITHOUT = 222, 10
MOST_TOGETHER = 3
#: NIS codes of the areas that are known.
NAMED = {
    "Baldemore": ("13025", "13003", "13006", "13036"),
    "regio Turnhout": ("13040", "13004", "13031", "13046"),
}
#: Merged in 2025, while each part kept its own House: the places must be told apart.
SPLIT = {"44086": ("44012", "44048"), "44088": ("44040", "44043")}
#: The House of Meulebeke, Pittem, Wingene and Ruiselede ended with the mergers of 2025.
ENDED = ("37007", "37011", "37018", "37012")
ENDED_ON = date(2024, 12, 31)
#: Where its parts went: Tielt, Pittem on its own, Wingene.
HEIRS = ("37022", "37011", "37021")


@dataclass(frozen=True)
class Area:
    """What one House serves; the first municipality is where it stands."""

    name: str
    municipalities: tuple[Municipality, ...]

    @property
    def home(self) -> Municipality:
        return self.municipalities[0]

    @property
    def people(self) -> int:
        return sum(municipality.population_2020 or 0 for municipality in self.municipalities)


@dataclass(frozen=True)
class Areas:
    """All areas of today, and the municipalities that no House reaches."""

    served: list[Area]
    without: list[Municipality]


def plan_areas(municipalities: Iterable[Municipality], *, projects: set[str]) -> Areas:
    """Divide the country. `projects`: the NIS codes of today that are in a project, which stay as they are."""
    known = {municipality.pk: municipality for municipality in municipalities}
    kept = projects | set(HEIRS) | set(SPLIT) | {code for codes in NAMED.values() for code in codes}
    present = sorted(
        (m for m in known.values() if m.merged_into_id is None), key=lambda m: (m.population_2020 or 0, m.pk)
    )
    without = [m for m in present if m.pk not in kept][:WITHOUT]
    fixed = _fixed(known)
    taken = {m.pk for area in fixed for m in area.municipalities} | {m.pk for m in without} | set(SPLIT)
    single = [_area((m,)) for m in present if m.pk not in taken]
    loose = [area for area in single if area.home.pk not in kept and not _in_brussels(area)]
    fixed += [area for area in single if area not in loose]
    served = fixed + _join(loose, until=HOUSES - len(fixed))
    return Areas(sorted(served, key=lambda area: area.home.pk), without)


def spans(area: Area, *, since: date) -> list[tuple[Municipality, date, date | None]]:
    """The rows of a House's working area through the mergers: municipality, first day, last day."""
    return [row for municipality in area.municipalities for row in _spans(municipality, since)]


def _spans(municipality: Municipality, since: date) -> list[tuple[Municipality, date, date | None]]:
    if municipality.pk in ENDED:
        return [(municipality, ENDED_ON + timedelta(days=1), None)]
    merged_on = municipality.valid_from
    if merged_on is None or merged_on <= since:
        return [(municipality, since, None)]
    rows = [(municipality, merged_on, None)]
    for former in sorted(municipality.former.all(), key=lambda former: former.pk):
        if former.pk in ENDED:
            rows.append((former, merged_on, None))
        else:
            rows.append((former, since, merged_on - timedelta(days=1)))
    return rows


def _fixed(known: dict[str, Municipality]) -> list[Area]:
    named = [Area(name, tuple(known[code] for code in codes)) for name, codes in NAMED.items()]
    parts = [_area((known[code],)) for codes in SPLIT.values() for code in codes]
    return named + parts


def _join(areas: list[Area], *, until: int) -> list[Area]:
    """The smallest joins its nearest neighbour in the province, again and again."""
    areas = sorted(areas, key=lambda area: (area.people, area.home.pk))
    while len(areas) > until:
        for smallest in areas:
            if near := _nearest(smallest, areas):
                break
        areas = [area for area in areas if area not in (smallest, near)]
        areas.append(_area((*near.municipalities, *smallest.municipalities)))
        areas.sort(key=lambda area: (area.people, area.home.pk))
    return areas


def _nearest(area: Area, areas: list[Area]) -> Area | None:
    room = MOST_TOGETHER - len(area.municipalities)
    neighbours = [
        other
        for other in areas
        if other is not area
        and other.home.province == area.home.province
        and len(other.municipalities) <= room
    ]
    return min(neighbours, key=lambda other: kilometres(area.home, other.home), default=None)


def kilometres(one: Municipality, other: Municipality) -> float:
    """As the crow flies, near enough at our latitude."""
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return 111.2 * hypot(one.lat - other.lat, east)


def _area(municipalities: tuple[Municipality, ...]) -> Area:
    """The largest municipality first, and named after all."""
    ordered = tuple(sorted(municipalities, key=lambda m: (-(m.population_2020 or 0), m.pk)))
    *others, last = (municipality.name for municipality in ordered)
    return Area(f"{', '.join(others)} en {last}" if others else last, ordered)


def _in_brussels(area: Area) -> bool:
    return area.home.province == Municipality.Province.BRUSSEL
