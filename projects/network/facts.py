"""What the picture of the whole network is made of, read in ten queries whatever the number of Houses."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from activities.coverage_facts import going_on
from activities.freshness import is_old
from activities.models import Activity
from activities.reach import Reach, reach_by_house
from huizen.models import House, Municipality, WorkingArea
from huizen.vocabulary import policy_domains
from projects.network.picture import Covered, HouseLine, Town

Status = Activity.Status


class Network(NamedTuple):
    """Every municipality of today, and every House that serves somewhere, by name."""

    towns: list[Town]
    lines: list[HouseLine]

    def in_province(self, province: str) -> "Network":
        """The same for one province: its municipalities, and the Houses that serve one of them."""
        return Network(
            [town for town in self.towns if town.municipality.province == province],
            [line for line in self.lines if province in line.provinces],
        )


def network(*, on: date, year: int, now: datetime) -> Network:
    """The areas as they stood `on` a day; the offer of now; the reach of a year and the one before."""
    areas = list(WorkingArea.objects.on(on).select_related("house", "municipality"))
    towns = _towns(areas)
    lines = _lines(areas)
    _add_offer(lines, now)
    _add_freshness(lines, timezone.localdate(now))
    _add_reach(lines, year)
    return Network(towns, sorted(lines.values(), key=lambda line: (line.house.name, line.house.pk)))


def _towns(areas: list[WorkingArea]) -> list[Town]:
    """All municipalities of today by name, with the Houses of the whole or of its former parts (one query)."""
    served = {area.municipality_id: area.house for area in areas}
    parts: dict[str, list[Municipality]] = defaultdict(list)
    today = []
    for municipality in Municipality.objects.order_by("name", "nis_code"):
        if municipality.merged_into_id:
            parts[municipality.merged_into_id].append(municipality)
        else:
            today.append(municipality)
    return [_town(municipality, parts[municipality.pk], served) for municipality in today]


def _town(municipality: Municipality, parts: list[Municipality], served: dict[str, House]) -> Town:
    """A House may follow the borders of today, or those of a former municipality."""
    if house := served.get(municipality.pk):
        return Town(municipality, [house], Covered.WHOLE, [])
    houses = list(dict.fromkeys(served[part.pk] for part in parts if part.pk in served))
    left_out = [part.name for part in parts if part.pk not in served]
    if not houses:
        return Town(municipality, [], Covered.NONE, [])
    return Town(municipality, houses, Covered.PART if left_out else Covered.WHOLE, left_out)


def _lines(areas: list[WorkingArea]) -> dict[int, HouseLine]:
    lines: dict[int, HouseLine] = {}
    for area in sorted(areas, key=lambda area: area.municipality.name):
        lines.setdefault(area.house_id, HouseLine(area.house)).towns.append(area.municipality)
    return lines


def _add_offer(lines: dict[int, HouseLine], now: datetime) -> None:
    """What goes on now or later (one query)."""
    for house, pillar, domains in going_on(now).values_list("house", "pillar", "life_domains"):
        if line := lines.get(house):
            line.offers += 1
            line.pillars[pillar] += 1
            line.domains.update(set(domains))
            line.policies.update(policy_domains(domains))


def _add_freshness(lines: dict[int, HouseLine], today: date) -> None:
    """How much of the offer was looked at in time, by the rule of its House (one query)."""
    rows = Activity.objects.filter(audience=Activity.Audience.FAMILIES).order_by().values("house")
    counted = rows.annotate(
        online=Count("pk", filter=Q(status=Status.PUBLISHED)),
        old=Count("pk", filter=Q(status=Status.PUBLISHED) & is_old(today)),
        hidden=Count("pk", filter=Q(status=Status.TO_CHECK)),
    )
    for row in counted:
        if line := lines.get(row["house"]):
            line.fresh, line.old, line.hidden = row["online"] - row["old"], row["old"], row["hidden"]


def _add_reach(lines: dict[int, HouseLine], year: int) -> None:
    found = reach_by_house(first=year - 1, last=year)
    for pk, line in lines.items():
        line.reach = found.get((pk, year), Reach())
        line.before = found.get((pk, year - 1), Reach())
