"""Places where people can walk in, and when they are open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huizen.models.house import PHONE_HELP, House
from huizen.models.place import Municipality

WEEKDAYS = [
    (0, "maandag"),
    (1, "dinsdag"),
    (2, "woensdag"),
    (3, "donderdag"),
    (4, "vrijdag"),
    (5, "zaterdag"),
    (6, "zondag"),
]


class Fact(models.TextChoices):
    """What we know of a thing: not knowing is an answer, and is shown as one."""

    YES = "yes", _("ja")
    PARTLY = "partly", _("met hulp")
    NO = "no", _("nee")
    UNKNOWN = "unknown", _("weten we niet")


class LocationQuerySet(models.QuerySet):
    def in_use(self):
        """Those that parents see."""
        return self.filter(is_active=True)

    def with_hours(self):
        """Ready for `huizen.opening`: no query more, however many places there are."""
        return self.prefetch_related("opening_hours", "opening_exceptions")

    def editable_by(self, user):
        """Those of the Houses whose facts a person keeps."""
        return self.filter(house__in=House.objects.editable_by(user))


class Location(models.Model):
    """A place of a House: the House itself, an antenna point, a clinic, a partner's room, online."""

    class Kind(models.TextChoices):
        HOUSE = "house", _("Huis")
        ANTENNA = "antenna", _("Antennepunt")
        ANCHOR = "anchor", _("Ankerpunt")
        CLINIC = "clinic", _("Consultatiebureau")
        PLAY_ROOM = "play_room", _("Spel- en ontmoetingsruimte")
        INFO_POINT = "info_point", _("Infopunt")
        MOBILE = "mobile", _("Mobiel")
        PARTNER_SITE = "partner_site", _("Bij een partner")
        ONLINE = "online", _("Online")

    house = models.ForeignKey(House, models.CASCADE, related_name="locations", verbose_name="Huis")
    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=20, choices=Kind, default=Kind.HOUSE)
    street = models.CharField("straat en nummer", max_length=120, blank=True)
    postcode = models.CharField("postcode", max_length=4, blank=True)
    town = models.CharField("plaats", max_length=80, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="locations", verbose_name="gemeente"
    )
    lat = models.FloatField("breedtegraad", null=True, blank=True)
    lon = models.FloatField("lengtegraad", null=True, blank=True)
    phone = models.CharField("telefoon", max_length=30, blank=True, help_text=PHONE_HELP)
    directions = models.CharField("hoe geraak je er", max_length=300, blank=True)
    wheelchair = models.CharField("met een rolstoel", max_length=10, choices=Fact, default=Fact.UNKNOWN)
    buggy = models.CharField("met een buggy", max_length=10, choices=Fact, default=Fact.UNKNOWN)
    changing_table = models.CharField("luiertafel", max_length=10, choices=Fact, default=Fact.UNKNOWN)
    toilet = models.CharField("toilet", max_length=10, choices=Fact, default=Fact.UNKNOWN)
    by_appointment = models.BooleanField("alleen op afspraak", default=False)
    is_active = models.BooleanField("in gebruik", default=True)

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = "plek"
        verbose_name_plural = "plekken"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="online") | Q(municipality__isnull=False),
                name="location_lies_somewhere",
                violation_error_message="Kies een gemeente, of zeg dat het online is.",
            ),
            models.CheckConstraint(
                condition=Q(postcode="") | Q(postcode__regex=r"^[1-9][0-9]{3}$"),
                name="location_postcode",
                violation_error_message="Een postcode heeft vier cijfers, zoals 2400.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def address(self) -> str:
        """One line: street, postcode and town."""
        town = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.street, town) if part)


class OpeningHours(models.Model):
    """A rule: open on a weekday, each week or on the n-th of the month (-1: the last)."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="opening_hours", verbose_name="plek")
    weekday = models.PositiveSmallIntegerField("dag", choices=WEEKDAYS)
    nth = models.SmallIntegerField("hoeveelste van de maand", null=True, blank=True)
    opens_at = models.TimeField("van")
    closes_at = models.TimeField("tot")
    by_appointment = models.BooleanField("op afspraak", default=False)
    in_school_holidays = models.BooleanField("ook in schoolvakanties", default=True)

    class Meta:
        verbose_name = "openingsuren"
        verbose_name_plural = "openingsuren"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="opening_hours_close_after_open",
                violation_error_message="Het sluitingsuur ligt voor het openingsuur.",
            ),
            models.CheckConstraint(
                condition=Q(nth=None) | Q(nth__in=[-1, 1, 2, 3, 4, 5]),
                name="opening_hours_nth",
                violation_error_message="Kies de 1e tot de 5e, of de laatste.",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_hours_weekday"),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class OpeningException(models.Model):
    """Days that differ: closed (no hours), or open at other hours. They win over every rule."""

    location = models.ForeignKey(
        Location, models.CASCADE, related_name="opening_exceptions", verbose_name="plek"
    )
    since = models.DateField("van")
    until = models.DateField("tot en met")
    opens_at = models.TimeField("open van", null=True, blank=True)
    closes_at = models.TimeField("open tot", null=True, blank=True)
    reason = models.CharField("reden", max_length=120, blank=True)

    class Meta:
        verbose_name = "uitzondering"
        verbose_name_plural = "uitzonderingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="opening_exception_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                # The nulls are named: a comparison with null is neither true nor false, and would let half pass.
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False, closes_at__gt=F("opens_at")),
                name="opening_exception_hours",
                violation_error_message="Vul beide uren in, of geen van beide als het gesloten is.",
            ),
        ]

    def __str__(self):
        return f"{self.location}: {self.reason or 'andere uren'}"
