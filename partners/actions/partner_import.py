"""Partners out of a file: looked through, confirmed, and brought in line by line behind the screen."""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from celery import current_app
from django.db import connection, transaction

from huizen.actions.logbook import record
from huizen.models import House, User
from partners.actions.import_plan import Decision, Known, Row
from partners.actions.organisation import save_contact
from partners.actions.partnership import PartnershipError, add_new_partner, add_partner
from partners.models import Contact, ImportLine, Organisation, PartnerImport
from partners.models.organisation import TOLD_FACTS

log = logging.getLogger(__name__)
State, Outcome = PartnerImport.State, ImportLine.Outcome

#: Lines in one transaction: what is done again after a crash, and how often the page of the progress moves.
BATCH = 25
#: The number of the lock under which imports bring organisations in, so that two never make the same one.
ONE_AT_A_TIME = 7_320_001


class ImportStopped(Exception):
    """Why an import cannot go on so; its text is for who tried."""


@transaction.atomic
def prepare_import(
    *, house: House, file_name: str, rows: Iterable[Row], unread: list[str], by: User, now: datetime
) -> PartnerImport:
    """Keep what each line will do. Nothing else happens until somebody confirms it."""
    partner_import = PartnerImport.objects.create(
        house=house, file_name=file_name[-120:], unread=unread, made_by=by, made_at=now
    )
    known = Known.read(house)
    ImportLine.objects.bulk_create((_planned(partner_import, row, known) for row in rows), batch_size=1000)
    return partner_import


def _planned(partner_import: PartnerImport, row: Row, known: Known) -> ImportLine:
    decision = Decision(Outcome.FAULT, column=row.column, reason=row.reason)
    if not row.reason:
        decision = known.decide(row.facts)
    if decision.outcome != Outcome.FAULT:
        # A line further down may name the same organisation: it has no key of its own yet.
        known.add(row.facts, decision.organisation or -row.number, line=row.number)
    return ImportLine(
        partner_import=partner_import,
        number=row.number,
        cells=row.cells,
        facts=row.facts,
        outcome=decision.outcome,
        column=decision.column,
        reason=decision.reason,
    )


@transaction.atomic
def start_import(*, partner_import: PartnerImport, by: User, now: datetime) -> PartnerImport:
    """Confirm an import; the work is done behind the screen. Raises ImportStopped when that was done already."""
    row = _lock(partner_import)
    if row.state != State.PREPARED:
        raise ImportStopped("Deze invoer was al bevestigd.")
    row.state = State.RUNNING
    row.save(update_fields=["state"])
    record("imported", row, by=by, now=now, house=row.house)
    transaction.on_commit(_ring, robust=True)
    return row


@transaction.atomic
def discard_import(*, partner_import: PartnerImport) -> None:
    """Throw away what nobody confirmed. Raises ImportStopped when it was confirmed."""
    row = _lock(partner_import)
    if row.state != State.PREPARED:
        raise ImportStopped("Deze invoer was al bevestigd.")
    row.delete()


def carry_out_imports(*, now: datetime) -> None:
    """Bring in all that is confirmed. Safe to run twice, also at the same time."""
    for key in PartnerImport.objects.filter(state=State.RUNNING).order_by("pk").values_list("pk", flat=True):
        while _carry_out_some(key, now=now):
            pass


@transaction.atomic
def _carry_out_some(key: int, *, now: datetime) -> bool:
    """The next lines, each whole or not at all; whether there may be more."""
    row = PartnerImport.objects.select_for_update(no_key=True).filter(pk=key, state=State.RUNNING).first()
    if row is None:
        return False
    _wait_for_other_imports()
    lines = list(row.lines.to_do().order_by("number")[:BATCH])
    known = Known.read(row.house)
    for line in lines:
        _apply(line, row, known, now)
    if not lines:
        row.state, row.done_at = State.DONE, now
        row.save(update_fields=["state", "done_at"])
    return bool(lines)


def _wait_for_other_imports() -> None:
    """Until this transaction ends no other import brings organisations in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


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


def _lock(partner_import: PartnerImport) -> PartnerImport:
    rows = PartnerImport.objects.select_related("house")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=partner_import.pk)


def _ring() -> None:
    """Ask Celery to begin. Without a broker the clock finds the import within a minute."""
    try:
        # By name: an action knows no tasks.
        current_app.send_task("partners.carry_out_imports", retry=False, ignore_result=True, expires=600)
    except Exception as error:
        log.warning("The broker did not answer (%s); the import begins within a minute.", error)
