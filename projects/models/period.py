"""When a project tells how it goes: a period of a call, what is asked then, and until when."""

from datetime import date

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import ExtractYear

from projects.models.programme import Call, WorkingYear
from projects.models.report_kind import ReportKind

MOST_YEARS = 10


class Period(models.Model):
    """A report that every project of a call owes: of which working year, of what kind, by which day."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="periods", verbose_name="oproep")
    number = models.PositiveSmallIntegerField("werkingsjaar")
    kind = models.CharField("soort verslag", max_length=16, choices=ReportKind)
    due_on = models.DateField("indienen ten laatste op")

    class Meta:
        verbose_name = "rapporteringsperiode"
        verbose_name_plural = "rapporteringsperiodes"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number", "kind"],
                name="period_once",
                violation_error_message="Dit verslag is voor dit werkingsjaar al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_YEARS),
                name="period_number",
                violation_error_message="Kies een werkingsjaar van 1 tot 10.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.year}"

    @property
    def year(self) -> WorkingYear:
        return self.call.working_year(self.number)


def in_year(year: int | None, number: str, call: str) -> Q:
    """Rows whose working year begins in `year` (None: all rows): `number` is the path to its number, `call` to its call."""
    if year is None:
        return Q()
    return Q(**{number: Value(year + 1) - ExtractYear(F(f"{call}__starts_on"))})


def first_day_after(end: date, *, month: int, day: int) -> date:
    """The first time that this day of the calendar comes, from the end of a working year on.

    Raises ValueError for a day that no year has.
    """
    here = date(end.year, month, day)
    return here if here >= end else date(end.year + 1, month, day)


class Question(models.Model):
    """Something that a kind of report of a call asks in words, with what helps to answer it."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions", verbose_name="oproep")
    kind = models.CharField("soort verslag", max_length=16, choices=ReportKind)
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("vraag", max_length=200)
    guide = models.CharField("wat helpt om te antwoorden", max_length=600, blank=True)

    class Meta:
        verbose_name = "vraag van een verslag"
        verbose_name_plural = "vragen van een verslag"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "kind", "number"],
                name="question_number_once",
                violation_error_message="Dit nummer is al gebruikt.",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def key(self) -> str:
        """By what an answer is known in a report."""
        return f"question-{self.number}"
