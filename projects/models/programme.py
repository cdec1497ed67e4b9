"""A programme of the agency, and a call for projects in it. Amounts and years are data, never code."""

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
        ]

    def __str__(self):
        return self.title
