"""Who wants to hear every week what is new: from one House, or for one search."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from huizen.models import House


class FollowQuerySet(models.QuerySet):
    def current(self):
        """Those that get mail: confirmed by the address itself, and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at=None)


class Follow(models.Model):
    """One address that follows one thing, with or without an account.

    `query`: a search as its address says it, without the page (activities/saved_search.py). `covered_until`:
    what came online before it is not new any more. Not confirmed: erased after a week (docs/data-retention.yaml).
    """

    email = models.EmailField("e-mailadres")
    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="followers", verbose_name="Huis"
    )
    query = models.CharField("zoekopdracht", max_length=600, blank=True)
    label = models.CharField("in woorden", max_length=240)
    created_at = models.DateTimeField("gevraagd op")
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    ended_at = models.DateTimeField("gestopt op", null=True, blank=True)
    covered_until = models.DateTimeField("verteld tot")
    last_sent_at = models.DateTimeField("laatste mail op", null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = "volger"
        verbose_name_plural = "volgers"
        constraints = [
            models.UniqueConstraint(
                fields=["email", "house"],
                condition=Q(house__isnull=False),
                name="follow_house_once",
                violation_error_message="Je volgt dit Huis al.",
            ),
            models.UniqueConstraint(
                fields=["email", "query"],
                condition=Q(house=None),
                name="follow_search_once",
                violation_error_message="Je volgt deze zoekopdracht al.",
            ),
            models.CheckConstraint(
                condition=Q(house=None) & ~Q(query="") | Q(house__isnull=False, query=""),
                name="follow_one_thing",
                violation_error_message="Volg een Huis of een zoekopdracht, een van de twee.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="follow_email_is_lower_case",
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["covered_until"],
                condition=Q(confirmed_at__isnull=False, ended_at=None),
                name="follow_due",
            ),
        ]

    def __str__(self):
        # Without the address: it belongs in no log.
        return f"volgt {self.label}"
