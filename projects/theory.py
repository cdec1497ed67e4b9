"""The theory of change of a project: from what it does and counts, over what changes, to what it wants to reach.

A tree, because every result leads to one thing: another result of its objective, or the objective itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext

from projects.desk import BADGES
from projects.models import (
    Figure,
    Indicator,
    Objective,
    ObjectivePartner,
    Project,
    ReportKind,
    ReportVersion,
    ResultStatement,
)
from projects.progress import in_percent
from projects.report_parts import Signal

Level = ResultStatement.Level


class Rung(StrEnum):
    """What a step of the theory is."""

    IMPACT = "impact"
    OBJECTIVE = "objective"
    OUTCOME = "outcome"
    OUTPUT = "output"
    INDICATOR = "indicator"

    @property
    def label(self) -> str:
        """What stands before its text, in the language of the page."""
        return {
            "impact": gettext("Wat we willen bereiken"),
            "objective": gettext("Doel"),
            "outcome": gettext("Wat er verandert"),
            "output": gettext("Wat we doen"),
            "indicator": gettext("Wat we tellen"),
        }[self]


@dataclass(frozen=True)
class Step:
    """One step and what leads to it. `said`: its signal or its progress, in words, with the kind of badge."""

    rung: Rung
    text: str
    said: str = ""
    shade: str = "quiet"
    notes: list[str] = field(default_factory=list)
    children: "list[Step]" = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.rung.label


def makes_a_circle(leads_to: Mapping[int, int | None], *, result: int, to: int | None) -> bool:
    """Whether a result that contributes to `to` would in the end contribute to itself (pure)."""
    seen: set[int] = set()
    while to is not None and to not in seen:
        if to == result:
            return True
        seen.add(to)
        to = leads_to.get(to)
    return False


def theory_of(project: Project, *, public: bool = False) -> Step | None:
    """The whole tree in a fixed number of queries; None where nothing is said yet.

    `public`: what everybody may read, so nothing of assumptions, partners and reports but accepted figures.
    """
    objectives = list(_objectives(project))
    if not project.impact and not any(objective.results.all() for objective in objectives):
        return None
    told = {} if public else signals_of(project)
    steps = [_objective(objective, told.get(objective.pk), public) for objective in objectives]
    return Step(Rung.IMPACT, project.impact or gettext("Nog aan te vullen."), children=steps)


def signals_of(project: Project) -> dict[int, Signal]:
    """What the last version of a content report says of each objective, by its number in the database (one query)."""
    rows = ReportVersion.objects.filter(report__project=project, report__period__kind=ReportKind.CONTENT)
    last = rows.order_by("-report__period__number", "-number").values_list("content__by_objective", flat=True)
    told = (last.first() or {}).items()
    return {int(key): Signal(code) for key, code in told if code in Signal.values}


def _objectives(project: Project) -> QuerySet[Objective]:
    figures = Figure.objects.select_related("yardstick").order_by("number")
    indicators = Indicator.objects.order_by("pk").prefetch_related(Prefetch("figures", figures))
    partners = ObjectivePartner.objects.select_related("organisation").order_by(
        "-role", "organisation__name", "pk"
    )
    return project.objectives.order_by("number").prefetch_related(
        Prefetch("partners", partners),
        Prefetch("results", ResultStatement.objects.order_by("pk")),
        Prefetch("results__indicators", indicators),
    )


def _objective(objective: Objective, signal: Signal | None, public: bool) -> Step:
    return Step(
        Rung.OBJECTIVE,
        str(objective),
        said=signal.label if signal else "",
        shade=BADGES[signal] if signal else "quiet",
        notes=[] if public else [str(partner) for partner in objective.partners.all()],
        children=_results(list(objective.results.all()), None, public),
    )


def _results(results: Iterable[ResultStatement], to: int | None, public: bool) -> list[Step]:
    """The results that contribute to one of them, or (None) to the objective itself."""
    results = list(results)
    return [
        Step(
            Rung(result.level),
            result.text,
            notes=[f"Dit lukt alleen als {result.assumption}"] if result.assumption and not public else [],
            children=[*_results(results, result.pk, public), *map(_indicator, result.indicators.all())],
        )
        for result in results
        if result.contributes_to_id == to
    ]


def _indicator(indicator: Indicator) -> Step:
    """An indicator with how far its last accepted figure was."""
    last = next(reversed(indicator.figures.all()), None)
    if last is None:
        return Step(Rung.INDICATOR, indicator.name, said=gettext("nog geen cijfer"))
    facts = {"share": in_percent(last.share), "number": last.number}
    return Step(Rung.INDICATOR, indicator.name, said=gettext("%(share)s op weg, jaar %(number)s") % facts)
