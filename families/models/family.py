"""A family that chose an account: a home place and the months in which its children were born."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huizen.vocabulary import LANGUAGES


class Family(models.Model):
    """What a parent let us remember. Erased with the account, or after two years without a visit.

    `home`: the key of a place (huizen.finder), such as "2400-mol".
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="family")
    home = models.CharField("waar je woont", max_length=120, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5, choices=LANGUAGES),
        verbose_name="talen thuis",
        default=list,
        blank=True,
    )
    last_seen_on = models.DateField("laatst gezien op")

    class Meta:
        verbose_name = "gezin"
        verbose_name_plural = "gezinnen"

    def __str__(self):
        return f"gezin {self.pk}"


class Child(models.Model):
    """A child: a first name if the parent wishes, and a birth month (its first day)."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="children", verbose_name="gezin")
    first_name = models.CharField("voornaam", max_length=40, blank=True)
    birth_month = models.DateField("geboortemaand")

    class Meta:
        verbose_name = "kind"
        verbose_name_plural = "kinderen"
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_month__day=1),
                name="child_birth_month_is_a_month",
                violation_error_message="Kies een maand en een jaar.",
            ),
        ]

    def __str__(self):
        return self.first_name or "kind"
