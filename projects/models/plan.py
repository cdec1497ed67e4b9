"""What a project plans and fears: milestones with a day, and risks that are weighed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models.project import Project


class MilestoneQuerySet(models.QuerySet):
    def late(self, today: date):
        """Those that should have been reached. That follows from the day, and is stored nowhere."""
        return self.filter(done_on=None, planned_for__lt=today)


class Milestone(models.Model):
    """Something that a project will have reached by a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones", verbose_name="project")
    title = models.CharField("wat is er dan klaar", max_length=160)
    planned_for = models.DateField("tegen")
    done_on = models.DateField("bereikt op", null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                name="milestone_once",
                violation_error_message="Deze mijlpaal staat er al.",
            )
        ]

    def __str__(self):
        return self.title

    def is_late(self, *, today: date) -> bool:
        """Whether it should have been reached."""
        return self.done_on is None and self.planned_for < today


class RiskQuerySet(models.QuerySet):
    def open(self):
        """Those that can still happen."""
        return self.filter(closed_on=None)


class Risk(models.Model):
    """What can go wrong, how likely and how bad (1 to 3), what is done about it and by whom."""

    #: From this weight on a risk stands out.
    HEAVY = 6

    class Size(models.IntegerChoices):
        SMALL = 1, "klein"
        MIDDLING = 2, "middelmatig"
        LARGE = 3, "groot"

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks", verbose_name="project")
    description = models.CharField("wat kan er misgaan", max_length=300)
    likelihood = models.PositiveSmallIntegerField("hoe groot is de kans", choices=Size)
    impact = models.PositiveSmallIntegerField("hoe groot is het gevolg", choices=Size)
    response = models.CharField("wat doen jullie eraan", max_length=600, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wie let erop",
    )
    closed_on = models.DateField("voorbij sinds", null=True, blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        verbose_name = "risico"
        verbose_name_plural = "risico's"
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=3, impact__gte=1, impact__lte=3),
                name="risk_is_weighed",
                violation_error_message="Kies klein, middelmatig of groot.",
            ),
            models.UniqueConstraint(
                fields=["project", "description"],
                name="risk_once",
                violation_error_message="Dit risico staat er al.",
            ),
        ]

    def __str__(self):
        return self.description

    @property
    def weight(self) -> int:
        """Likelihood times impact, 1 to 9."""
        return self.likelihood * self.impact

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_heavy(self) -> bool:
        """Whether it weighs 6 or more: both are at least middling and one is large."""
        return self.weight >= self.HEAVY
