"""What every sign-up says of who signs up, for one moment as for all of them, and of the children who come."""

import uuid

from django.db import models
from django.db.models import Q

from huizen.languages import DUTCH

#: The most places that one party can take.
MOST_PLACES = 20


def month_of_birth(prefix: str) -> models.BaseConstraint:
    """The rule that keeps of a birth month its first day; `prefix` begins its name in the database."""
    return models.CheckConstraint(
        condition=Q(birth_month=None) | Q(birth_month__day=1),
        name=f"{prefix}_birth_month_is_a_month",
        violation_error_message="Kies een maand en een jaar.",
    )


class BaseSignUp(models.Model):
    """One party: how it is reached, and how many places it takes together.

    `form_key`: the form that made it; sending that form again gives the same row. `contact_key`: the address or
    the phone number, normalised. Names and addresses are erased some time after (docs/data-retention.yaml); the
    counts stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("naam", max_length=80, blank=True)
    email = models.EmailField("e-mailadres", blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True)
    contact_key = models.CharField(max_length=254, blank=True)
    places = models.PositiveSmallIntegerField("plaatsen", default=1)
    wants_reduced = models.BooleanField("wil graag minder betalen", default=False)
    wants_sms = models.BooleanField("krijgt ook een sms", default=False)
    language = models.CharField("taal van de mails", max_length=5, default=DUTCH)
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField("ingeschreven op")
    anonymised_at = models.DateTimeField("namen gewist op", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(anonymised_at__isnull=False) | ~Q(email="") | ~Q(phone=""),
                name="%(class)s_can_be_reached",
                violation_error_message="Geef een e-mailadres of een telefoonnummer.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_PLACES),
                name="%(class)s_places",
                violation_error_message=f"Kies 1 tot {MOST_PLACES} plaatsen.",
            ),
        ]


class ComingChild(models.Model):
    """A child that comes: a first name and, where the activity asks, a birth month (its first day)."""

    first_name = models.CharField("voornaam", max_length=40)
    birth_month = models.DateField("geboortemaand", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.first_name
