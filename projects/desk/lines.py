"""The lines of the desk, in as many queries for four hundred projects as for three."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Case, Count, Max, Min, Prefetch, Q, Value, When
from django.db.models.query import prefetch_related_objects
from django.utils import timezone

from huizen.models import Municipality
from projects.desk.frozen import signals_in
from projects.desk.line import SIGNALS, Line
from projects.desk.moment import Now
from projects.keys import among
from projects.models import ProgressReport, Project, ReportKind, ReportState, ReportVersion
from projects.models.period import in_year
from projects.models.report import OPEN


def lines_of(projects: Iterable[Project], *, moment: Now, year: int | None = None) -> list[Line]:
    """The lines of these projects, what needs attention first, as they stand at a moment.

    Each project comes with its call and with what `followed_by` (projects/views/agency.py) adds to it.

    `year`: only reports and money of the working years that begin in it.
    """
    lines = {project.pk: Line.of(project) for project in projects}
    for gone in moment.take_back(lines):
        lines.pop(gone, None)
    _count_reports(lines, moment, year)
    _put_waiting(lines, moment, year)
    _put_signals(lines, moment)
    for key, asked in moment.asked(lines).items():
        lines[key].asked = asked
    for key, money in moment.money(lines, year).items():
        lines[key].budget, lines[key].spent = money
    points = moment.points().filter(report__project__in=among(lines)).values("report__project")
    for row in points.annotate(number=Count("pk")):
        lines[row["report__project"]].points = row["number"]
    return sorted(lines.values(), key=lambda line: line.urgency)


def with_reports(lines: Iterable[Line], *, moment: Now, year: int | None = None) -> list[Line]:
    """The same lines with what is shown of them: places, House, and the reports to read or to chase."""
    shown = {line.project.pk: line for line in lines}
    projects = [line.project for line in shown.values()]
    places = Municipality.objects.select_related("merged_into").order_by("name")
    prefetch_related_objects(
        projects,
        "house",
        Prefetch("municipalities", places),
        "municipalities__merged_into__former",
    )
    asked = Q(stood=ReportState.SUBMITTED) | Q(stood__in=OPEN, due_on__lt=moment.today)
    rows = _reports(moment, year).filter(asked, project__in=shown).select_related("period__call")
    for report in rows.defer("draft").order_by("due_on", "pk"):
        line = shown[report.project_id]
        if report.pk in line.waited:
            line.to_read.append((report, line.waited[report.pk]))
        elif line.project.owes_reports:
            line.late.append(report)
    return list(shown.values())


def days_waited(reports: Iterable[ProgressReport], *, today: date) -> dict[int, int]:
    """For each report that waits for the agency: for how many days (one query)."""
    waiting = [report.pk for report in reports if report.state == ReportState.SUBMITTED]
    rows = ReportVersion.objects.filter(report__in=waiting).values_list("report")
    return dict(_in_days(rows.annotate(at=Max("submitted_at")), today))


def _in_days(rows, today: date) -> Iterator[tuple[int, int]]:
    for *keys, at in rows:
        yield (*keys, (today - timezone.localdate(at)).days)


def _reports(moment: Now, year: int | None):
    return moment.reports().filter(in_year(year, "period__number", "period__call"))


def _count_reports(lines: dict[int, Line], moment: Now, year: int | None) -> None:
    past = Case(When(due_on__lt=moment.today, then=Value(True)), default=Value(False))
    rows = _reports(moment, year).filter(project__in=among(lines)).annotate(is_past=past)
    counted = rows.values_list("project", "stood", "is_past").annotate(
        number=Count("pk"), first=Min("due_on")
    )
    for key, state, is_past, number, first in counted:
        lines[key].count(state, number, first=first, is_past=is_past)


def _put_waiting(lines: dict[int, Line], moment: Now, year: int | None) -> None:
    waiting = _reports(moment, year).filter(project__in=among(lines), stood=ReportState.SUBMITTED)
    rows = moment.versions().filter(report__in=waiting.values("pk")).values_list("report__project", "report")
    for key, report, days in _in_days(rows.annotate(at=Max("submitted_at")), moment.today):
        lines[key].waited[report] = days


def _put_signals(lines: dict[int, Line], moment: Now) -> None:
    """What the last version of a content report says of each objective."""
    of_content = moment.versions().filter(
        report__project__in=among(lines), report__period__kind=ReportKind.CONTENT
    )
    last = of_content.order_by("report__project", "-report__period__number", "-number")
    newest = ReportVersion.objects.filter(pk__in=last.distinct("report__project").values("pk"))
    told = newest.values_list("report__project", signals_in("content"), "content__by_objective")
    for key, parts, codes in told:
        said = (codes.get(part["key"].removeprefix("signal-")) for part in parts)
        lines[key].said = [SIGNALS.get(code) for code in said]
