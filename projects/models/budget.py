"""The money of a project: what may be spent on what, from whom, what was spent, and the parts in which it is paid."""

from django.db import models
from django.db.models import Q

from projects.models.period import MOST_YEARS
from projects.models.project import Project
from projects.models.report import ProgressReport

#: Ten million euro: more is a slip of the finger.
MOST_CENTS = 1_000_000_000


class FundingSource(models.TextChoices):
    """Who pays. ABB only where the project works on integration."""

    OPGROEIEN = "opgroeien", "Opgroeien"
    ABB = "abb", "Agentschap Binnenlands Bestuur"
    OWN = "own", "eigen middelen"
    OTHER = "other", "andere"


#: Together at most what the call gives a project a year.
SUBSIDIES = (FundingSource.OPGROEIEN, FundingSource.ABB)


class BudgetLine(models.Model):
    """What a project may spend on one thing in one working year, in cents. `spent`: out of the accepted report."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget_lines", verbose_name="project")
    number = models.PositiveSmallIntegerField("werkingsjaar")
    what = models.CharField("waarvoor", max_length=80)
    source = models.CharField("wie betaalt", max_length=10, choices=FundingSource)
    cents = models.PositiveBigIntegerField("bedrag")
    spent = models.PositiveBigIntegerField("uitgegeven", null=True, blank=True)

    class Meta:
        verbose_name = "lijn van de begroting"
        verbose_name_plural = "lijnen van de begroting"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number", "what", "source"],
                name="budget_line_once",
                violation_error_message="Deze lijn staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_YEARS, cents__gte=1, cents__lte=MOST_CENTS),
                name="budget_line_amount",
                violation_error_message="Kies een bedrag van 1 cent tot 10 miljoen euro.",
            ),
        ]

    def __str__(self):
        return f"{self.what} ({self.get_source_display()})"


class Instalment(models.Model):
    """A part of the money, which the acceptance of a report releases."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="instalments", verbose_name="project")
    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="instalments", verbose_name="na aanvaarding van"
    )
    cents = models.PositiveBigIntegerField("bedrag")
    released_at = models.DateTimeField("vrijgegeven op", null=True, blank=True)

    class Meta:
        verbose_name = "schijf"
        verbose_name_plural = "schijven"
        constraints = [
            models.UniqueConstraint(
                fields=["report"],
                name="instalment_once",
                violation_error_message="Dit verslag geeft al een schijf vrij.",
            ),
            models.CheckConstraint(
                condition=Q(cents__gte=1, cents__lte=MOST_CENTS),
                name="instalment_amount",
                violation_error_message="Kies een bedrag van 1 cent tot 10 miljoen euro.",
            ),
        ]

    def __str__(self):
        return f"schijf na {self.report}"
