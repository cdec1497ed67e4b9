"""The agency's answer to a report: point by point, or accepted. Always about one frozen version."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.report import MovedOnError, ReportError, lock, step_for
from projects.actions.report_mail import tell_project
from projects.actions.report_reminder import replan
from projects.models import (
    BudgetLine,
    ChangeRequest,
    Decision,
    Figure,
    Indicator,
    ProgressReport,
    ReportVersion,
)
from projects.report_flow import Act

Kind = Decision.Kind
#: A point: the key of the part that it is about (may be empty), and what should be otherwise.
Points = Iterable[tuple[str, str]]


@transaction.atomic
def request_changes(
    *,
    report: ProgressReport,
    version: int,
    text: str,
    points: Points,
    ticked: Collection[int] = (),
    by: User,
    now: datetime,
) -> Decision:
    """Give the report back with what should change; what was done since the last time is ticked off.

    Raises MovedOnError when another version or decision came meanwhile, ReportError without a point that is open.
    """
    row = lock(report)
    step, seen = step_for(row, Act.RETURN, by), _version(row, version)
    decision = Decision.objects.create(version=seen, kind=Kind.RETURNED, text=text, at=now, by=by)
    _tick(row, ticked, by, now)
    ChangeRequest.objects.bulk_create(
        ChangeRequest(report=row, decision=decision, part=part, text=wish) for part, wish in points
    )
    still_open = list(row.points.filter(ticked_at=None).order_by("pk").values_list("text", flat=True))
    if not still_open:
        raise ReportError("Schrijf minstens één punt dat anders moet.")
    _move(row, step.to, "report_returned", text, by, now)
    tell_project(seen, "project_report_returned", text=text, points=still_open, now=now)
    return decision


@transaction.atomic
def accept(
    *,
    report: ProgressReport,
    version: int,
    text: str = "",
    ticked: Collection[int] = (),
    by: User,
    now: datetime,
) -> Decision:
    """Accept a version: its figures and expenditure stand, and its instalment is released, once.

    Raises MovedOnError when another version or decision came meanwhile, ReportError while a point is not ticked off.
    """
    row = lock(report)
    step, seen = step_for(row, Act.ACCEPT, by), _version(row, version)
    _tick(row, ticked, by, now)
    if row.points.filter(ticked_at=None).exists():
        raise ReportError("Vink eerst alle punten af, of vraag een aanpassing.")
    decision = Decision.objects.create(version=seen, kind=Kind.ACCEPTED, text=text, at=now, by=by)
    _keep_figures(seen)
    row.instalments.filter(released_at=None).update(released_at=now)
    _move(row, step.to, "report_accepted", text, by, now)
    tell_project(seen, "project_report_accepted", text=text, points=[], now=now)
    return decision


@transaction.atomic
def reopen(*, report: ProgressReport, version: int, reason: str, by: User, now: datetime) -> Decision:
    """Ask for another version of what was accepted. Its figures stand until that one is accepted; money stays released."""
    row = lock(report)
    step, seen = step_for(row, Act.REOPEN, by), _version(row, version)
    decision = Decision.objects.create(version=seen, kind=Kind.REOPENED, text=reason, at=now, by=by)
    ChangeRequest.objects.create(report=row, decision=decision, text=reason[:600])
    _move(row, step.to, "report_reopened", reason, by, now)
    tell_project(seen, "project_report_returned", text=reason, points=[], now=now)
    return decision


def _version(row: ProgressReport, number: int) -> ReportVersion:
    """The version that was looked at, if it is the last."""
    if number != row.versions_made:
        raise MovedOnError("Er kwam intussen een nieuwe versie. Lees die eerst.")
    return row.versions.select_related("report__project__house", "report__period__call").get(number=number)


def _tick(row: ProgressReport, ticked: Collection[int], by: User, now: datetime) -> None:
    row.points.filter(pk__in=ticked, ticked_at=None).update(ticked_at=now, ticked_by=by)


def _move(row: ProgressReport, state: str, verb: str, reason: str, by: User, now: datetime) -> None:
    row.state = state
    row.save(update_fields=["state"])
    record(verb, row, by=by, now=now, house=row.project.house, reason=reason[:300])
    replan(ProgressReport.objects.filter(pk=row.pk))


def _keep_figures(version: ReportVersion) -> None:
    """What stands in an accepted version is what the desk and the public are told."""
    number, parts = version.report.period.number, version.content["parts"]
    figures = [part["figure"] for part in parts if "figure" in part]
    there = set(
        Indicator.objects.filter(pk__in=[each["indicator"] for each in figures]).values_list("pk", flat=True)
    )
    Figure.objects.bulk_create(
        [
            Figure(
                indicator_id=each["indicator"],
                number=number,
                value=Decimal(each["value"]),
                yardstick_id=each["yardstick"],
                version=version,
            )
            for each in figures
            if each["indicator"] in there
        ],
        update_conflicts=True,
        unique_fields=["indicator", "number"],
        update_fields=["value", "yardstick", "version"],
    )
    for spent in (part["spent"] for part in parts if "spent" in part):
        BudgetLine.objects.filter(pk=spent["line"]).update(spent=spent["cents"])
