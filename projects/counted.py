"""What the portal counted for the activities of a project in a working year: sums an activity, never names."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from activities.models import Activity
from activities.reach import NAMES, Reach, cells_of
from families.models import Talk
from projects.models import Project, Source, WorkingYear
from projects.numbers import write_number


class Row(NamedTuple):
    """One row behind a number, this year and the year before."""

    label: str
    now: int
    before: int


class Count(NamedTuple):
    """A number that the portal proposes, last year's, and the rows that it is the sum of."""

    now: int
    before: int
    rows: list[Row]

    @property
    def words(self) -> str:
        """The number and last year's, in words."""
        return f"{write_number(self.now)} (het jaar ervoor {write_number(self.before)})"

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Count":
        """The sum of these rows; those that say nothing are left out."""
        kept = sorted((row for row in rows if row.now or row.before), key=lambda row: (-row.now, row.label))
        return cls(sum(row.now for row in kept), sum(row.before for row in kept), kept)


def counts_of(project: Project, year: WorkingYear) -> dict[str, Count]:
    """Every source with its count (six queries, whatever the number of activities); nothing without a House."""
    if project.house_id is None:
        return {}
    activities = list(project.activities.select_related("organiser").order_by("title", "pk"))
    now, before = _reach_by_activity(project, year)
    counts = {
        name: Count.of(
            Row(each.title, getattr(now[each.pk], name), getattr(before[each.pk], name))
            for each in activities
        )
        for name in NAMES
    }
    counts[Source.PARTNERS] = _partners(activities, now, before)
    counts[Source.PARTICIPATION] = _talks(project, year)
    return counts


def _reach_by_activity(project: Project, year: WorkingYear) -> tuple[dict[int, Reach], dict[int, Reach]]:
    now: dict[int, Reach] = defaultdict(Reach)
    before: dict[int, Reach] = defaultdict(Reach)
    cells = cells_of(project.house, first=year.before.first.year, last=year.last.year)
    months, earlier = year.months, year.before.months
    for cell, reach in cells.items():
        if (cell.year, cell.month) in months:
            now[cell.activity] += reach
        elif (cell.year, cell.month) in earlier:
            before[cell.activity] += reach
    return now, before


def _partners(activities: list[Activity], now: dict[int, Reach], before: dict[int, Reach]) -> Count:
    """The organisations of which an activity took place: each counts once."""
    ours = [each for each in activities if each.organiser]
    names = {each.organiser_id: each.organiser.name for each in ours}

    def busy(reach: dict[int, Reach]) -> set[int]:
        return {each.organiser_id for each in ours if reach[each.pk].moments}

    this, last = busy(now), busy(before)
    return Count.of(Row(name, int(key in this), int(key in last)) for key, name in names.items())


def _talks(project: Project, year: WorkingYear) -> Count:
    """The talks of the House in the neighbourhood, by place."""
    talks = Talk.objects.filter(house=project.house, held_on__gte=year.before.first, held_on__lt=year.end)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for held_on, place in talks.values_list("held_on", "place"):
        sums[place][held_on < year.first] += 1
    return Count.of(Row(place, *pair) for place, pair in sums.items())
