"""Calendars of others that the portal reads: their address, how that went, and what each event became here."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from activities.models.activity import Activity, kept_by
from huizen.models import House
from huizen.vocabulary import OfferType
from partners.models import Organisation


class OutsideCalendarQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses where she publishes; in other Houses of hers those of organisations that she edits."""
        return self.filter(kept_by(user))


class OutsideCalendar(models.Model):
    """One calendar. Without an address it came in with a file, and is read again when somebody sends a newer one.

    Nothing is made of it before somebody confirms what was read (FOLLOWED). `next_read_at`: empty for what is not
    read by itself. `fault`: why the last reading went wrong; what was read before stays.
    """

    class State(models.TextChoices):
        READING = "reading", "wordt gelezen"
        READ = "read", "nog te bevestigen"
        FOLLOWED = "followed", "gevolgd"
        STOPPED = "stopped", "gestopt"

    house = models.ForeignKey(House, models.CASCADE, related_name="+", verbose_name="Huis")
    organiser = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="organisator"
    )
    name = models.CharField("naam", max_length=80)
    url = models.URLField("adres", max_length=500, blank=True)
    offer_type = models.CharField("soort", max_length=30, choices=OfferType, default=OfferType.OTHER)
    state = models.CharField("toestand", max_length=10, choices=State, default=State.READING)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    made_at = models.DateTimeField("toegevoegd op")
    read_at = models.DateTimeField("laatst gelezen op", null=True, blank=True)
    next_read_at = models.DateTimeField("wordt gelezen op", null=True, blank=True)
    fault = models.CharField("wat er misging", max_length=200, blank=True)
    failing_since = models.DateTimeField("gaat mis sinds", null=True, blank=True)

    objects = OutsideCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = "agenda van elders"
        verbose_name_plural = "agenda's van elders"
        constraints = [
            models.UniqueConstraint(
                fields=["house", "url"],
                condition=~Q(url=""),
                name="outsidecalendar_once",
                violation_error_message="Deze agenda staat al bij dit Huis.",
            ),
            models.CheckConstraint(
                condition=Q(fault="", failing_since=None) | (~Q(fault="") & Q(failing_since__isnull=False)),
                name="outsidecalendar_fault_has_time",
            ),
        ]
        indexes = [models.Index(fields=["next_read_at"], name="outsidecalendar_due")]

    def __str__(self):
        return self.name


class OutsideEventQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the calendars that somebody may change."""
        return self.filter(calendar__in=OutsideCalendar.objects.editable_by(user))

    def waiting(self):
        """Those about which a person still decides; an activity that was put away asks nothing."""
        put_away = Q(activity=None) | Q(activity__status=Activity.Status.ARCHIVED)
        return self.filter(waits=True).exclude(put_away)

    def to_make(self):
        """Those of which a draft will be made."""
        return self.filter(made_at=None, is_skipped=False, reason="")

    def left_out(self):
        """Those of which nothing is made, because somebody does not want it or we cannot."""
        return self.filter(made_at=None).exclude(is_skipped=False, reason="")


class OutsideEvent(models.Model):
    """One event of a calendar, by its number there (`uid`, RFC 5545, 3.8.4.7), and the activity made of it.

    `said`: what the calendar says now; `taken`: what of it was last put in the activity. Where the activity says
    another thing than `taken`, a person changed it here, and it is never overwritten. `waits`: a person decides about
    the difference. `is_open`: something is still to be brought in line.
    """

    calendar = models.ForeignKey(OutsideCalendar, models.CASCADE, related_name="events")
    uid = models.CharField(max_length=255)
    activity = models.OneToOneField(
        Activity, models.SET_NULL, null=True, blank=True, related_name="outside", verbose_name="activiteit"
    )
    said = models.JSONField("wat er staat", default=dict)
    taken = models.JSONField("wat we overnamen", default=dict)
    place = models.CharField("plaats in woorden", max_length=200, blank=True)
    reason = models.CharField("waarom niet", max_length=200, blank=True)
    is_skipped = models.BooleanField("niet overnemen", default=False)
    is_gone = models.BooleanField("staat er niet meer in", default=False)
    waits = models.BooleanField("wacht op een mens", default=False)
    is_open = models.BooleanField("nog te doen", default=True)
    made_at = models.DateTimeField("ontwerp gemaakt op", null=True, blank=True)
    next_at = models.DateTimeField("volgende keer", null=True, blank=True)
    seen_at = models.DateTimeField("laatst gezien op")

    objects = OutsideEventQuerySet.as_manager()

    class Meta:
        verbose_name = "afspraak van elders"
        verbose_name_plural = "afspraken van elders"
        constraints = [
            models.UniqueConstraint(fields=["calendar", "uid"], name="outsideevent_once"),
        ]

    def __str__(self):
        return self.said.get("title", "") or self.uid
