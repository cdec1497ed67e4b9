"""The Houses as the directory shows them: by province, with the municipalities they serve, the nearest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from huizen.distance import kilometres
from huizen.finder import FoundPlace
from huizen.models import House, Municipality, WorkingArea

NEAREST = 3


@dataclass(frozen=True)
class Listed:
    """A House with the municipalities that it serves on a day."""

    house: House
    towns: tuple[Municipality, ...]

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
    areas = WorkingArea.objects.on(day).select_related("municipality").order_by("municipality__name")
    houses = (
        House.objects.published().prefetch_related(Prefetch("working_areas", areas)).order_by("name", "pk")
    )
    return [Listed(house, tuple(area.municipality for area in house.working_areas.all())) for house in houses]


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
