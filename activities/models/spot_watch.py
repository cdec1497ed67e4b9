"""Who wants to hear when there is a place, and does not want to wait in line for it."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from activities.models.schedule import Session


class SpotWatch(models.Model):
    """One address that hears once when a full moment has a place again. Erased after the moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="watches", verbose_name="moment")
    email = models.EmailField("e-mailadres")
    created_at = models.DateTimeField("gevraagd op")
    told_at = models.DateTimeField("verwittigd op", null=True, blank=True)

    class Meta:
        verbose_name = "vraag naar een vrije plaats"
        verbose_name_plural = "vragen naar een vrije plaats"
        constraints = [
            models.UniqueConstraint(
                "session",
                Lower("email"),
                name="spot_watch_once",
                violation_error_message="Je vroeg dit al voor dit moment.",
            ),
        ]
        indexes = [
            # Finds who is still to be told.
            models.Index(fields=["session"], condition=Q(told_at=None), name="spot_watch_open"),
        ]

    def __str__(self):
        # Without the address: this stands in error messages.
        return f"vraag naar een plaats: {self.session}"
