"""What was handed in and what was decided about it: added, never changed (a trigger holds that)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models.frozen_version import FrozenVersion
from projects.models.report import ProgressReport


class ReportVersion(FrozenVersion):
    """A report as it was handed in: its parts with their labels (projects/report_content.py)."""

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="versions", verbose_name="verslag"
    )

    class Meta:
        verbose_name = "versie van een verslag"
        verbose_name_plural = "versies van een verslag"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="report_version_once",
                violation_error_message="Deze versie is al ingediend.",
            )
        ]

    def __str__(self):
        return f"{self.report}, versie {self.number}"


class Decision(models.Model):
    """What the agency decided about one version."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "aanvaard"
        RETURNED = "returned", "aanpassing gevraagd"
        REOPENED = "reopened", "heropend"

    version = models.ForeignKey(
        ReportVersion, models.PROTECT, related_name="decisions", verbose_name="versie"
    )
    kind = models.CharField("beslissing", max_length=10, choices=Kind)
    text = models.CharField("toelichting", max_length=2000, blank=True)
    at = models.DateTimeField("beslist op")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="beslist door"
    )

    class Meta:
        verbose_name = "beslissing over een verslag"
        verbose_name_plural = "beslissingen over een verslag"
        constraints = [
            # A version that was accepted may be reopened once; then another version follows.
            models.UniqueConstraint(fields=["version", "kind"], name="decision_once"),
            models.CheckConstraint(
                condition=Q(kind="accepted") | ~Q(text=""),
                name="decision_says_why",
                violation_error_message="Zeg waarom.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.version}"


class ChangeRequest(models.Model):
    """One point that the agency wants otherwise. It stays open until the agency ticks it off."""

    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="points", verbose_name="verslag")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="points", verbose_name="beslissing")
    part = models.CharField("deel van het verslag", max_length=40, blank=True)
    text = models.CharField("wat er anders moet", max_length=600)
    answer = models.CharField("antwoord van het project", max_length=600, blank=True)
    ticked_at = models.DateTimeField("afgevinkt op", null=True, blank=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afgevinkt door",
    )

    class Meta:
        verbose_name = "gevraagde aanpassing"
        verbose_name_plural = "gevraagde aanpassingen"

    def __str__(self):
        return self.text
