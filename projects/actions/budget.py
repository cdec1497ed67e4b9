"""The budget of a project, kept by the agency: no more than the call gives, and ABB only with integration."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.project import lock
from projects.models import BudgetLine, FundingSource, Instalment, ProgressReport, Project
from projects.models.budget import SUBSIDIES
from projects.numbers import write_cents


class BudgetError(Exception):
    """Why the budget cannot be so, in words for who tried."""


@transaction.atomic
def add_line(
    *, project: Project, number: int, what: str, source: str, cents: int, by: User, now: datetime
) -> BudgetLine:
    """One more thing to spend money on in a working year. Raises BudgetError where a rule of the call refuses it."""
    row = lock(project)
    if source == FundingSource.ABB and not row.has_integration:
        raise BudgetError("ABB betaalt alleen mee bij integratie en inburgering.")
    if source in SUBSIDIES:
        _within_the_call(row, number, cents)
    if BudgetLine.objects.filter(project=row, number=number, what=what, source=source).exists():
        raise BudgetError("Deze lijn staat er al.")
    line = BudgetLine.objects.create(project=row, number=number, what=what, source=source, cents=cents)
    record("budget_added", row, by=by, now=now, house=row.house, reason=f"{line}: {write_cents(cents)} euro")
    return line


@transaction.atomic
def remove_line(*, line: BudgetLine, by: User, now: datetime) -> None:
    """Take a line away. Raises BudgetError once an accepted report spent from it."""
    row = lock(line.project)
    gone = BudgetLine.objects.filter(pk=line.pk).first()
    if gone is None:
        return
    if gone.spent is not None:
        raise BudgetError("Op deze lijn is al iets uitgegeven. Ze blijft staan.")
    gone.delete()
    record(
        "budget_removed",
        row,
        by=by,
        now=now,
        house=row.house,
        reason=f"{line}: {write_cents(line.cents)} euro",
    )


@transaction.atomic
def add_instalment(*, report: ProgressReport, cents: int, by: User, now: datetime) -> Instalment:
    """A part of the money that the acceptance of this report releases."""
    row = lock(report.project)
    if Instalment.objects.filter(report=report).exists() or report.state == "accepted":
        raise BudgetError("Dit verslag geeft al een schijf vrij, of is al aanvaard.")
    instalment = Instalment.objects.create(project=row, report=report, cents=cents)
    reason = f"{write_cents(cents)} euro na {report.period}"
    record("instalment_added", row, by=by, now=now, house=row.house, reason=reason[:300])
    return instalment


def _within_the_call(project: Project, number: int, cents: int) -> None:
    most = project.call.max_per_year
    lines = BudgetLine.objects.filter(project=project, number=number, source__in=SUBSIDIES)
    total = (lines.aggregate(total=Sum("cents"))["total"] or 0) + cents
    if most is not None and total > most * 100:
        raise BudgetError(f"De oproep geeft hoogstens {write_cents(most * 100)} euro subsidie per jaar.")
