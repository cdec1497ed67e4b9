"""That somebody may be shown: who said so, when, until when, and for what. Never the name of a child."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from projects.models.project import Project


class ConsentQuerySet(models.QuerySet):
    def standing(self, on: date):
        """Those that hold on a day: begun, not withdrawn, not over."""
        return self.filter(given_on__lte=on, until__gte=on, withdrawn_at=None)


class Consent(models.Model):
    """Somebody agreed to be shown. `reference` leads to the signed paper; the paper itself stays in the House."""

    class Purpose(models.TextChoices):
        REPORT = "report", "alleen in verslagen aan Opgroeien"
        PUBLIC = "public", "ook op het portaal, voor iedereen"

    project = models.ForeignKey(Project, models.CASCADE, related_name="consents", verbose_name="project")
    reference = models.CharField("kenmerk van het papier", max_length=60)
    given_by = models.CharField("wie gaf toestemming", max_length=80, blank=True)
    purpose = models.CharField("waarvoor", max_length=6, choices=Purpose, default=Purpose.REPORT)
    given_on = models.DateField("gegeven op")
    until = models.DateField("geldt tot en met")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "reference"],
                name="consent_reference_once",
                violation_error_message="Dit kenmerk is al gebruikt. Kies een ander.",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("given_on")),
                name="consent_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self):
        return self.reference

    def stands(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.withdrawn_at is None and self.given_on <= on <= self.until
