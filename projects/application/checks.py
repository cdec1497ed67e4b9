"""What the agency looks at before the jury: a line for each rule of the call, with what the application says of it (pure)."""

from collections.abc import Iterable
from typing import NamedTuple

from huizen.models import Municipality
from projects.application.facts import Facts, Money
from projects.application.rules import Area, abb_fault, amount_fault, area_fault, goals_fault
from projects.models import ApplicationVersion, Call
from projects.numbers import write_cents


class Check(NamedTuple):
    """One rule. `fault`: why the portal thinks that it is not kept; empty where it is, or where only people can tell."""

    key: str
    rule: str
    says: str
    fault: str = ""


class Checked(NamedTuple):
    """What somebody of the agency found of it."""

    rule: str
    is_kept: bool
    remark: str = ""


def facts_of(version: ApplicationVersion, places: Iterable[Municipality]) -> Facts:
    """The values of a version. `places`: its municipalities."""
    kept = version.content["facts"]
    return Facts(
        partners=[(number, *each) for number, each in enumerate(kept["partners"], start=1)],
        places=list(places),
        unknown=[],
        goals=kept["goals"],
        objectives=[(number, *each) for number, each in enumerate(kept["objectives"], start=1)],
        budget=[Money("", *line) for line in kept["budget"]],
        texts={"title": kept["title"], "summary": kept["summary"]},
    )


def checklist(call: Call, facts: Facts, version: ApplicationVersion, area: Area) -> list[Check]:
    """Every rule of a call, in the order of the form."""
    in_time = call.closes_at is None or version.submitted_at < call.closes_at
    years = range(1, call.years + 1)
    found = [
        Check(
            "in_time", "Op tijd ingediend", "", "" if in_time else "Ingediend na het sluiten van de oproep."
        ),
        Check("partners", "Een Huis met partners", _names(each[1] for each in facts.partners)),
        Check(
            "area",
            "De gemeenten mogen meedoen",
            _names(place.name for place in facts.places),
            area_fault(facts.places, [], area),
        ),
        Check(
            "goals",
            f"Combineert minstens {call.fewest_goals} doelstellingen",
            "",
            goals_fault(facts.goals, call),
        ),
    ]
    if call.max_per_year is not None:
        asked = ", ".join(f"jaar {year}: {write_cents(facts.subsidy(year))} euro" for year in years)
        rule = f"Hoogstens {write_cents(call.max_per_year * 100)} euro subsidie per jaar"
        faults = " ".join(filter(None, (amount_fault(facts, call, year) for year in years)))
        found.append(Check("amount", rule, asked, faults))
    found.append(Check("abb", "ABB betaalt alleen bij integratie en inburgering", "", abb_fault(facts)))
    if call.earliest_on or call.latest_on:
        found.append(Check("costs", "Alle kosten vallen in de periode van de oproep", _period(call)))
    return found


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


def _period(call: Call) -> str:
    days = (("vanaf", call.earliest_on), ("tot en met", call.latest_on))
    return " ".join(f"{word} {day:%d/%m/%Y}" for word, day in days if day)
