"""Whom a House reached: families, children and adults, by month, activity, place and life domain; sums, never names.

Counted are those who were there: families that signed up and came, families that walked in, and heads that were
counted beside them. A family that came three times is counted three times, as the annual reports of Houses do.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear
from django.utils import timezone

from activities.models import Activity, Attendance, Came, Headcount, Session, Visit
from huizen.models import House, Location
from huizen.vocabulary import LifeDomain
from huizen.words import month_name


@dataclass(frozen=True)
class Reach:
    """Sums over some moments. `contacts`: talks with one family; `referrals`: families told of help elsewhere."""

    moments: int = 0
    families: int = 0
    new_families: int = 0
    children: int = 0
    adults: int = 0
    contacts: int = 0
    referrals: int = 0

    def __add__(self, other: "Reach") -> "Reach":
        return Reach(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def numbers(self) -> tuple[int, ...]:
        return astuple(self)


NAMES = tuple(field.name for field in fields(Reach))
#: The heads of the columns, in the order of `Reach`.
COLUMNS = (
    "Momenten",
    "Gezinnen",
    "Nieuwe gezinnen",
    "Kinderen",
    "Volwassenen",
    "Gesprekken",
    "Doorverwijzingen",
)


class Cell(NamedTuple):
    """Where a sum belongs: an activity at a place in a month. `place` is 0 where nobody said where."""

    activity: int
    place: int
    year: int
    month: int


@dataclass(frozen=True)
class Line:
    """One line of a table: this year beside last year's."""

    label: str
    now: Reach
    before: Reach

    @property
    def difference(self) -> int:
        """How many families more (below zero: fewer) than last year."""
        return self.now.families - self.before.families

    @property
    def fewer(self) -> int:
        """The same the other way round."""
        return -self.difference

    @property
    def cells(self) -> list[tuple[str, int, int]]:
        """Each number with its column and that of last year."""
        return list(zip(COLUMNS, self.now.numbers, self.before.numbers, strict=True))


@dataclass(frozen=True)
class Year:
    """The reach of one House in one year, beside the year before."""

    house: House
    year: int
    total: Line
    months: list[Line]
    activities: list[Line]
    places: list[Line]
    domains: list[Line]


def cells_of(house: House, *, first: int, last: int) -> dict[Cell, Reach]:
    """All sums of a House over some years (four queries, whatever the number of moments)."""
    sums: dict[Cell, Reach] = defaultdict(Reach)
    for rows, to, counted in _sources():
        own = _in_years(rows.filter(**{f"{to}activity__house": house}), to, first, last)
        for row in _grouped(own, to).annotate(**counted):
            sums[Cell(*(row[f"of_{name}"] for name in Cell._fields))] += _reach(row)
    return dict(sums)


def reach_by_house(*, first: int, last: int) -> dict[tuple[int, int], Reach]:
    """The sums of every House, by its key and year (four queries, whatever the number of Houses)."""
    sums: dict[tuple[int, int], Reach] = defaultdict(Reach)
    for rows, to, counted in _sources():
        found = _in_years(rows, to, first, last).values(
            of_house=F(f"{to}activity__house"), of_year=ExtractYear(f"{to}starts_at")
        )
        for row in found.annotate(**counted):
            sums[row["of_house"], row["of_year"]] += _reach(row)
    return dict(sums)


def year_of(house: House, *, year: int) -> Year:
    """Everything that the page and the annual report tell of one year (six queries)."""
    cells = cells_of(house, first=year - 1, last=year)
    activities = Activity.objects.filter(pk__in={cell.activity for cell in cells})
    about = {
        pk: (title, domains) for pk, title, domains in activities.values_list("pk", "title", "life_domains")
    }
    names = dict(Location.objects.filter(pk__in={cell.place for cell in cells}).values_list("pk", "name"))

    def lines(keys: Callable[[Cell], Iterable[Hashable]], labels: Callable[[Any], str]) -> list[Line]:
        return _lines(cells, year, keys, labels)

    return Year(
        house=house,
        year=year,
        total=_total(cells, year),
        months=_by_month(cells, year),
        activities=lines(lambda cell: [cell.activity], lambda key: about[key][0]),
        places=lines(lambda cell: [cell.place], lambda key: names.get(key, "geen plek gezegd")),
        domains=lines(
            lambda cell: about[cell.activity][1] or [""],
            lambda key: LifeDomain(key).label if key else "geen levensdomein gezegd",
        ),
    )


