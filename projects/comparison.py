"""One indicator of a programme over all its projects: value, target and progress of every working year."""

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import DecimalField, F, Func, QuerySet

from projects.keys import among
from projects.models import Figure, Indicator, IndicatorTemplate, Project
from projects.progress import NOT_APPLICABLE, in_percent, progress


class Value(NamedTuple):
    """What was accepted of one working year, and the yardstick that it was held against."""

    value: Decimal
    baseline: Decimal | None
    target: Decimal | None
    edition: int | None
    reason: str

    @property
    def share(self) -> Decimal | None:
        """The part of the way from the baseline to the target."""
        return progress(actual=self.value, baseline=self.baseline, target=self.target)

    @property
    def percent(self) -> str:
        return in_percent(self.share)

    @property
    def bar(self) -> int:
        """How long its bar is, from 0 to 100: a bar cannot say less than nothing or more than all, its words do."""
        return 0 if self.share is None else int(min(max(self.share * 100, 0), 100))

    @property
    def is_rebased(self) -> bool:
        """Whether it was held against another yardstick than the first."""
        return (self.edition or 1) > 1


class Compared(NamedTuple):
    """A project by its names, with its call and the first day of that."""

    pk: int
    name: str
    title: str
    call: str
    starts_on: date | None

    def __str__(self):
        return self.title or self.name


@dataclass
class Row:
    """The indicator of one project, by the year in which a working year begins."""

    project: Compared
    values: dict[int, Value] = field(default_factory=dict)

    def cells(self, years: Iterable[int]) -> list[tuple[int, Value | None]]:
        """One for each year, also where nothing is known."""
        return [(year, self.values.get(year)) for year in years]


@dataclass(frozen=True)
class Year:
    """All projects in one year: how many gave a figure, and the middle of these."""

    year: int
    values: list[Value]

    @property
    def number(self) -> int:
        return len(self.values)

    @property
    def mean(self) -> Decimal:
        return round(_mean([each.value for each in self.values]), 2)

    @property
    def median(self) -> Decimal:
        return round(statistics.median(each.value for each in self.values), 2)

    @property
    def mean_percent(self) -> str:
        return in_percent(_mean(self._shares)) if self._shares else NOT_APPLICABLE

    @property
    def median_percent(self) -> str:
        return in_percent(statistics.median(self._shares)) if self._shares else NOT_APPLICABLE

    @property
    def rebased(self) -> int:
        """How many were held against another yardstick than their first."""
        return sum(each.is_rebased for each in self.values)

    @cached_property
    def _shares(self) -> list[Decimal]:
        return [share for each in self.values if (share := each.share) is not None]


@dataclass(frozen=True)
class Comparison:
    """Every project that measures with a template, and the years of which there are figures."""

    rows: list[Row]
    years: list[Year]

    def of(self, year: int | None) -> Year | None:
        """The year that is asked for, or the last one of which most projects told."""
        found = [each for each in self.years if year in (None, each.year)]
        return max(found, key=lambda each: (each.number, each.year), default=None)

    def ordered(self, year: Year | None) -> list[Row]:
        """Who is least far first; who gave no figure last."""
        return sorted(self.rows, key=lambda row: _place(row, year))


def compare(template: IndicatorTemplate, projects: QuerySet[Project]) -> Comparison:
    """The figures of these projects that were accepted (three queries)."""
    names = projects.values_list("pk", "name", "title", "call__title", "call__starts_on")
    by_key = {key: Compared(key, *facts) for key, *facts in names}
    indicators = Indicator.objects.filter(template=template, result__objective__project__in=among(by_key))
    rows = {pk: Row(by_key[key]) for pk, key in indicators.values_list("pk", "result__objective__project")}
    for indicator, number, value in _figures(rows):
        row = rows[indicator]
        row.values[row.project.starts_on.year + number - 1] = value
    years = sorted({year for row in rows.values() for year in row.values})
    told = [Year(year, [row.values[year] for row in rows.values() if year in row.values]) for year in years]
    return Comparison(list(rows.values()), told)


def _figures(indicators: Iterable[int]) -> Iterator[tuple[int, int, Value]]:
    """The indicator, the number of the working year, and what was accepted."""
    target = Func(
        F("yardstick__targets"),
        F("number"),
        # The element of the array that belongs to the working year.
        template="(%(expressions)s]",
        arg_joiner=")[",
        output_field=DecimalField(),
    )
    rows = Figure.objects.filter(indicator__in=among(indicators)).annotate(target=target)
    told = ("value", "yardstick__baseline", "target", "yardstick__edition", "yardstick__reason")
    for indicator, number, value, baseline, aim, edition, reason in rows.values_list(
        "indicator", "number", *told
    ):
        yield indicator, number, Value(value, baseline, aim, edition, reason or "")


def _mean(values: list[Decimal]) -> Decimal:
    """As `statistics.mean`, which works in fractions and takes ten times as long."""
    return sum(values, Decimal()) / len(values)


def _place(row: Row, year: Year | None) -> tuple:
    told = row.values.get(year.year) if year else None
    share = told.share if told else None
    return (told is None, share is None, share or 0, row.project.name, row.project.pk)
