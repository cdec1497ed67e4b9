"""Partners out of a file: looked through, confirmed, and brought in line by line behind the screen."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huizen.actions.sheet_import import (
    carry_out_all,
    carry_out_lines,
    prepare,
    running,
    start,
    wait_for_others,
)
from huizen.models import House, User
from huizen.sheet import Row
from partners.actions.import_plan import Decision, Known
from partners.actions.organisation import save_contact
from partners.actions.partnership import PartnershipError, add_new_partner, add_partner
from partners.models import Contact, ImportLine, Organisation, PartnerImport
from partners.models.organisation import TOLD_FACTS

Outcome = ImportLine.Outcome

#: The number of the lock under which imports bring organisations in, so that two never make the same one.
ONE_AT_A_TIME = 7_320_001


@transaction.atomic
def prepare_import(
    *, house: House, file_name: str, rows: Iterable[Row], unread: list[str], by: User, now: datetime
) -> PartnerImport:
    """Keep what each line will do. Nothing else happens until somebody confirms it."""
    known = Known.read(house)

    def decide(row: Row) -> Decision:
        decision = known.decide(row.facts)
        if decision.outcome != Outcome.FAULT:
            # A line further down may name the same organisation: it has no key of its own yet.
            known.add(row.facts, decision.organisation or -row.number, line=row.number)
        return decision

    made = PartnerImport(house=house, file_name=file_name[-120:], unread=unread, made_by=by, made_at=now)
    return prepare(made, rows, decide)


def start_import(*, sheet_import: PartnerImport, by: User, now: datetime) -> PartnerImport:
    """Confirm an import; the work is done behind the screen. Raises ImportStopped when that was done already."""
    task = "partners.carry_out_imports"
    return start(sheet_import=sheet_import, verb="imported", task=task, by=by, now=now)


def carry_out_imports(*, now: datetime) -> None:
    """Bring in all that is confirmed. Safe to run twice, also at the same time."""
    carry_out_all(PartnerImport, lambda key: _carry_out_some(key, now=now))


@transaction.atomic
def _carry_out_some(key: int, *, now: datetime) -> bool:
    """The next lines, each whole or not at all; whether there may be more."""
    row = running(PartnerImport, key)
    if row is None:
        return False
    _wait_for_other_imports()
    known = Known.read(row.house)

    def carry_out(lines: list[ImportLine]) -> None:
        for line in lines:
            _apply(line, row, known, now)

    return carry_out_lines(row, carry_out, now=now)


def _wait_for_other_imports() -> None:
    """Until this transaction ends no other import brings organisations in."""
    wait_for_others(ONE_AT_A_TIME)


def _apply(line: ImportLine, partner_import: PartnerImport, known: Known, now: datetime) -> None:
    """What the line does now, which may be less than was foreseen: somebody else may have been first."""
    decision = known.decide(line.facts)
    if decision.outcome != Outcome.FAULT:
        try:
            with transaction.atomic():
                line.organisation = _bring_in(line, decision, partner_import, now)
            line.applied_at = now
            known.add(line.facts, line.organisation.pk)
        except PartnershipError as error:
            decision = Decision(Outcome.FAULT, column="Naam", reason=str(error))
            line.partnership, line.made_organisation = None, False
    line.outcome, line.column = decision.outcome, decision.column
    line.reason = decision.reason or line.reason
    line.save()


def _bring_in(
    line: ImportLine, decision: Decision, partner_import: PartnerImport, now: datetime
) -> Organisation:
    facts = line.facts
    act: dict[str, Any] = {"house": partner_import.house, "by": partner_import.made_by, "now": now}
    place = {"role": facts.get("role"), "since": date.fromisoformat(facts["since"])}
    if decision.organisation is None:
        told = {name: facts[name] for name in TOLD_FACTS}
        line.partnership = add_new_partner(facts=told, **place, **act)
        line.made_organisation = True
        organisation = line.partnership.organisation
    else:
        organisation = Organisation.objects.get(pk=decision.organisation)
        if decision.outcome == Outcome.PARTNER:
            line.partnership = add_partner(organisation=organisation, **place, **act)
    if decision.adds_contact:
        line.contact = save_contact(contact=_contact(organisation, facts), **act)
    return organisation


def _contact(organisation: Organisation, facts: dict) -> Contact:
    names = ("name", "function", "email", "phone")
    return Contact(organisation=organisation, **{name: facts[f"contact_{name}"] for name in names})