def total_of(house: House, *, year: int) -> Line:
    """The sums of a whole year beside the year before (four queries)."""
    return _total(cells_of(house, first=year - 1, last=year), year)


def years_with_reach(house: House, *, now: datetime) -> list[int]:
    """The years that can be looked at, the last first: from the first that was counted until this one."""
    first = (
        _counted()
        .filter(activity__house=house)
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    this = timezone.localdate(now).year
    return list(range(this, (timezone.localdate(first).year if first else this) - 1, -1))


def _lines(cells, year: int, keys, labels) -> list[Line]:
    """A line for each thing, the one that reached most first; what was nowhere this year or last is left out."""
    now: dict[Hashable, Reach] = defaultdict(Reach)
    before: dict[Hashable, Reach] = defaultdict(Reach)
    for cell, reach in cells.items():
        for key in keys(cell):
            (now if cell.year == year else before)[key] += reach
    found = [Line(labels(key), now[key], before[key]) for key in {**now, **before}]
    return sorted(found, key=lambda line: (-line.now.families, -line.before.families, line.label))


def _by_month(cells: dict[Cell, Reach], year: int) -> list[Line]:
    """Twelve lines, in order."""
    sums: dict[tuple[int, int], Reach] = defaultdict(Reach)
    for cell, reach in cells.items():
        sums[cell.year, cell.month] += reach
    return [Line(month_name(month), sums[year, month], sums[year - 1, month]) for month in range(1, 13)]


def _total(cells: dict[Cell, Reach], year: int) -> Line:
    now = sum((reach for cell, reach in cells.items() if cell.year == year), Reach())
    return Line("Samen", now, sum((reach for cell, reach in cells.items() if cell.year != year), Reach()))


class Source(NamedTuple):
    """Rows that count: how they lead `to` their moment, and the sums of them."""

    rows: QuerySet
    to: str
    sums: dict[str, Aggregate]


def _sources() -> list[Source]:
    """The moments where somebody noted who came; who signed up and came; who walked in; heads counted beside them."""
    families = {
        "sum_families": Count("pk"),
        "sum_new_families": Count("pk", filter=Q(is_new=True)),
        "sum_children": Sum("children"),
        "sum_adults": Sum("adults"),
    }
    heads = {f"sum_{name}": Sum(name) for name in NAMES if name != "moments"}
    return [
        Source(_counted(), "", {"sum_moments": Count("pk")}),
        Source(Attendance.objects.filter(state=Came.PRESENT), "registration__session__", families),
        Source(Visit.objects.all(), "session__", families),
        Source(Headcount.objects.all(), "session__", heads),
    ]


def _counted() -> QuerySet[Session]:
    """The moments where somebody noted who came."""
    noted = Attendance.objects.filter(registration__session=OuterRef("pk"))
    visits, heads = (model.objects.filter(session=OuterRef("pk")) for model in (Visit, Headcount))
    return Session.objects.filter(Exists(noted) | Exists(visits) | Exists(heads))


def _in_years(rows: QuerySet, to: str, first: int, last: int) -> QuerySet:
    """Rows of the moments that took place in some years on the wall clock."""
    since, until = (
        timezone.make_aware(datetime.combine(date(year, 1, 1), time())) for year in (first, last + 1)
    )
    return rows.filter(
        **{
            f"{to}starts_at__gte": since,
            f"{to}starts_at__lt": until,
            f"{to}status": Session.Status.SCHEDULED,
        }
    ).order_by()


def _grouped(rows: QuerySet, to: str) -> QuerySet:
    """Rows grouped by activity, place, year and month."""
    place = Coalesce(F(f"{to}location"), F(f"{to}activity__location"), Value(0), output_field=IntegerField())
    return rows.values(
        of_activity=F(f"{to}activity"),
        of_place=place,
        of_year=ExtractYear(f"{to}starts_at"),
        of_month=ExtractMonth(f"{to}starts_at"),
    )


def _reach(row: dict[str, Any]) -> Reach:
    """The sums of one group."""
    return Reach(**{name: row[f"sum_{name}"] or 0 for name in NAMES if f"sum_{name}" in row})
