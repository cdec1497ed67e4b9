"""A family that comes every time: a standing sign-up for all moments of an activity."""

from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from activities.models.sign_up import BaseSignUp, ComingChild, month_of_birth
from families.models import Family


class SeriesQuerySet(models.QuerySet):
    def going_on(self):
        """Those that still take the moments that come."""
        return self.filter(ended_at=None, anonymised_at=None)


class Series(BaseSignUp):
    """The intent to come each time. Every moment has a registration of its own, with its own place or turn.

    One contact has one that goes on for an activity. `paused_until`: the first day on which the family comes again.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="series", verbose_name="activiteit")
    family = models.ForeignKey(
        Family, models.SET_NULL, null=True, blank=True, related_name="series", verbose_name="gezin"
    )
    paused_until = models.DateField("komt weer vanaf", null=True, blank=True)
    ended_at = models.DateTimeField("gestopt op", null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "vaste inschrijving"
        verbose_name_plural = "vaste inschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "contact_key"],
                condition=Q(ended_at=None, anonymised_at=None),
                name="series_once",
                violation_error_message="Je bent al ingeschreven voor alle momenten.",
            ),
            *BaseSignUp.Meta.constraints,
        ]

    def __str__(self):
        # Without the name: this stands in the logbook and in error messages.
        return f"vaste inschrijving {str(self.pk)[:8]}: {self.activity}"


class SeriesChild(ComingChild):
    """A child that comes each time, for as long as it has the age."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="children")

    class Meta:
        verbose_name = "kind van een vaste inschrijving"
        verbose_name_plural = "kinderen van een vaste inschrijving"
        constraints = [month_of_birth("series_child")]
