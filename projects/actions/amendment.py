"""Asking the agency to change what was agreed, and deciding about it. Whatever is decided is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from huizen.roles import Permission
from projects.actions.amendment_file import MOST_FILES, Document, keep_files
from projects.actions.amendment_mail import tell_officer, tell_project
from projects.actions.budget import BudgetError, check_call_gives, tell_line
from projects.actions.period import lengthen, lock_call
from projects.actions.project import lock
from projects.models import Amendment, AmendmentDecision, BudgetLine, BudgetShift, FundingSource, Project
from projects.models.budget import SUBSIDIES
from projects.models.period import MOST_YEARS

Kind = Amendment.Kind
Verdict = AmendmentDecision.Kind
#: What each decision is called in the logbook.
VERBS = {
    Verdict.ACCEPTED: "amendment_accepted",
    Verdict.REFUSED: "amendment_refused",
    Verdict.WITHDRAWN: "amendment_withdrawn",
}


class AmendmentError(Exception):
    """Why this cannot be asked or decided, in words for who tried."""


@dataclass(frozen=True)
class Shift:
    """What a line of the budget becomes, in cents; 0 takes it away."""

    number: int
    what: str
    source: str
    after: int


@transaction.atomic
def ask_amendment(
    *,
    project: Project,
    kind: str,
    reason: str,
    by: User,
    now: datetime,
    what: str = "",
    until: date | None = None,
    shifts: Sequence[Shift] = (),
    files: Sequence[Document] = (),
) -> Amendment:
    """Ask the agency for a change, with PDFs that show why; it waits until somebody decides.

    Raises AmendmentError while another one of this kind waits, for a day that is no extension, and for a budget that
    does not change, gives more subsidy than before, or that the call would refuse.
    """
    row = lock(project)
    if len(files) > MOST_FILES:
        raise AmendmentError(f"Voeg hoogstens {MOST_FILES} documenten toe.")
    if row.amendments.waiting().filter(kind=kind).exists():
        raise AmendmentError("Er wacht al zo'n wijziging op een beslissing. Trek die eerst in.")
    if kind == Kind.EXTENSION:
        check_extension(row, until)
    changed = _changed(row, shifts)
    if kind == Kind.BUDGET:
        check_shifts(row, changed)
    facts = {"kind": kind, "what": what, "reason": reason, "until": until}
    amendment = Amendment.objects.create(project=row, asked_at=now, asked_by=by, **facts)
    for shift in changed:
        shift.amendment = amendment
    BudgetShift.objects.bulk_create(changed)
    keep_files(amendment, files)
    record("amendment_asked", amendment, by=by, now=now, house=row.house, reason=reason[:300])
    tell_officer(amendment, now=now)
    return amendment


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, by: User, now: datetime) -> AmendmentDecision:
    """Ask it no more. Raises AmendmentError once something was decided."""
    return _decide(_waiting(amendment), Verdict.WITHDRAWN, "", by, now)


@transaction.atomic
def decide_amendment(
    *, amendment: Amendment, accepted: bool, text: str, by: User, now: datetime
) -> AmendmentDecision:
    """The agency says yes or no, with its reason; a yes is carried out at once.

    Raises AmendmentError when it was decided already, without a reason, or when it can no longer be carried out.
    """
    if accepted and amendment.kind == Kind.EXTENSION:
        lock_call(amendment.project.call_id)
    row = _waiting(amendment)
    if not by.may(Permission.REVIEW_REPORTS):
        raise AmendmentError("Alleen Opgroeien beslist over een wijziging.")
    if not text:
        raise AmendmentError("Zeg waarom.")
    if accepted:
        _carry_out(row, by, now)
    decision = _decide(row, Verdict.ACCEPTED if accepted else Verdict.REFUSED, text, by, now)
    tell_project(decision, now=now)
    return decision


def check_extension(project: Project, until: date | None) -> date:
    """This day, where it lies after the last day of a project and within ten working years; else AmendmentError."""
    last = project.last_day
    if last is None:
        raise AmendmentError("Opgroeien legde het begin van deze oproep nog niet vast.")
    if until is None or until <= last:
        raise AmendmentError("Kies een dag na de laatste dag van het project.")
    if until > project.call.working_year(MOST_YEARS).last:
        raise AmendmentError("Een project duurt hoogstens tien werkingsjaren.")
    return until


def check_shifts(project: Project, shifts: Sequence[BudgetShift]) -> None:
    """Raises AmendmentError for a budget that stays as it is, or that gives more subsidy than now or than the call."""
    if not shifts:
        raise AmendmentError("Zeg welk bedrag verandert.")
    if any(shift.source == FundingSource.ABB for shift in shifts) and not project.has_integration:
        raise AmendmentError("ABB betaalt alleen mee bij integratie en inburgering.")
    if sum(shift.after - shift.before for shift in shifts if shift.source in SUBSIDIES) > 0:
        raise AmendmentError("Samen is dit meer subsidie dan nu. Neem het ergens anders af.")
    for number in {shift.number for shift in shifts}:
        more = sum(
            shift.after - shift.before
            for shift in shifts
            if shift.number == number and shift.source in SUBSIDIES
        )
        try:
            check_call_gives(project, number, more)
        except BudgetError as error:
            raise AmendmentError(str(error)) from error


def _changed(project: Project, shifts: Sequence[Shift]) -> list[BudgetShift]:
    """Those that change something, each with what its line is now."""
    now = {(line.number, line.what, line.source): line.cents for line in project.budget_lines.all()}
    rows = [
        BudgetShift(
            number=shift.number,
            what=shift.what,
            source=shift.source,
            before=now.get((shift.number, shift.what, shift.source), 0),
            after=shift.after,
        )
        for shift in shifts
    ]
    return [row for row in rows if row.before != row.after]


def _waiting(amendment: Amendment) -> Amendment:
    """A request as it is now that its project is locked."""
    project = lock(amendment.project)
    row = Amendment.objects.select_related("project__call", "decision").get(pk=amendment.pk)
    if row.verdict:
        raise AmendmentError("Hierover is al beslist.")
    row.project = project
    return row


def _decide(row: Amendment, kind: Verdict, text: str, by: User, now: datetime) -> AmendmentDecision:
    decision = AmendmentDecision.objects.create(amendment=row, kind=kind, text=text, at=now, by=by)
    record(VERBS[kind], row, by=by, now=now, house=row.project.house, reason=text[:300])
    return decision


def _carry_out(row: Amendment, by: User, now: datetime) -> None:
    if row.kind == Kind.EXTENSION:
        until = check_extension(row.project, row.until)
        lengthen(project=row.project, until=until, by=by, now=now)
    if row.kind == Kind.BUDGET:
        _shift(row, by, now)


def _shift(row: Amendment, by: User, now: datetime) -> None:
    """Give every line its new amount. Raises AmendmentError where the budget is no longer what was asked about."""
    shifts = list(row.shifts.order_by("pk"))
    for shift in shifts:
        line = BudgetLine.objects.filter(
            project=row.project, number=shift.number, what=shift.what, source=shift.source
        ).first()
        if (line.cents if line else 0) != shift.before:
            raise AmendmentError("De begroting is intussen anders. Vraag een nieuwe wijziging.")
        if line and not shift.after and line.spent is not None:
            raise AmendmentError(f"Op {line} is al iets uitgegeven. Die lijn kan niet weg.")
    check_shifts(row.project, shifts)
    for shift in shifts:
        _set_line(row.project, shift, by, now)


def _set_line(project: Project, shift: BudgetShift, by: User, now: datetime) -> None:
    """Give a line its new amount, and say so in the logbook: the desk of a day in the past is told from it."""
    its: dict[str, Any] = {
        "project": project,
        "number": shift.number,
        "what": shift.what,
        "source": shift.source,
    }
    line = BudgetLine.objects.filter(**its).first() or BudgetLine(**its)
    tell_line("budget_shifted", line, before=shift.before or None, after=shift.after or None, by=by, now=now)
    if not shift.after:
        line.delete()
        return
    line.cents = shift.after
    line.save()
