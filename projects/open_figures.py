"""Accepted figures of public projects, under the names of IATI; each field stands in docs/open-data.md.

Nothing of a draft, of a report that waits, or of a project that is not public; a figure with the target and baseline
of the yardstick that it was accepted against.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from huizen.links import absolute
from huizen.models import Municipality
from projects.models import Direction, Figure, Project, Yardstick

#: The codes of IATI (ResultType 2.03).
RESULT_TYPES = {"output": "1", "outcome": "2"}
PERCENT = ("%", "procent", "percent")
#: IndicatorMeasure 2.03: a number of something, or a share.
UNIT, SHARE = "1", "2"
HEAD = [
    "iati-identifier",
    "title",
    "participating-org",
    "location",
    "result-type",
    "result-title",
    "indicator-title",
    "indicator-unit",
    "ascending",
    "baseline-value",
    "baseline-iso-date",
    "period-start",
    "period-end",
    "target-value",
    "actual-value",
    "baseline-edition",
    "licence",
    "source",
]


def accepted_figures() -> list[Figure]:
    """Every figure that may be told, project by project, in a fixed number of queries."""
    rows = Figure.objects.filter(
        indicator__result__objective__project__in=Project.objects.public(),
        indicator__result__objective__project__call__starts_on__isnull=False,
    ).select_related(
        "yardstick",
        "indicator__result__objective__project__call",
        "indicator__result__objective__project__house",
    )
    places = Prefetch(
        "indicator__result__objective__project__municipalities", Municipality.objects.order_by("name")
    )
    return list(
        rows.prefetch_related(places).order_by(
            "indicator__result__objective__project__slug",
            "indicator__result__objective__number",
            "indicator__result",
            "indicator",
            "number",
        )
    )


def as_rows(figures: list[Figure]) -> Iterator[list[Any]]:
    """A line a figure, under HEAD."""
    for figure in figures:
        indicator, project = figure.indicator, _project(figure)
        baseline = _baseline(figure.yardstick) if figure.yardstick else {}
        period = _period(figure)
        yield [
            _identifier(project),
            str(project),
            _house(project),
            ", ".join(place.name for place in project.municipalities.all()),
            RESULT_TYPES[indicator.result.level],
            indicator.result.text,
            indicator.name,
            indicator.unit,
            _ascending(indicator.direction),
            baseline.get("value"),
            baseline.get("iso-date"),
            period["period-start"],
            period["period-end"],
            period["target"]["value"],
            period["actual"]["value"],
            baseline.get("edition"),
            settings.OPEN_FIGURES_LICENCE,
            settings.PORTAL_URL,
        ]


def as_activities(figures: list[Figure]) -> list[dict[str, Any]]:
    """The same as a tree: activity → result → indicator → period."""
    return [
        {
            "iati-identifier": _identifier(project),
            "title": str(project),
            "reporting-org": "Opgroeien",
            "participating-org": _house(project),
            "location": [place.name for place in project.municipalities.all()],
            "url": absolute(f"/projecten/{project.slug}/"),
            "result": [_result(each) for each in _by(some, lambda figure: figure.indicator.result_id)],
        }
        for some in _by(figures, lambda figure: _project(figure).pk)
        for project in [_project(some[0])]
    ]


def _result(figures: list[Figure]) -> dict[str, Any]:
    result = figures[0].indicator.result
    return {
        "type": RESULT_TYPES[result.level],
        "title": result.text,
        "indicator": [_indicator(each) for each in _by(figures, lambda figure: figure.indicator_id)],
    }


def _indicator(figures: list[Figure]) -> dict[str, Any]:
    indicator = figures[0].indicator
    yardsticks = {figure.yardstick_id: figure.yardstick for figure in figures if figure.yardstick}
    return {
        "measure": SHARE if indicator.unit.strip().lower() in PERCENT else UNIT,
        "unit": indicator.unit,
        "ascending": _ascending(indicator.direction),
        "title": indicator.name,
        "description": indicator.definition,
        "baseline": [_baseline(each) for each in yardsticks.values()],
        "period": [_period(figure) for figure in figures],
    }


def _baseline(yardstick: Yardstick) -> dict[str, Any]:
    return {
        "edition": yardstick.edition,
        "value": float(yardstick.baseline),
        "iso-date": yardstick.baseline_on.isoformat(),
        "comment": yardstick.reason,
    }


def _period(figure: Figure) -> dict[str, Any]:
    year = _project(figure).call.working_year(figure.number)
    target = figure.yardstick.target(figure.number) if figure.yardstick else None
    return {
        "period-start": year.first.isoformat(),
        "period-end": year.last.isoformat(),
        "target": {"value": None if target is None else float(target)},
        "actual": {"value": float(figure.value)},
        "baseline-edition": figure.yardstick.edition if figure.yardstick else None,
    }


def _project(figure: Figure) -> Project:
    return figure.indicator.result.objective.project


def _identifier(project: Project) -> str:
    """Ours, and stable: the address of the project."""
    return f"{settings.OPEN_FIGURES_PREFIX}-{project.slug}"


def _house(project: Project) -> str:
    return project.house.name if project.house else ""


def _ascending(direction: str) -> bool | None:
    """Whether more is better; nothing for what should stay as it is."""
    return {Direction.RISE: True, Direction.FALL: False}.get(Direction(direction))


def _by(figures: list[Figure], key) -> list[list[Figure]]:
    """Neighbours with the same key together; they come in order."""
    return [list(some) for _, some in groupby(figures, key=key)]
