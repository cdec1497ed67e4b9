"""Offer out of a file: looked through, confirmed, and brought in line by line behind the screen, as drafts."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.actions.offer import create_activity, set_schedules
from activities.actions.offer_import_plan import OfferDecision, Surroundings
from activities.actions.schedule_plan import Wish
from activities.models import Activity, OfferImport, OfferLine, Schedule
from activities.offer_facts import FIELDS, RULES, put_facts, rules_from
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

Outcome = OfferLine.Outcome
#: The number of the lock under which offer comes in, with the key of the House, so that no activity is made twice.
ONE_AT_A_TIME = 7_320_002


@transaction.atomic
def prepare_offer_import(
    *, house: House, file_name: str, rows: Iterable[Row], unread: list[str], by: User, now: datetime
) -> OfferImport:
    """Keep what each line will do. Nothing else happens until somebody confirms it."""
    around = Surroundings.read(house, by, now=now)

    def decide(row: Row) -> OfferDecision:
        decision = around.decide(row.facts)
        if decision.outcome != Outcome.FAULT:
            # A line further down may name the same activity: it has no key of its own yet.
            around.add(decision, _rules(row.facts), decision.activity or -row.number, row.number)
        return decision

    made = OfferImport(house=house, file_name=file_name[-120:], unread=unread, made_by=by, made_at=now)
    return prepare(made, rows, decide)


def start_offer_import(*, sheet_import: OfferImport, by: User, now: datetime) -> OfferImport:
    """Confirm an import; the work is done behind the screen. Raises ImportStopped when that was done already."""
    task = "activities.carry_out_imports"
    return start(sheet_import=sheet_import, verb="imported_offer", task=task, by=by, now=now)


def carry_out_offer_imports(*, now: datetime) -> None:
    """Bring in all that is confirmed. Safe to run twice, also at the same time."""
    carry_out_all(OfferImport, lambda key: _carry_out_some(key, now=now))


@transaction.atomic
def _carry_out_some(key: int, *, now: datetime) -> bool:
    """The next lines, each whole or not at all; whether there may be more."""
    row = running(OfferImport, key)
    if row is None:
        return False
    _wait_for_other_imports(row.house)
    around = Surroundings.read(row.house, row.made_by, now=now, offer_import=row)

    def carry_out(lines: list[OfferLine]) -> None:
        for line in lines:
            _apply(line, row, around, now)

    return carry_out_lines(row, carry_out, now=now)


def _wait_for_other_imports(house: House) -> None:
    """Until this transaction ends no other import brings offer into the House."""
    wait_for_others(ONE_AT_A_TIME, house.pk)


def _apply(line: OfferLine, offer_import: OfferImport, around: Surroundings, now: datetime) -> None:
    """What the line does now, which may be less than was foreseen: somebody else may have been first."""
    decision = around.decide(line.facts)
    if decision.outcome != Outcome.FAULT:
        try:
            with transaction.atomic():
                line.activity = _bring_in(line.facts, decision, offer_import, now)
            line.applied_at = now
            around.add(decision, _rules(line.facts), line.activity.pk, line.number)
        except ValidationError as error:
            reason = " ".join(error.messages)[:300]
            decision, line.activity = OfferDecision(Outcome.FAULT, column="Titel", reason=reason), None
    line.outcome, line.column = decision.outcome, decision.column
    line.reason = decision.reason or line.reason
    line.save()


def _bring_in(facts: dict, decision: OfferDecision, offer_import: OfferImport, now: datetime) -> Activity:
    by = offer_import.made_by
    if by is None:
        raise ValidationError("Wie dit bestand gaf, heeft geen account meer.")
    if decision.activity:
        activity = Activity.objects.get(pk=decision.activity)
    else:
        activity = make_draft(
            offer_import.house, facts, decision.organiser, decision.location, by=by, now=now
        )
    rules = _rules(facts)
    if rules and decision.outcome != Outcome.SAME:
        for rule in rules:
            rule.full_clean(exclude=["activity"])
        set_schedules(activity=activity, wish=Wish(saved=tuple(rules)), by=by, now=now)
    return activity


def make_draft(
    house: House, facts: dict, organiser: int | None, location: int | None, *, by: User, now: datetime
) -> Activity:
    """An activity with these facts, not online; a proposal of who needs approval. Raises ValidationError."""
    told = {name: value for name, value in facts.items() if name in FIELDS}
    activity = put_facts(Activity(), told | {"organiser": organiser, "location": location})
    activity.house = house
    activity.full_clean(exclude=["slug", "changed_at"])
    return create_activity(activity=activity, by=by, now=now)


def _rules(facts: dict) -> list[Schedule]:
    return rules_from(facts[RULES], Activity())
