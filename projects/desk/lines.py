"""The lines of the desk, in as many queries for four hundred projects as for three."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Case, Count, Max, Min, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from huizen.models import Municipality
from projects.desk.frozen import signals_in
from projects.desk.line import SIGNALS, Line
from projects.desk.moment import TOLD, Now
from projects.keys import among
from projects.models import Call, ProgressReport, Project, ReportKind, ReportState, ReportVersion
from projects.models.period import in_year
from projects.models.report import OPEN

#: The day on which a report was last handed in.
LAST_DAY = TruncDate(Max("submitted_at"))


def lines_of(
    projects: QuerySet[Project], calls: Mapping[int, Call], *, moment: Now, year: int | None = None
) -> list[Line]:
    """The lines of these projects, what needs attention first, as they stand at a moment.

    The projects come with what `followed_by` (projects/views/agency.py) adds to them; `calls`: theirs, by key.
    `year`: only reports and money of the working years that begin in it.
    """
    rows = projects.values_list("pk", "call", *TOLD, "has_summary", "objectives_made", "officer_name", "left")
    lines = {key: Line(key, calls[call], *facts) for key, call, *facts in rows}
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
    shown = {line.key: line for line in lines}
    places = Prefetch("municipalities", Municipality.objects.select_related("merged_into").order_by("name"))
    projects = Project.objects.select_related("house").prefetch_related(
        places, "municipalities__merged_into__former"
    )
    for key, project in projects.in_bulk(shown).items():
        _put_project(shown[key], project)
    asked = Q(stood=ReportState.SUBMITTED) | Q(stood__in=OPEN, due_on__lt=moment.today)
    rows = _reports(moment, year).filter(asked, project__in=shown).select_related("period")
    for report in rows.defer("draft").order_by("due_on", "pk"):
        line = shown[report.project_id]
        report.period.call = line.call
        if report.pk in line.waited:
            line.to_read.append((report, line.waited[report.pk]))
        elif line.owes_reports:
            line.late.append(report)
    return list(shown.values())


def _put_project(line: Line, project: Project) -> None:
    project.call = line.call
    for name in TOLD:
        setattr(project, name, getattr(line, name))
    line.project = project


def days_waited(reports: Iterable[ProgressReport], *, today: date) -> dict[int, int]:
    """For each report that waits for the agency: for how many days (one query)."""
    waiting = [report.pk for report in reports if report.state == ReportState.SUBMITTED]
    rows = ReportVersion.objects.filter(report__in=waiting).values_list("report").annotate(on=LAST_DAY)
    return {report: (today - on).days for report, on in rows}


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
    for key, report, on in rows.annotate(on=LAST_DAY):
        lines[key].waited[report] = (moment.today - on).days


def _put_signals(lines: dict[int, Line], moment: Now) -> None:
    """What the last version of a content report says of each objective."""
    of_content = moment.versions().filter(
        report__project__in=among(lines), report__period__kind=ReportKind.CONTENT
    )
    last = of_content.order_by("report__project", "-report__period__number", "-number")
    newest = ReportVersion.objects.filter(pk__in=last.distinct("report__project").values("pk"))
    for key, codes in newest.values_list("report__project", signals_in("content")):
        lines[key].said = [SIGNALS.get(code) for code in codes]
