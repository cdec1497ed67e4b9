"""The desk of the agency: every project on one line, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Sum

from projects.models import (
    BudgetLine,
    ChangeRequest,
    ProgressReport,
    Project,
    ReportKind,
    ReportState,
    ReportVersion,
)
from projects.report_parts import Signal

#: How serious a signal is: the worst one of a project comes first.
WORST = (Signal.OFF_TRACK, Signal.ATTENTION, Signal.ON_TRACK, Signal.DONE)
BADGES = {Signal.OFF_TRACK: "bad", Signal.ATTENTION: "warning", Signal.ON_TRACK: "good", Signal.DONE: "info"}


@dataclass
class Line:
    """One project. Money in cents; `waited`: for how many days each report waits for the agency."""

    project: Project
    said: list[Signal | None] = field(default_factory=list)
    reports: list[ProgressReport] = field(default_factory=list)
    budget: int = 0
    spent: int = 0
    points: int = 0
    waited: dict[int, int] = field(default_factory=dict)

    @property
    def waits(self) -> int | None:
        """For how many days the agency has let this project wait."""
        return max(self.waited.values(), default=None)

    @property
    def late(self) -> list[ProgressReport]:
        """What should have been handed in."""
        return [report for report in self.reports if report.is_late]

    @property
    def to_read(self) -> list[tuple[ProgressReport, int]]:
        """What waits for the agency, and for how many days."""
        return [(report, self.waited[report.pk]) for report in self.reports if report.pk in self.waited]

    @property
    def next_report(self) -> ProgressReport | None:
        """The open report that is due first."""
        return next((report for report in self.reports if report.is_open), None)

    @property
    def states(self) -> list[tuple[str, int]]:
        """How many reports are in which state, in words."""
        counts = Counter(report.state for report in self.reports)
        return [(state.label, counts[state]) for state in ReportState if counts[state]]

    @property
    def share(self) -> int | None:
        """The part of the budget that accepted reports say was spent, in percent."""
        return round(self.spent / self.budget * 100) if self.budget else None

    @property
    def urgency(self) -> tuple:
        """What needs attention comes first: waiting for us, late, stuck, open points."""
        worst = min((WORST.index(signal) for signal in self.said if signal), default=len(WORST))
        return (not self.to_read, not self.late, worst > 1, not self.points)

    @property
    def badges(self) -> list[tuple[str, str]]:
        """The signal of each objective in words, with its colour."""
        return [
            (signal.label, BADGES[signal]) if signal else ("nog niet gezegd", "quiet") for signal in self.said
        ]


def lines_of(projects: Iterable[Project], *, today: date, year: int | None = None) -> list[Line]:
    """The lines of these projects (with their objectives), what needs attention first (five more queries).

    `year`: only reports and money of the working years that begin in it.
    """
    lines = {project.pk: Line(project) for project in projects}
    _put_reports(lines, today, year)
    _put_signals(lines)
    _put_budget(lines, year)
    points = ChangeRequest.objects.filter(report__project__in=lines, ticked_at=None)
    for key in points.values_list("report__project", flat=True):
        lines[key].points += 1
    return sorted(lines.values(), key=lambda line: line.urgency)


def days_waited(reports: Iterable[ProgressReport], *, today: date) -> dict[int, int]:
    """For each report that waits for the agency: for how many days (one query)."""
    waiting = [report.pk for report in reports if report.state == ReportState.SUBMITTED]
    rows = ReportVersion.objects.filter(report__in=waiting).values("report").annotate(at=Max("submitted_at"))
    return {row["report"]: (today - row["at"].date()).days for row in rows}


def _put_reports(lines: dict[int, Line], today: date, year: int | None) -> None:
    rows = ProgressReport.objects.filter(project__in=lines).as_of(today).select_related("period__call")
    reports = [
        report
        for report in rows.defer("draft").order_by("period__due_on", "pk")
        if year is None or (report.period.call.starts_on and report.period.year.first.year == year)
    ]
    waited = days_waited(reports, today=today)
    for report in reports:
        line = lines[report.project_id]
        line.reports.append(report)
        if report.pk in waited:
            line.waited[report.pk] = waited[report.pk]


def _put_signals(lines: dict[int, Line]) -> None:
    """What the last version of a content report says of each objective."""
    last = ReportVersion.objects.filter(
        report__project__in=lines, report__period__kind=ReportKind.CONTENT
    ).order_by("report__project", "-report__period__number", "-number")
    told: dict[int, dict[str, Any]] = dict(
        last.distinct("report__project").values_list("report__project", "content__by_objective")
    )
    for key, line in lines.items():
        codes = told.get(key, {})
        for objective in sorted(line.project.objectives.all(), key=lambda each: each.number):
            code = codes.get(str(objective.pk))
            line.said.append(Signal(code) if code in Signal.values else None)


def _put_budget(lines: dict[int, Line], year: int | None) -> None:
    rows = BudgetLine.objects.filter(project__in=lines)
    for row in rows.values("project", "number").annotate(budget=Sum("cents"), spent=Sum("spent")):
        line = lines[row["project"]]
        call = line.project.call
        if year is None or (call.starts_on and call.working_year(row["number"]).first.year == year):
            line.budget += row["budget"]
            line.spent += row["spent"] or 0
