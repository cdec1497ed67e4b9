"""What a family keeps of the portal for itself: offers to find back, and an agenda for its phone."""

import secrets

from django.db import models

from activities.models.activity import Activity
from families.models import Family

#: 192 bits: nobody finds an address by trying.
SECRET_BYTES = 24


def new_secret() -> str:
    """The secret part of an address, fit for a URL."""
    return secrets.token_urlsafe(SECRET_BYTES)


class SavedActivity(models.Model):
    """An offer that a family wants to find back. Erased with the family, or when the family says so."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="saved", verbose_name="gezin")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="saved_by", verbose_name="activiteit")
    saved_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "bewaarde activiteit"
        verbose_name_plural = "bewaarde activiteiten"
        constraints = [
            models.UniqueConstraint(
                fields=["family", "activity"],
                name="saved_once",
                violation_error_message="Je bewaarde deze activiteit al.",
            ),
        ]

    def __str__(self):
        return f"bewaard: {self.activity}"


class FamilyCalendar(models.Model):
    """The private address of a family's agenda: who has it reads it, without signing in, as a phone must.

    The secret itself is kept and not its hash: the page shows the address again, for the next phone. It opens
    moments and places only, no names, and the family replaces it with one tap.
    """

    family = models.OneToOneField(Family, models.CASCADE, related_name="calendar", verbose_name="gezin")
    secret = models.CharField("geheim adres", max_length=43, unique=True, default=new_secret)
    with_saved = models.BooleanField("ook wat we bewaarden", default=False)
    created_at = models.DateTimeField("gemaakt op")

    class Meta:
        verbose_name = "agenda van een gezin"
        verbose_name_plural = "agenda's van gezinnen"

    def __str__(self):
        return f"agenda van {self.family}"
