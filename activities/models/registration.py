"""A parent's sign-up for one moment, with the children who come."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.models.attendance import Came
from activities.models.schedule import Session
from activities.models.series import Series
from families.models import Family


class RegistrationQuerySet(models.QuerySet):
    def current(self):
        """Those that hold a place or wait for one."""
        return self.filter(state__in=[Registration.State.CONFIRMED, Registration.State.WAITING])


class Registration(models.Model):
    """One party for one moment: it gets its places together, or waits together.

    `form_key`: the form that made it; sending that form again gives the same row. `contact_key`: the
    address or the phone number, normalised; one contact has one current registration a moment.
    Names and addresses are erased after the moment (docs/data-retention.yaml); the counts stay.
    """

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("ingeschreven")
        WAITING = "waiting", _("op de wachtlijst")
        CANCELLED = "cancelled", _("geannuleerd")

    class CancelledBy(models.TextChoices):
        PARENT = "parent", "de ouder"
        HOUSE = "house", "het Huis"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="registrations", verbose_name="moment")
    family = models.ForeignKey(
        Family, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name="gezin"
    )
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="vaste inschrijving",
    )
    name = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    contact_key = models.CharField(max_length=254, blank=True)
    places = models.PositiveSmallIntegerField("plaatsen", default=1)
    note = models.CharField("wil je nog iets zeggen", max_length=300, blank=True)
    wants_reduced = models.BooleanField("wil graag minder betalen", default=False)
    state = models.CharField("toestand", max_length=10, choices=State)
    waiting_number = models.PositiveIntegerField("nummer op de wachtlijst", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField("ingeschreven op")
    promoted_at = models.DateTimeField("van de wachtlijst op", null=True, blank=True)
    cancelled_at = models.DateTimeField("geannuleerd op", null=True, blank=True)
    cancelled_by = models.CharField("geannuleerd door", max_length=10, choices=CancelledBy, blank=True)
    feedback_given = models.BooleanField("gaf een mening", default=False)
    anonymised_at = models.DateTimeField("namen gewist op", null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "inschrijving"
        verbose_name_plural = "inschrijvingen"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "contact_key"],
                condition=Q(state__in=["confirmed", "waiting"], anonymised_at=None),
                name="registration_once",
                violation_error_message="Je bent al ingeschreven voor dit moment.",
            ),
            # Finds the next in line as well.
            models.UniqueConstraint(
                fields=["session", "waiting_number"],
                condition=Q(state="waiting"),
                name="registration_waiting_once",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="registration_can_be_reached",
                violation_error_message="Geef een e-mailadres of een telefoonnummer.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=20),
                name="registration_places",
                violation_error_message="Kies 1 tot 20 plaatsen.",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(waiting_number__isnull=False),
                name="registration_waiting_has_number",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at=None)),
                name="registration_cancelled_has_time",
            ),
        ]
        indexes = [
            # What one contact has, over all moments: "Mijn" and the warning for two things at once.
            models.Index(
                fields=["contact_key"], condition=Q(anonymised_at=None), name="registration_contact"
            ),
        ]

    def __str__(self):
        # Without the name: this stands in the logbook and in error messages.
        return f"inschrijving {str(self.pk)[:8]}: {self.session}"


class Participant(models.Model):
    """A child that comes along: a first name and, where the activity asks, a birth month (its first day)."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="participants")
    first_name = models.CharField("voornaam", max_length=40)
    birth_month = models.DateField("geboortemaand", null=True, blank=True)
    came = models.CharField("aanwezig", max_length=8, choices=Came, blank=True)

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_month=None) | Q(birth_month__day=1),
                name="participant_birth_month_is_a_month",
                violation_error_message="Kies een maand en een jaar.",
            ),
        ]

    def __str__(self):
        return self.first_name
