"""How an offer was before: one row each time that somebody saved it."""

from django.conf import settings
from django.db import models

from activities.models.activity import Activity


class ActivityVersion(models.Model):
    """What an offer said from a moment on: every editable field, and its rules in "rules" (activities/offer_facts.py).

    `by` is empty for how it was before versions were kept, and for who has no account any more.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions", verbose_name="activiteit")
    facts = models.JSONField("wat er stond")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bewaard door",
    )
    at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "versie van een activiteit"
        verbose_name_plural = "versies van activiteiten"
        indexes = [models.Index(fields=["activity", "at"], name="version_of_activity")]

    def __str__(self):
        return f"{self.activity} ({self.at:%d/%m/%Y})"
