"""What is due when over all projects: by month as a list, and the same as a drawing.

Whoever has more to show writes a function like `reports` and adds it to `SOURCES`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from projects.keys import among
from projects.models import Instalment, Period, ProgressReport
from projects.models.period import in_year
from projects.models.project import OWING_STATUSES
from projects.models.report import OPEN, ReportState

MONTHS = 12
STATES = {state.value: str(state.label) for state in ReportState}
#: So many projects are named at one thing; the file names all.
NAMED = 24


class Asked(NamedTuple):
    """Of which projects, from which day up to and without which, what is late on which day, of which working years."""

    projects: Iterable[int]
    first: date
    end: date
    today: date
    year: int | None = None


class Due(NamedTuple):
    """One thing of one project. `lane`: its kind, in the plural; `what`: what projects have in common; `page` and `key`:
    the name of its page and what that is about."""

    on: date
    lane: str
    what: str
    project: int
    state: str
    page: str
    key: int | str
    is_open: bool = True
    is_late: bool = False
    cents: int = 0


@dataclass
class Thing:
    """The same thing of several projects on one day."""

    on: date
    lane: str
    what: str
    dues: list[Due]

    @property
    def states(self) -> list[tuple[str, int]]:
        return Counter(map(attrgetter("state"), self.dues)).most_common()

    @property
    def late(self) -> int:
        return sum(map(attrgetter("is_late"), self.dues))

    @property
    def cents(self) -> int:
        return sum(map(attrgetter("cents"), self.dues))

    @property
    def named(self) -> list[Due]:
        """What is late first, then what is open, and no more than can be read."""
        return sorted(self.dues, key=attrgetter("is_late", "is_open"), reverse=True)[:NAMED]

    @property
    def more(self) -> int:
        return max(len(self.dues) - NAMED, 0)


Source = Callable[[Asked], Iterator[Due]]


def reports(asked: Asked) -> Iterator[Due]:
    """The reports that are due, and those of before that are late (two queries)."""
    when = Q(period__due_on__gte=asked.first) | Q(state__in=OPEN)
    rows = ProgressReport.objects.filter(
        when,
        in_year(asked.year, "period__number", "period__call"),
        period__due_on__lt=asked.end,
        project__in=among(asked.projects),
        project__status__in=OWING_STATUSES,
    )
    told = list(rows.order_by("project__name").values_list("pk", "project", "period", "state"))
    periods = _periods({key for _, _, key, _ in told})
    for pk, project, key, state in told:
        due_on, what = periods[key]
        is_late = state in OPEN and due_on < asked.today
        words = "te laat" if is_late else STATES[state]
        is_open = state != ReportState.ACCEPTED
        yield Due(due_on, "Verslagen", what, project, words, "report_review", pk, is_open, is_late)


def instalments(asked: Asked) -> Iterator[Due]:
    """Parts of the money: on the last day of the report that releases it, or on the day it was released (two queries).

    What should have come before and was not released stays in sight.
    """
    first, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (asked.first, asked.end))
    rows = Instalment.objects.filter(
        Q(released_at__gte=first, released_at__lt=end)
        | Q(released_at=None, report__period__due_on__lt=asked.end),
        in_year(asked.year, "report__period__number", "report__period__call"),
        project__in=among(asked.projects),
        project__status__in=OWING_STATUSES,
    )
    facts = ("cents", "released_at", "project", "project__slug", "report__period")
    told = list(rows.order_by("project__name").values_list(*facts))
    periods = _periods({key for *_, key in told})
    for cents, released_at, project, slug, key in told:
        due_on, report = periods[key]
        on = timezone.localdate(released_at) if released_at else due_on
        state = "vrijgegeven" if released_at else "nog niet vrijgegeven"
        what = f"schijf na {report}"
        yield Due(on, "Schijven", what, project, state, "budget", slug, not released_at, cents=cents)


SOURCES: list[Source] = [reports, instalments]


def timeline(asked: Asked) -> list[Thing]:
    """Everything that is due, the first day first."""
    things: dict[tuple[date, str, str], list[Due]] = defaultdict(list)
    for source in SOURCES:
        for due in source(asked):
            things[due.on, due.lane, due.what].append(due)
    return [Thing(*key, dues) for key, dues in sorted(things.items(), key=itemgetter(0))]


def months_after(first: date, number: int) -> date:
    """The first day of the month, so many months on."""
    count = first.year * 12 + first.month - 1 + number
    return date(count // 12, count % 12 + 1, 1)


def by_month(things: Iterable[Thing], first: date) -> list[tuple[date | None, list[Thing]]]:
    """The things of each month that has any; what is longer ago under None."""
    months: dict[date | None, list[Thing]] = defaultdict(list)
    for thing in things:
        months[thing.on.replace(day=1) if thing.on >= first else None].append(thing)
    return sorted(months.items(), key=lambda pair: pair[0] or date.min)


def _periods(keys: Collection[int]) -> dict[int, tuple[date, str]]:
    """The last day of each, and its name."""
    periods = Period.objects.select_related("call").in_bulk(keys)
    return {key: (period.due_on, str(period)) for key, period in periods.items()}
