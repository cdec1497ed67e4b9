"""The budget of a project, kept by the agency: no more than the call gives, and ABB only with integration."""

from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.once import still_there
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
        check_call_gives(row, number, cents)
    if BudgetLine.objects.filter(project=row, number=number, what=what, source=source).exists():
        raise BudgetError("Deze lijn staat er al.")
    line = BudgetLine.objects.create(project=row, number=number, what=what, source=source, cents=cents)
    tell_line("budget_added", line, before=None, after=cents, by=by, now=now)
    return line


@transaction.atomic
def remove_line(*, line: BudgetLine, by: User, now: datetime) -> None:
    """Take a line away. Raises BudgetError once an accepted report spent from it."""
    lock(line.project)
    gone = BudgetLine.objects.select_related("project__house").filter(pk=line.pk).first()
    if gone is None:
        return
    if gone.spent is not None:
        raise BudgetError("Op deze lijn is al iets uitgegeven. Ze blijft staan.")
    tell_line("budget_removed", gone, before=gone.cents, after=None, by=by, now=now)
    gone.delete()


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


@transaction.atomic
def remove_instalment(*, instalment: Instalment, by: User, now: datetime) -> None:
    """Take a part away that was a mistake. Raises BudgetError when it is gone, or once it was released."""
    project = lock(instalment.project)
    row = still_there(instalment, BudgetError, "Iemand haalde deze schijf intussen weg.")
    if row.released_at:
        raise BudgetError("Deze schijf is vrijgegeven. Ze blijft staan.")
    reason = f"{write_cents(row.cents)} euro na {instalment.report.period}"
    row.delete()
    record("instalment_removed", project, by=by, now=now, house=project.house, reason=reason[:300])


def tell_line(
    verb: str, line: BudgetLine, *, before: int | None, after: int | None, by: User, now: datetime
) -> None:
    """Into the logbook, so that the desk as it stood on a day can be told: which working year, and the amounts in euro."""
    amounts = ["" if cents is None else write_cents(cents) for cents in (before, after)]
    numbers = ["" if cents is None else line.number for cents in (before, after)]
    changes = {"number": numbers, "cents": amounts}
    project = line.project
    record(verb, project, by=by, now=now, house=project.house, changes=changes, reason=str(line))


def check_call_gives(project: Project, number: int, cents: int) -> None:
    """Raises BudgetError where so much more subsidy in a working year is more than the call gives."""
    most = project.call.max_per_year
    lines = BudgetLine.objects.filter(project=project, number=number, source__in=SUBSIDIES)
    total = (lines.aggregate(total=Sum("cents"))["total"] or 0) + cents
    if most is not None and total > most * 100:
        raise BudgetError(f"De oproep geeft hoogstens {write_cents(most * 100)} euro subsidie per jaar.")
