"""What a project shows everybody: how far its goals are by accepted figures, its story, and what stays of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from projects.models import Figure, Indicator, Mainstreaming, Objective, Project, Story
from projects.progress import progress


@dataclass(frozen=True)
class Reached:
    """One accepted figure: what was counted, in which working year, and what it is held against."""

    indicator: Indicator
    value: Decimal
    year: str
    baseline: Decimal | None
    target: Decimal | None

    @property
    def percent(self) -> int | None:
        """How much of the way to the target was gone; as it is, below 0 and above 100 too. None where there is no way."""
        share = progress(actual=self.value, baseline=self.baseline, target=self.target)
        return None if share is None else round(share * 100)

    @property
    def bar(self) -> int:
        """The same as the length of a bar of a hundred."""
        return min(max(self.percent or 0, 0), 100)


@dataclass(frozen=True)
class Goal:
    """One objective, with how far it is."""

    objective: Objective
    reached: list[Reached]


@dataclass(frozen=True)
class Showcase:
    """All that the page of a project tells, besides the project itself."""

    goals: list[Goal]
    stories: list[Story]
    stays: list[Mainstreaming]

    @property
    def films(self) -> list[Story]:
        return [story for story in self.stories if story.film_url]

    @property
    def lessons(self) -> list[Story]:
        return [story for story in self.stories if story.learned]


def showcase_of(project: Project, *, today: date) -> Showcase:
    """What everybody may read of a project on a day: accepted figures, stories that are published and agreed to, what
    the agency confirmed that stays. In a fixed number of queries.
    """
    stories = Story.objects.public(today).filter(project=project)
    stays = project.mainstreaming.filter(confirmed_at__isnull=False)
    return Showcase(
        goals=[Goal(objective, _reached(objective, project)) for objective in _objectives(project)],
        stories=list(stories.order_by("-published_on", "-pk")),
        stays=list(stays.order_by("-since", "part")),
    )


def _objectives(project: Project) -> Iterable[Objective]:
    figures = Figure.objects.select_related("yardstick").order_by("-number")
    indicators = Indicator.objects.order_by("pk").prefetch_related(
        Prefetch("figures", figures, to_attr="latest_first")
    )
    rows = project.objectives.order_by("number")
    return rows.prefetch_related("targets", "results", Prefetch("results__indicators", indicators))


def _reached(objective: Objective, project: Project) -> list[Reached]:
    indicators = (each for result in objective.results.all() for each in result.indicators.all())
    return [_said(each, each.latest_first[0], project) for each in indicators if each.latest_first]


def _said(indicator: Indicator, figure: Figure, project: Project) -> Reached:
    """The last accepted figure, with the yardstick that it was held against then."""
    stick, call = figure.yardstick, project.call
    return Reached(
        indicator=indicator,
        value=figure.value,
        year=_year(call.working_year(figure.number)) if call.starts_on else "",
        baseline=stick.baseline if stick else None,
        target=stick.target(figure.number) if stick else None,
    )


def _year(year) -> str:
    """The calendar years of a working year: "2025", "2025-2026"."""
    return str(year.first.year) if year.first.month == 1 else f"{year.first.year}-{year.last.year}"
