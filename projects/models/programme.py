"""A programme of the agency, and a call for projects in it. Amounts and years are data, never code."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Q


class Programme(models.Model):
    """A line of subsidy with its purpose."""

    slug = models.SlugField("adres op het portaal", max_length=80, unique=True)
    name = models.CharField("naam", max_length=160)
    description = models.TextField("waarover het gaat", max_length=2000, blank=True)

    class Meta:
        verbose_name = "programma"
        verbose_name_plural = "programma's"

    def __str__(self):
        return self.name


class Call(models.Model):
    """An invitation to hand in projects: which year, how long, how much a year (in euro)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls", verbose_name="programma")
    year = models.PositiveSmallIntegerField("jaar")
    title = models.CharField("titel", max_length=160)
    years = models.PositiveSmallIntegerField("looptijd in jaren")
    max_per_year = models.PositiveIntegerField(
        "hoogste bedrag per project per jaar (euro)", null=True, blank=True
    )
    starts_on = models.DateField("begin van het eerste werkingsjaar", null=True, blank=True)
    deviation_percent = models.PositiveSmallIntegerField(
        "vraag uitleg vanaf een afwijking van (procent)", default=20
    )
    published_on = models.DateField("bekendgemaakt op", null=True, blank=True)
    source_note = models.CharField("bron", max_length=300, blank=True)

    class Meta:
        verbose_name = "oproep"
        verbose_name_plural = "oproepen"
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="call_once_a_year"),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=10),
                name="call_years",
                violation_error_message="Kies een looptijd van 1 tot 10 jaar.",
            ),
            models.CheckConstraint(
                # Figures are counted by month.
                condition=Q(starts_on=None) | Q(starts_on__day=1),
                name="call_starts_with_a_month",
                violation_error_message="Kies de eerste dag van een maand.",
            ),
            models.CheckConstraint(
                condition=Q(deviation_percent__gte=1, deviation_percent__lte=100),
                name="call_deviation",
                violation_error_message="Kies een afwijking van 1 tot 100 procent.",
            ),
        ]

    def __str__(self):
        return self.title

    def working_year(self, number: int) -> "WorkingYear":
        """The working year with this number; the first is 1. Only where the first day of the call is known."""
        return WorkingYear(
            number, _years_later(self.starts_on, number - 1), _years_later(self.starts_on, number)
        )

    @property
    def working_years(self) -> "list[WorkingYear]":
        """Every working year of the term; none where nobody said when it begins."""
        return [self.working_year(number) for number in range(1, self.years + 1)] if self.starts_on else []


class WorkingYear(NamedTuple):
    """Twelve months of a project: from `first`, up to and without `end`."""

    number: int
    first: date
    end: date

    def __str__(self):
        years = str(self.first.year) if self.first.month == 1 else f"{self.first.year}-{self.end.year}"
        return f"werkingsjaar {self.number} ({years})"

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def months(self) -> set[tuple[int, int]]:
        """Its twelve months as (year, month)."""
        first = self.first.year * 12 + self.first.month - 1
        return {(count // 12, count % 12 + 1) for count in range(first, first + 12)}

    @property
    def before(self) -> "WorkingYear":
        """The twelve months before it, which its figures stand beside."""
        return WorkingYear(self.number - 1, _years_later(self.first, -1), self.first)


def _years_later(first: date, years: int) -> date:
    """The same first of a month, so many years on."""
    return first.replace(year=first.year + years)
