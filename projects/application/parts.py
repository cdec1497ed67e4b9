"""What an application asks, step by step: its fields by key, with as many lines as are filled in and two more (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from projects.models import Call


class Step(TextChoices):
    """The steps of the form; the value is the end of its address."""

    WHO = "wie", "Wie doet mee"
    WHERE = "waar", "Waar"
    GOALS = "doelstellingen", "Doelstellingen"
    SUMMARY = "kort", "In het kort"
    OBJECTIVES = "doelen", "Doelen"
    CHANGE = "verandering", "Wat er verandert"
    BUDGET = "begroting", "Begroting"
    FILES = "bijlagen", "Bijlagen"

    @property
    def next(self) -> "Step | None":
        """The step after it; None after the last."""
        steps = list(Step)
        place = steps.index(self) + 1
        return steps[place] if place < len(steps) else None


class Kind(StrEnum):
    """What is typed in a field."""

    LINE = "line"
    TEXT = "text"
    GOALS = "goals"
    SOURCE = "source"
    EURO = "euro"


@dataclass(frozen=True)
class Part:
    """One field. `group`: the line that it belongs to, where a step repeats lines. `longest`: in characters."""

    key: str
    step: Step
    label: str
    kind: Kind = Kind.LINE
    help: str = ""
    required: bool = True
    longest: int = 160
    group: str = ""


@dataclass(frozen=True)
class Lines:
    """A line that repeats: how many at least and at most, and whether another stands ready."""

    stem: str
    fewest: int
    most: int

    def numbers(self, draft: Mapping[str, str]) -> range:
        """The numbers of the lines on the page: those that are filled in and one more."""
        pattern = re.compile(rf"{self.stem}-(\d+)(?:-|$)")
        found = (pattern.match(key) for key, text in draft.items() if text)
        last = max((int(each[1]) for each in found if each), default=0)
        return range(1, min(max(last + 1, self.fewest), self.most) + 1)


PARTNERS, OBJECTIVES = Lines("partner", 2, 10), Lines("objective", 2, 8)
#: The contact person stands in the draft alone: no version names her.
CONTACT = ("contact-name", "contact-email", "contact-phone")


def budget_lines(year: int) -> Lines:
    """The lines of the budget of one working year."""
    return Lines(f"budget-{year}", 2, 10)


def parts_of(call: Call, draft: Mapping[str, str]) -> list[Part]:
    """All fields of an application, in order."""
    return [
        *_who(draft),
        *_where_and_goals(),
        *_told(),
        *_objectives(draft),
        *_change(),
        *_budget(call, draft),
    ]


def values_of(parts: list[Part], draft: Mapping[str, str]) -> dict[str, str]:
    """What stands in each field."""
    return {part.key: draft.get(part.key, "") for part in parts}


def _who(draft: Mapping[str, str]) -> Iterator[Part]:
    step = Step.WHO
    yield Part("contact-name", step, "Wie spreken we aan?", longest=120)
    yield Part("contact-email", step, "E-mailadres", longest=254)
    yield Part("contact-phone", step, "Telefoon", required=False, longest=40)
    for number in PARTNERS.numbers(draft):
        group = f"Partner {number}"
        first = number == 1
        yield Part(f"partner-{number}", step, "Organisatie", required=first, group=group)
        yield Part(
            f"partner-{number}-role", step, "Wat doet die in het project?", required=first, group=group
        )


def _where_and_goals() -> Iterator[Part]:
    yield Part(
        "places", Step.WHERE, "Gemeenten", Kind.TEXT, help="Schrijf elke gemeente op een regel.", longest=2000
    )
    yield Part("goals", Step.GOALS, "Waaraan werkt het project?", Kind.GOALS, longest=300)


def _told() -> Iterator[Part]:
    yield Part("title", Step.SUMMARY, "Titel van het project")
    yield Part("summary", Step.SUMMARY, "Het project in het kort", Kind.TEXT, longest=1500)


def _objectives(draft: Mapping[str, str]) -> Iterator[Part]:
    step = Step.OBJECTIVES
    for number in OBJECTIVES.numbers(draft):
        group = f"Doel {number}"
        first = number == 1
        yield Part(f"objective-{number}", step, "Doel", required=first, longest=200, group=group)
        yield Part(
            f"objective-{number}-text",
            step,
            "Wat het inhoudt",
            Kind.TEXT,
            required=False,
            longest=2000,
            group=group,
        )


def _change() -> Iterator[Part]:
    yield Part("change", Step.CHANGE, "Wat verandert er voor gezinnen?", Kind.TEXT, longest=3000)
    yield Part("measure", Step.CHANGE, "Hoe merken jullie dat?", Kind.TEXT, longest=3000)
    yield Part(
        "stays", Step.CHANGE, "Wat blijft er als de subsidie stopt?", Kind.TEXT, required=False, longest=3000
    )


def _budget(call: Call, draft: Mapping[str, str]) -> Iterator[Part]:
    for year in range(1, call.years + 1):
        for number in budget_lines(year).numbers(draft):
            key, group = f"budget-{year}-{number}", f"Werkingsjaar {year}, lijn {number}"
            first = number == 1
            yield Part(key, Step.BUDGET, "Waarvoor", required=first, longest=80, group=group)
            yield Part(f"{key}-source", Step.BUDGET, "Wie betaalt", Kind.SOURCE, required=first, group=group)
            yield Part(
                f"{key}-euro",
                Step.BUDGET,
                "Bedrag (euro)",
                Kind.EURO,
                required=first,
                longest=16,
                group=group,
            )
