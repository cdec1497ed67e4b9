"""The Houses as the directory shows them: by province, with the municipalities they serve, the nearest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huizen.distance import kilometres
from huizen.finder import FoundPlace
from huizen.models import House, WorkingArea

NEAREST = 3


class Town(NamedTuple):
    """What the directory needs of a municipality; rows of the model would cost three times as much."""

    name: str
    province: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Listed:
    """A House with the municipalities that it serves on a day."""

    house: House
    towns: tuple[Town, ...]

    @property
    def province(self) -> str:
        """The province of most of its municipalities; nothing while it serves none."""
        provinces = [town.province for town in self.towns]
        return max(provinces, key=provinces.count) if provinces else ""

    def distance(self, place: FoundPlace) -> float | None:
        """Kilometres from a place to the nearest municipality that it serves."""
        return min(
            (kilometres(place.lat, place.lon, town.lat, town.lon) for town in self.towns), default=None
        )


@dataclass(frozen=True)
class Near:
    """A House, and how far from a place."""

    house: House
    km: float


def listed_houses(*, day: date) -> list[Listed]:
    """All Houses that parents see, by name. Two queries, however many there are."""
    towns: dict[int, list[Town]] = defaultdict(list)
    areas = WorkingArea.objects.on(day).order_by("municipality__name")
    for house_id, *town in areas.values_list("house_id", *(f"municipality__{name}" for name in Town._fields)):
        towns[house_id].append(Town(*town))
    houses = House.objects.published().order_by("name", "pk")
    return [Listed(house, tuple(towns[house.pk])) for house in houses]


def by_province(listed: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """The provinces that have Houses, in the order of the alphabet; those without an area come last."""
    groups: dict[str, list[Listed]] = defaultdict(list)
    for row in listed:
        groups[row.province].append(row)
    return sorted(groups.items(), key=lambda group: (not group[0], group[0]))


def nearest_houses(listed: Iterable[Listed], place: FoundPlace) -> list[Near]:
    """The three Houses that serve a municipality nearest to the place."""
    near = [Near(row.house, km) for row in listed if (km := row.distance(place)) is not None]
    return sorted(near, key=lambda row: row.km)[:NEAREST]
