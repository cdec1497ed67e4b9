"""Whom a House reached: families, children and adults, by month, activity, place and life domain; sums, never names.

Counted are those who were there: families that signed up and came, families that walked in, and heads that were
counted beside them. A family that came three times is counted three times, as the annual reports of Houses do.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Sum, Value
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
    for source in (_moments, _sign_ups, _visits, _counts):
        for row in source(house, first, last):
            cell = Cell(*(row[f"of_{name}"] for name in Cell._fields))
            sums[cell] += Reach(**{name: row[f"sum_{name}"] for name in NAMES if f"sum_{name}" in row})
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
    first = _counted(house).order_by("starts_at").values_list("starts_at", flat=True).first()
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


def _sign_ups(house: House, first: int, last: int) -> QuerySet:
    rows = Attendance.objects.filter(state=Came.PRESENT)
    return _grouped(rows, "registration__session__", house, first, last).annotate(
        sum_families=Count("pk"),
        sum_new_families=Count("pk", filter=Q(is_new=True)),
        sum_children=Sum("children"),
        sum_adults=Sum("adults"),
    )


def _visits(house: House, first: int, last: int) -> QuerySet:
    return _grouped(Visit.objects.all(), "session__", house, first, last).annotate(
        sum_families=Count("pk"),
        sum_new_families=Count("pk", filter=Q(is_new=True)),
        sum_children=Sum("children"),
        sum_adults=Sum("adults"),
    )


def _counts(house: House, first: int, last: int) -> QuerySet:
    return _grouped(Headcount.objects.all(), "session__", house, first, last).annotate(
        **{f"sum_{name}": Sum(name) for name in NAMES if name != "moments"}
    )


def _moments(house: House, first: int, last: int) -> QuerySet:
    return _grouped(_counted(house), "", house, first, last).annotate(sum_moments=Count("pk"))


def _counted(house: House) -> QuerySet[Session]:
    """The moments where somebody noted who came."""
    noted = Attendance.objects.filter(registration__session=OuterRef("pk"))
    visits, heads = (model.objects.filter(session=OuterRef("pk")) for model in (Visit, Headcount))
    return Session.objects.filter(Exists(noted) | Exists(visits) | Exists(heads), activity__house=house)


def _grouped(rows: QuerySet, to: str, house: House, first: int, last: int) -> QuerySet:
    """Rows of the moments of a House in some years, grouped by activity, place and month on the wall clock."""
    since, until = (
        timezone.make_aware(datetime.combine(date(year, 1, 1), time())) for year in (first, last + 1)
    )
    own = rows.filter(
        **{
            f"{to}activity__house": house,
            f"{to}starts_at__gte": since,
            f"{to}starts_at__lt": until,
            f"{to}status": Session.Status.SCHEDULED,
        }
    )
    place = Coalesce(F(f"{to}location"), F(f"{to}activity__location"), Value(0), output_field=IntegerField())
    return own.order_by().values(
        of_activity=F(f"{to}activity"),
        of_place=place,
        of_year=ExtractYear(f"{to}starts_at"),
        of_month=ExtractMonth(f"{to}starts_at"),
    )
