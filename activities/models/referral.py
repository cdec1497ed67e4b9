"""What professionals hand over to families: a sheet of offers for 90 days, and how often that happened. Never to whom."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from huizen.languages import CHOICES, DUTCH
from huizen.models import House
from partners.models import Organisation

#: 120 bits: nobody finds a sheet by trying, and the code still fits in a message.
CODE_BYTES = 15
VALID = timedelta(days=90)


def new_code() -> str:
    """The unguessable part of the address of a sheet."""
    return secrets.token_urlsafe(CODE_BYTES)


class ReferralSheetQuerySet(models.QuerySet):
    def running(self, *, now):
        """Those that families can still open."""
        return self.filter(expires_at__gt=now, revoked_at=None)

    def editable_by(self, user):
        """Those that the person made herself: nobody else learns what she handed over."""
        return self.filter(made_by=user) if user.is_authenticated else self.none()


class ReferralSheet(models.Model):
    """Some offers on one page for one family, of whom nothing is known: there is no field to write a name in."""

    class Greeting(models.TextChoices):
        WARM = "warm", _("Dag! Dit is misschien iets voor jou.")
        POLITE = "polite", _("Goedendag. Dit is misschien iets voor u.")
        PROMISED = "promised", _("Dag! Dit is wat we je beloofden.")

    code = models.CharField("geheim adres", max_length=20, unique=True, default=new_code)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="referral_sheets", verbose_name="gemaakt door"
    )
    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name="Huis")
    language = models.CharField("taal", max_length=5, choices=[(DUTCH, "Nederlands"), *CHOICES])
    greeting = models.CharField("groet", max_length=10, choices=Greeting, default=Greeting.WARM)
    made_at = models.DateTimeField("gemaakt op")
    expires_at = models.DateTimeField("werkt tot")
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = ReferralSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "meegeefblad"
        verbose_name_plural = "meegeefbladen"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="sheet_expires_later"),
        ]
        indexes = [models.Index(fields=["made_by", "-made_at"], name="sheet_maker")]

    def __str__(self):
        return f"meegeefblad van {self.house}"


class ReferralItem(models.Model):
    """One offer on a sheet, in the order in which it was chosen."""

    sheet = models.ForeignKey(ReferralSheet, models.CASCADE, related_name="items", verbose_name="blad")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+", verbose_name="activiteit")
    position = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "activiteit op een blad"
        verbose_name_plural = "activiteiten op een blad"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "activity"], name="sheet_item_once"),
            models.UniqueConstraint(fields=["sheet", "position"], name="sheet_position_once"),
        ]

    def __str__(self):
        return str(self.activity)


class ReferralQuerySet(models.QuerySet):
    def in_year(self, house, year: int):
        """What the people of a House and its partners handed over in a year."""
        return self.filter(house=house, month__year=year)


class Referral(models.Model):
    """An activity was handed over, in some month, by a House or by one of its partners. Stays when the sheet goes.

    A row each time, so that what two organisations handed over stays right when they become one. `month`: its first
    day, and no nearer. `organisation`: empty for the people of the House itself.
    """

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="referrals", verbose_name="activiteit"
    )
    house = models.ForeignKey(House, models.CASCADE, related_name="referrals", verbose_name="Huis")
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name="partner",
    )
    month = models.DateField("maand")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = "meegegeven activiteit"
        verbose_name_plural = "meegegeven activiteiten"
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="referral_month_is_first_day"),
        ]
        indexes = [models.Index(fields=["house", "month"], name="referral_month")]

    def __str__(self):
        return f"{self.activity}, meegegeven"
