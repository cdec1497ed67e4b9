"""What stands in a draft as plain values: partners, municipalities, goals, objectives, the budget in cents (pure)."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from huizen.models import Municipality
from huizen.vocabulary import PolicyGoal
from projects.application.parts import OBJECTIVES, PARTNERS, budget_lines
from projects.models import Call
from projects.models.budget import SUBSIDIES
from projects.numbers import cents_of


class Money(NamedTuple):
    """One line of the budget; None for an amount that is missing or cannot be read."""

    key: str
    year: int
    what: str
    source: str
    cents: int | None


class Facts(NamedTuple):
    """All that an application says. `unknown`: municipalities that nobody knows by that name."""

    partners: list[tuple[int, str, str]]
    places: list[Municipality]
    unknown: list[str]
    goals: list[str]
    objectives: list[tuple[int, str, str]]
    budget: list[Money]
    texts: dict[str, str]

    def subsidy(self, year: int) -> int:
        """What is asked of the agencies for one working year, in cents."""
        asked = (line for line in self.budget if line.year == year and line.source in SUBSIDIES)
        return sum(line.cents or 0 for line in asked)


#: Keys of what is one text.
TEXTS = ("title", "summary", "change", "measure", "stays", "contact-name", "contact-email", "contact-phone")


def read(call: Call, draft: Mapping[str, str], known: Mapping[str, Municipality]) -> Facts:
    """A draft as values. `known`: the municipalities of today by `folded` name."""
    names = list(dict.fromkeys(names_in(draft.get("places", ""))))
    places = {known[folded(name)].pk: known[folded(name)] for name in names if folded(name) in known}
    chosen = draft.get("goals", "").split(",")
    return Facts(
        partners=_pairs(draft, PARTNERS, "role"),
        places=list(places.values()),
        unknown=[name for name in names if folded(name) not in known],
        goals=[goal.value for goal in PolicyGoal if goal.value in chosen],
        objectives=_pairs(draft, OBJECTIVES, "text"),
        budget=[line for year in range(1, call.years + 1) for line in _money(draft, year)],
        texts={key: draft.get(key, "") for key in TEXTS},
    )


def names_in(text: str) -> list[str]:
    """The names in a text, each on a line or with commas between."""
    return [name.strip() for name in re.split(r"[\n,;]", text) if name.strip()]


def folded(name: str) -> str:
    """A name by which two spellings of it are the same."""
    return re.sub(r"[\s'’-]+", " ", name).strip().casefold()


def _pairs(draft: Mapping[str, str], lines, second: str) -> list[tuple[int, str, str]]:
    found = (
        (number, draft.get(f"{lines.stem}-{number}", ""), draft.get(f"{lines.stem}-{number}-{second}", ""))
        for number in lines.numbers(draft)
    )
    return [each for each in found if each[1] or each[2]]


def _money(draft: Mapping[str, str], year: int) -> Iterator[Money]:
    for number in budget_lines(year).numbers(draft):
        key = f"budget-{year}-{number}"
        what, source, euro = (draft.get(name, "") for name in (key, f"{key}-source", f"{key}-euro"))
        if what or source or euro:
            yield Money(key, year, what, source, _cents(euro))


def _cents(text: str) -> int | None:
    try:
        return cents_of(text) or None
    except ValueError:
        return None
