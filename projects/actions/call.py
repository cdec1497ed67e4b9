"""A programme and its calls, kept by the agency: rules are data, and stand still once Houses count on them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from huizen.actions.logbook import record
from huizen.models import Municipality, User
from projects.actions.application_reminder import replan
from projects.actions.once import once
from projects.models import Application, ApplicationDecision, Call, Criterion, Programme, Score

#: What Houses count on once the call was made public (its year is in its address); it can still close later.
PROMISED = (
    "year",
    "opens_at",
    "years",
    "max_per_year",
    "starts_on",
    "needed_goals",
    "fewest_goals",
    "provinces",
    "municipalities",
)
#: Of somebody who can be asked: the logbook says that it changed, never to what.
OF_SOMEBODY = ("contact_name", "contact_phone", "contact_email")
#: All weights of a call together.
WHOLE = 100


class CallError(Exception):
    """Why a call cannot be so, in words for who tried."""


class Weighed(NamedTuple):
    """A criterion as somebody fills it in."""

    name: str
    guide: str
    weight: int


@transaction.atomic
def create_programme(*, facts: dict[str, Any], by: User, now: datetime) -> Programme:
    """A new programme: `facts` are its own fields. Raises CallError where one has this name."""
    with once(CallError, "Er is al een programma met deze naam. Kies een andere."):
        row = Programme.objects.create(**facts)
    record("created", row, by=by, now=now)
    return row


@transaction.atomic
def change_programme(*, programme: Programme, facts: dict[str, Any], by: User, now: datetime) -> Programme:
    """Other words, days or another budget."""
    row = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    changes = {
        name: [getattr(row, name), value] for name, value in facts.items() if getattr(row, name) != value
    }
    if changes:
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        record("changed", row, by=by, now=now, changes=_told(changes))
    return row


@transaction.atomic
def create_call(
    *,
    programme: Programme,
    facts: dict[str, Any],
    municipalities: Iterable[Municipality],
    by: User,
    now: datetime,
) -> Call:
    """A call that only the agency sees. Raises CallError where the programme has one of that year."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if Call.objects.filter(programme=programme, year=facts["year"]).exists():
        raise CallError("Dit programma heeft al een oproep van dat jaar.")
    row = Call.objects.create(programme=programme, **facts)
    row.municipalities.set(municipalities)
    record("created", row, by=by, now=now)
    return row


@transaction.atomic
def change_call(
    *, call: Call, facts: dict[str, Any], municipalities: Iterable[Municipality], by: User, now: datetime
) -> Call:
    """Other rules; reminders follow the moment of closing.

    Raises CallError for what Houses count on already, where the call would close sooner than it said, once something
    was decided in it, or where its reports have their last days and its term would move.
    """
    row = lock(call)
    after = facts | {"municipalities": sorted(place.name for place in municipalities)}
    before = {name: getattr(row, name) for name in facts} | {"municipalities": _names(row)}
    changes = {name: [before[name], value] for name, value in after.items() if before[name] != value}
    if row.published_on and (fixed := changes.keys() & set(PROMISED)):
        label = getattr(Call._meta.get_field(min(fixed)), "verbose_name", "")
        raise CallError(f"De oproep is al bekendgemaakt. Dit blijft zoals het is: {label}.")
    if row.published_on and row.closes_at and "closes_at" in changes and facts["closes_at"] < row.closes_at:
        raise CallError("De oproep is al bekendgemaakt. Ze kan niet vroeger sluiten.")
    if "closes_at" in changes and ApplicationDecision.objects.filter(version__application__call=row).exists():
        raise CallError("Over een aanvraag is al beslist. De oproep blijft gesloten.")
    if changes.keys() & {"starts_on", "years"} and row.periods.exists():
        raise CallError(
            "De verslagen hebben al termijnen. De eerste dag verander je daar; het aantal jaren blijft zoals het is."
        )
    if changes:
        for name, value in facts.items():
            setattr(row, name, value)
        row.save(update_fields=list(facts))
        row.municipalities.set(municipalities)
        record("changed", row, by=by, now=now, changes=_told(changes))
        replan(Application.objects.filter(call=row))
    return row


@transaction.atomic
def set_criteria(*, call: Call, criteria: Iterable[Weighed], by: User, now: datetime) -> None:
    """By what the jury judges. Raises CallError where the weights are not 100 together, or once somebody gave points."""
    row, wanted = lock(call), list(criteria)
    if sum(each.weight for each in wanted) != WHOLE:
        total = sum(each.weight for each in wanted)
        raise CallError(f"De gewichten zijn samen {total}. Maak er samen 100 van.")
    if Score.objects.filter(criterion__call=row).exists():
        raise CallError("De jury gaf al punten. De criteria blijven zoals ze zijn.")
    before = _weights(row)
    row.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call=row, number=number, **each._asdict()) for number, each in enumerate(wanted, start=1)
    )
    record("changed", row, by=by, now=now, changes={"criteria": [before, _weights(row)]})


@transaction.atomic
def set_guides(*, call: Call, guides: dict[str, str], by: User, now: datetime) -> None:
    """What helps at each step of the form, in the words of the agency."""
    row = lock(call)
    if row.guides != guides:
        row.guides = guides
        row.save(update_fields=["guides"])
        record("changed", row, by=by, now=now, changes={"guides": ["", "aangepast"]})


@transaction.atomic
def publish_call(*, call: Call, by: User, now: datetime) -> Call:
    """Let everybody read it. Raises CallError with all that is still missing."""
    row = lock(call)
    if row.published_on:
        return row
    if missing := what_is_missing(row, now=now):
        raise CallError(f"Dit ontbreekt nog: {', '.join(missing)}.")
    row.published_on = timezone.localdate(now)
    row.save(update_fields=["published_on"])
    record("published", row, by=by, now=now)
    return row


def what_is_missing(call: Call, *, now: datetime) -> list[str]:
    """What a call must have before everybody may read it, in words."""
    rules = {
        "de dagen waarop ze open is": call.opens_at and call.closes_at,
        "een dag van sluiten die nog komt": not call.closes_at or call.closes_at > now,
        "het hoogste bedrag per jaar": call.max_per_year,
        "het begin van het eerste werkingsjaar": call.starts_on,
        "criteria met samen 100 als gewicht": call.criteria.exists(),
    }
    return [words for words, is_there in rules.items() if not is_there]


def lock(call: Call) -> Call:
    """The call as it is now; who changes its rules, judges or decides in it waits here for the others."""
    return (
        Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=call.pk)
    )


def _names(call: Call) -> list[str]:
    return sorted(call.municipalities.values_list("name", flat=True))


def _weights(call: Call) -> str:
    return ", ".join(f"{each.name} ({each.weight})" for each in call.criteria.order_by("number"))


def _told(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Days and moments as the logbook keeps them; of a person nothing but that it changed."""
    return {
        name: ["", "aangepast"]
        if name in OF_SOMEBODY
        else [value.isoformat() if hasattr(value, "isoformat") else value for value in pair]
        for name, pair in changes.items()
    }
