"""An application as it is handed in: its sections in words, and the values of which a project is made. No contact person."""

from collections.abc import Iterable, Iterator
from typing import Any

from huizen.vocabulary import PolicyGoal
from projects.application.facts import Facts
from projects.application.parts import Step
from projects.models import Application, ApplicationFile, FundingSource
from projects.numbers import write_cents
from projects.report_content import Content


def content_of(application: Application, facts: Facts, files: Iterable[ApplicationFile]) -> Content:
    """What is frozen: `parts` to read and compare, `facts` to make a project of, `files` with the sum of each."""
    files = list(files)
    sections = _sections(application, facts, files)
    return {
        "parts": [
            {"key": key, "section": str(step.label), "label": label, "words": words}
            for key, step, label, words in sections
        ],
        "facts": _facts(facts),
        "files": [{"id": each.pk, "title": each.title, "sha256": each.sha256} for each in files],
    }


def _sections(
    application: Application, facts: Facts, files: list[ApplicationFile]
) -> Iterator[tuple[str, Step, str, str]]:
    texts = facts.texts
    yield "house", Step.WHO, "Huis", str(application.house)
    yield "partners", Step.WHO, "Partners", "\n".join(f"{name}: {role}" for _, name, role in facts.partners)
    yield "places", Step.WHERE, "Gemeenten", ", ".join(place.name for place in facts.places)
    labels = [PolicyGoal(goal).label for goal in facts.goals]
    yield "goals", Step.GOALS, "Doelstellingen", ", ".join(labels)
    yield "title", Step.SUMMARY, "Titel", texts["title"]
    yield "summary", Step.SUMMARY, "Het project in het kort", texts["summary"]
    for place, (_, title, text) in enumerate(facts.objectives, start=1):
        yield f"objective-{place}", Step.OBJECTIVES, f"Doel {place}", f"{title}\n{text}".strip()
    yield "change", Step.CHANGE, "Wat verandert er voor gezinnen?", texts["change"]
    yield "measure", Step.CHANGE, "Hoe merken jullie dat?", texts["measure"]
    yield "stays", Step.CHANGE, "Wat blijft er als de subsidie stopt?", texts["stays"]
    for year in sorted({line.year for line in facts.budget}):
        yield f"budget-{year}", Step.BUDGET, f"Werkingsjaar {year}", _money(facts, year)
    yield "files", Step.FILES, "Bijlagen", "\n".join(each.title for each in files)


def _money(facts: Facts, year: int) -> str:
    lines = [
        f"{line.what}: {write_cents(line.cents or 0)} euro ({_payer(line.source)})"
        for line in facts.budget
        if line.year == year
    ]
    return "\n".join([*lines, f"Gevraagde subsidie: {write_cents(facts.subsidy(year))} euro"])


def _payer(source: str) -> str:
    return FundingSource(source).label if source in FundingSource.values else "nog niet gekozen"


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "title": facts.texts["title"],
        "summary": facts.texts["summary"],
        "goals": facts.goals,
        "places": [place.pk for place in facts.places],
        "partners": [[name, role] for _, name, role in facts.partners],
        "objectives": [[title, text] for _, title, text in facts.objectives],
        "budget": [[line.year, line.what, line.source, line.cents] for line in facts.budget],
    }
