"""A family that comes every time: a standing sign-up for all moments of an activity."""

import uuid

from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from families.models import Family


class SeriesQuerySet(models.QuerySet):
    def going_on(self):
        """Those that still take the moments that come."""
        return self.filter(ended_at=None, anonymised_at=None)


class Series(models.Model):
    """The intent to come each time. Every moment has a registration of its own, with its own place or turn.

    `form_key` and `contact_key` as in a registration. `paused_until`: the first day on which the family comes
    again. Names and addresses are erased some time after the end (docs/data-retention.yaml).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="series", verbose_name="activiteit")
    family = models.ForeignKey(
        Family, models.SET_NULL, null=True, blank=True, related_name="series", verbose_name="gezin"
    )
    name = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    contact_key = models.CharField(max_length=254, blank=True)
    places = models.PositiveSmallIntegerField("plaatsen", default=1)
    wants_reduced = models.BooleanField("wil graag minder betalen", default=False)
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField("ingeschreven op")
    paused_until = models.DateField("komt weer vanaf", null=True, blank=True)
    ended_at = models.DateTimeField("gestopt op", null=True, blank=True)
    anonymised_at = models.DateTimeField("namen gewist op", null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="series_can_be_reached",
                violation_error_message="Geef een e-mailadres of een telefoonnummer.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=20),
                name="series_places",
                violation_error_message="Kies 1 tot 20 plaatsen.",
            ),
        ]

    def __str__(self):
        # Without the name: this stands in the logbook and in error messages.
        return f"vaste inschrijving {str(self.pk)[:8]}: {self.activity}"


class SeriesChild(models.Model):
    """A child that comes each time, for as long as it has the age."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="children")
    first_name = models.CharField("voornaam", max_length=40)
    birth_month = models.DateField("geboortemaand", null=True, blank=True)

    class Meta:
        verbose_name = "kind van een vaste inschrijving"
        verbose_name_plural = "kinderen van een vaste inschrijving"
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_month=None) | Q(birth_month__day=1),
                name="series_child_birth_month_is_a_month",
                violation_error_message="Kies een maand en een jaar.",
            ),
        ]

    def __str__(self):
        return self.first_name
