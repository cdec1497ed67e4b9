"""Meetings that come back: a rule on the wall clock, of which each date is a meeting of its own."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huizen.models import House
from huizen.models.location import WEEKDAYS
from huizen.recurrence import NTHS
from partners.models.meeting_group import NETWORK, MeetingGroup, planned_by


class MeetingSeriesQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person plans meetings; for the agency those of the network."""
        return self.filter(planned_by(user))


class MeetingSeries(models.Model):
    """A rule with one entry in a calendar for all its dates.

    `ical_uid` stays for life; `ical_sequence` rises with everything that invitees hear of any of its dates.
    `planned_until`: up to which day its dates were made. `follows`: the series that this one goes on with,
    after a change from one date on. Hours are wall-clock time in Europe/Brussels. `agenda`: the points with which every
    date begins (partners/standing_agenda.py).
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly", "Elke week of om de zoveel weken"
        NTH_WEEKDAY = "nth_weekday", "Op vaste dagen van de maand"

    house = models.ForeignKey(
        House, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="Huis"
    )
    group = models.ForeignKey(
        MeetingGroup, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="groep"
    )
    title = models.CharField("titel", max_length=120)
    place = models.CharField("waar", max_length=200, blank=True)
    online_url = models.URLField("online via", blank=True)
    note = models.TextField("bericht bij de uitnodiging", max_length=1000, blank=True)
    shows_who_comes = models.BooleanField("wie gevraagd is, ziet wie komt", default=False)
    kind = models.CharField("hoe vaak", max_length=20, choices=Kind, default=Kind.NTH_WEEKDAY)
    weekdays = ArrayField(models.PositiveSmallIntegerField(choices=WEEKDAYS), verbose_name="dagen")
    every_weeks = models.PositiveSmallIntegerField("om de hoeveel weken", default=1)
    nths = ArrayField(
        models.SmallIntegerField(choices=NTHS), verbose_name="de hoeveelste", default=list, blank=True
    )
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    starts_at = models.TimeField("van")
    ends_at = models.TimeField("tot")
    skip_school_holidays = models.BooleanField("niet in schoolvakanties", default=True)
    skip_summer = models.BooleanField("niet in juli en augustus", default=False)
    skip_public_holidays = models.BooleanField("niet op feestdagen", default=True)
    skip_dates = ArrayField(models.DateField(), verbose_name="niet op", default=list, blank=True)
    agenda = models.JSONField("vaste agenda", default=list, blank=True)
    planned_until = models.DateField("gepland tot en met")
    ical_uid = models.CharField(max_length=120, unique=True)
    ical_sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("gewijzigd op")
    organiser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="organisator"
    )
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "reeks"
        verbose_name_plural = "reeksen"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_series_hours",
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                condition=Q(weekdays__len__gt=0),
                name="meeting_series_weekdays",
                violation_error_message="Kies minstens één dag van de week.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="nth_weekday") | Q(nths__len__gt=0),
                name="meeting_series_nths",
                violation_error_message="Kies de hoeveelste van de maand.",
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=26),
                name="meeting_series_every_weeks",
                violation_error_message="Kies om de 1 tot 26 weken.",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(online_url=""),
                name="meeting_series_has_a_place",
                violation_error_message="Zeg waar het overleg is, of geef een adres om online mee te doen.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def dates(self) -> list:
        """A rule of meetings names no days one by one."""
        return []

    @property
    def host(self) -> str:
        """Who asks: the House, or the network."""
        return self.house.name if self.house else NETWORK
