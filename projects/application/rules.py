"""The rules of a call, held against an application: one sentence for each that is not kept (pure).

The same sentences stop an application from being handed in, and stand in the checklist of the agency.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from huizen.models import Municipality
from huizen.vocabulary import PolicyGoal
from projects.application.facts import Facts
from projects.application.parts import Part
from projects.models import Call, FundingSource
from projects.models.budget import MOST_CENTS
from projects.numbers import write_cents

INTEGRATION = PolicyGoal.INTEGRATION


class Area(NamedTuple):
    """Who may take part; nothing in both means everybody."""

    provinces: frozenset[str]
    municipalities: frozenset[str]

    def holds(self, place: Municipality) -> bool:
        if not (self.provinces or self.municipalities):
            return True
        return place.province in self.provinces or place.pk in self.municipalities


def area_of(call: Call) -> Area:
    """Who may take part in a call (one query)."""
    return Area(frozenset(call.provinces), frozenset(call.municipalities.values_list("pk", flat=True)))


def faults_in(
    parts: Iterable[Part], values: Mapping[str, str], facts: Facts, call: Call, area: Area
) -> dict[str, str]:
    """What is missing or wrong, by the key of its field, in the order of the form."""
    rules = {
        **_empty_or_long(parts, values),
        **_halves(facts),
        **_contact(facts),
        **_budget(facts),
    }
    for key, fault in (
        ("places", area_fault(facts.places, facts.unknown, area)),
        ("goals", goals_fault(facts.goals, call)),
        *((_last_line(facts, year), amount_fault(facts, call, year)) for year in range(1, call.years + 1)),
        (_abb_line(facts), abb_fault(facts)),
    ):
        if fault and key not in rules:
            rules[key] = fault
    order = [part.key for part in parts]
    return {key: rules[key] for key in order if key in rules}


def goals_fault(goals: list[str], call: Call) -> str:
    """Whether the goals combine as the call asks; says what is missing."""
    missing = [PolicyGoal(goal).label for goal in call.needed_goals if goal not in goals]
    if missing:
        return f"In deze oproep hoort dit er altijd bij: {', '.join(missing)}."
    if len(goals) < call.fewest_goals:
        return f"Combineer minstens {call.fewest_goals} doelstellingen. Nu {_are(len(goals))} gekozen."
    return ""


def area_fault(places: list[Municipality], unknown: list[str], area: Area) -> str:
    """Whether every municipality may take part; names those that may not."""
    if unknown:
        return f"Deze gemeente kennen we niet: {', '.join(unknown)}. Kijk na hoe je ze schrijft."
    outside = [place.name for place in places if not area.holds(place)]
    return f"Deze gemeente doet niet mee in de oproep: {', '.join(outside)}." if outside else ""


def amount_fault(facts: Facts, call: Call, year: int) -> str:
    """Whether a working year asks no more than the call gives."""
    if call.max_per_year is None or facts.subsidy(year) <= call.max_per_year * 100:
        return ""
    asked, most = write_cents(facts.subsidy(year)), write_cents(call.max_per_year * 100)
    return f"In werkingsjaar {year} vraag je {asked} euro subsidie. De oproep geeft hoogstens {most} euro."


def abb_fault(facts: Facts) -> str:
    """Whether ABB pays only where integration is worked on."""
    asks = any(line.source == FundingSource.ABB for line in facts.budget)
    return (
        "ABB betaalt alleen mee bij integratie en inburgering."
        if asks and INTEGRATION not in facts.goals
        else ""
    )


def _empty_or_long(parts: Iterable[Part], values: Mapping[str, str]) -> dict[str, str]:
    faults = {}
    for part in parts:
        text, name = values[part.key], f"{part.group}: {part.label.lower()}" if part.group else part.label
        if part.required and not text:
            faults[part.key] = f"Vul nog in: {name}"
        elif len(text) > part.longest:
            faults[part.key] = f"Hoogstens {part.longest} tekens. Nu zijn het er {len(text)}."
    return faults


def _halves(facts: Facts) -> dict[str, str]:
    """Lines of which one half is there."""
    faults = {}
    for number, name, role in facts.partners:
        if not name:
            faults[f"partner-{number}"] = f"Zeg welke organisatie partner {number} is."
        elif not role:
            faults[f"partner-{number}-role"] = f"Zeg wat {name} doet in het project."
    for number, title, _ in facts.objectives:
        if not title:
            faults[f"objective-{number}"] = f"Noem doel {number} in één zin."
    return faults


def _contact(facts: Facts) -> dict[str, str]:
    try:
        validate_email(facts.texts["contact-email"] or "niemand@voorbeeld.example")
    except ValidationError:
        return {"contact-email": "Dit e-mailadres klopt niet. Kijk het na."}
    return {}


def _budget(facts: Facts) -> dict[str, str]:
    faults, seen = {}, set()
    for line in facts.budget:
        if not line.what:
            faults[line.key] = "Zeg waarvoor dit bedrag dient."
        elif line.source not in FundingSource.values:
            faults[f"{line.key}-source"] = f"Zeg wie {line.what} betaalt."
        elif line.cents is None or line.cents > MOST_CENTS:
            faults[f"{line.key}-euro"] = f"Schrijf een bedrag bij {line.what}, zoals 12.500."
        elif (line.year, line.what, line.source) in seen:
            faults[line.key] = f"{line.what} staat er twee keer in werkingsjaar {line.year}. Tel ze samen."
        seen.add((line.year, line.what, line.source))
    return faults


def _last_line(facts: Facts, year: int) -> str:
    keys = [line.key for line in facts.budget if line.year == year]
    return f"{keys[-1]}-euro" if keys else ""


def _abb_line(facts: Facts) -> str:
    return next((f"{line.key}-source" for line in facts.budget if line.source == FundingSource.ABB), "")


def _are(number: int) -> str:
    return "is er 1" if number == 1 else f"zijn er {number}"
