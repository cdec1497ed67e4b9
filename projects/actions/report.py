"""Writing a report and handing it in. What is typed is kept as it is typed; what is handed in is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.report_mail import tell_officer
from projects.actions.report_reminder import replan
from projects.flow import Step, step_of
from projects.models import ChangeRequest, ProgressReport, ReportVersion
from projects.report_content import content_of, sum_of
from projects.report_flow import STEPS, Act
from projects.report_parts import Part, faults_in, parts_of, values_of
from projects.typed import Typed, take, tidy


class ReportError(Exception):
    """Why this cannot be done with a report, in words for who tried."""


class MovedOnError(ReportError):
    """Somebody did something with the report since this page was opened."""


class UnfinishedError(ReportError):
    """What still has to be mended: `faults`, a sentence a part."""

    def __init__(self, faults: dict[str, str]):
        super().__init__("Het verslag is nog niet klaar. Kijk na wat er nog ontbreekt.")
        self.faults = faults


@dataclass(frozen=True)
class Saved:
    """How saving went. `others`: what somebody else wrote meanwhile in the parts that were not taken."""

    report: ProgressReport
    parts: list[Part]
    values: dict[str, str]
    others: dict[str, str]


@transaction.atomic
def save_draft(*, report: ProgressReport, typed: Mapping[str, Typed], by: User, now: datetime) -> Saved:
    """Keep what was typed, field by field: two people in different fields lose nothing.

    Where another wrote in the same field meanwhile, that stays and is told of. Raises MovedOnError when the report is
    with the agency.
    """
    row = lock(report)
    if not row.is_open:
        raise MovedOnError("Dit verslag is al ingediend. Wat je typte, is niet bewaard.")
    return _keep(row, typed, now)


@transaction.atomic
def submit(
    *, report: ProgressReport, version: int, typed: Mapping[str, Typed], by: User, now: datetime
) -> ReportVersion:
    """Freeze the report as it stands on the page of who hands it in, as the version after `version`.

    Raises MovedOnError when somebody handed it in or wrote in it meanwhile, UnfinishedError when something is missing.
    """
    row = lock(report)
    step = step_for(row, Act.SUBMIT, by)
    if row.versions_made != version:
        raise MovedOnError("Er is intussen al een versie ingediend. Kijk wat er verschilt.")
    saved = _keep(row, typed, now)
    # A part that is gone since the page was made counts as empty.
    if saved.others or any(tidy(one.text) != tidy(saved.values.get(key, "")) for key, one in typed.items()):
        raise MovedOnError("Er veranderde iets terwijl je schreef. Kijk het na en dien dan in.")
    if faults := faults_in(saved.parts, saved.values, percent=row.period.call.deviation_percent):
        raise UnfinishedError(faults)
    return _freeze(row, saved, step, by, now)


@transaction.atomic
def answer_point(*, point: ChangeRequest, answer: str, by: User, now: datetime) -> None:
    """Say what was done with a point of the agency, as long as the report is being written."""
    row = lock(point.report)
    if not row.is_open:
        raise MovedOnError("Dit verslag is al ingediend. Je antwoord is niet bewaard.")
    point.answer = answer
    point.save(update_fields=["answer"])
    record("point_answered", row, by=by, now=now, house=row.project.house, reason=point.text[:300])


def lock(report: ProgressReport) -> ProgressReport:
    """The report as it is now; who else wants to change it waits."""
    return ProgressReport.objects.select_for_update(of=("self",)).whole().get(pk=report.pk)


def step_for(report: ProgressReport, act: Act, by: User) -> Step[Act]:
    """The step that this act is in the state of the report. Raises MovedOnError where it is none, or not hers."""
    step = step_of(STEPS, report.state, act, by.may)
    if step is None:
        raise MovedOnError(f"Dat kan niet: dit verslag is {report.get_state_display()}.")
    return step


def _keep(row: ProgressReport, typed: Mapping[str, Typed], now: datetime) -> Saved:
    parts = parts_of(row)
    values = values_of(row, parts)
    new, others = take(values, typed)
    row.draft |= new
    values |= new
    row.saved_at = now
    row.save(update_fields=["draft", "saved_at"])
    return Saved(row, parts, values, others)


def _freeze(row: ProgressReport, saved: Saved, step: Step[Act], by: User, now: datetime) -> ReportVersion:
    evidence = row.evidence.current().select_related("consent").order_by("pk")
    content = content_of(saved.parts, saved.values, evidence)
    row.state, row.versions_made = step.to, row.versions_made + 1
    # What the portal counted stands now, whatever is noted later.
    row.draft = saved.values
    row.save(update_fields=["state", "versions_made", "draft"])
    version = ReportVersion.objects.create(
        report=row,
        number=row.versions_made,
        content=content,
        sha256=sum_of(content),
        submitted_at=now,
        submitted_by=by,
    )
    record("report_submitted", row, by=by, now=now, house=row.project.house)
    replan(ProgressReport.objects.filter(pk=row.pk))
    tell_officer(version, now=now)
    return version
