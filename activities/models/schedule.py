"""When an activity takes place: a rule in wall-clock time, and the sessions that follow from it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.models.activity import Activity
from huizen.models import Location
from huizen.models.location import WEEKDAYS
from huizen.recurrence import NTHS


class Schedule(models.Model):
    """A rule. Hours are wall-clock time in Europe/Brussels: nine o'clock stays nine o'clock after the clock changes.

    `dates` serves `once` (one) and `dates` (several); `weekdays` (0 = Monday) with `every_weeks` serves
    `weekly`; `weekdays` with `nths` (−1 = last) serves `nth_weekday`. `by_appointment` and
    `in_opening_hours` have no sessions.
    """

    class Kind(models.TextChoices):
        ONCE = "once", "Eén keer"
        DATES = "dates", "Op een lijst van data"
        WEEKLY = "weekly", "Elke week of om de zoveel weken"
        NTH_WEEKDAY = "nth_weekday", "Op vaste dagen van de maand"
        BY_APPOINTMENT = "by_appointment", _("Op afspraak")
        IN_OPENING_HOURS = "in_opening_hours", _("Tijdens de openingsuren")

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="schedules", verbose_name="activiteit"
    )
    kind = models.CharField("hoe", max_length=20, choices=Kind)
    starts_on = models.DateField("vanaf", null=True, blank=True)
    ends_on = models.DateField("tot en met", null=True, blank=True)
    starts_at = models.TimeField("van", null=True, blank=True)
    ends_at = models.TimeField("tot", null=True, blank=True)
    dates = ArrayField(models.DateField(), verbose_name="data", default=list, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=WEEKDAYS), verbose_name="dagen", default=list, blank=True
    )
    every_weeks = models.PositiveSmallIntegerField("om de hoeveel weken", default=1)
    nths = ArrayField(
        models.SmallIntegerField(choices=NTHS), verbose_name="de hoeveelste", default=list, blank=True
    )
    skip_school_holidays = models.BooleanField("niet in schoolvakanties", default=False)
    skip_summer = models.BooleanField("niet in juli en augustus", default=False)
    skip_public_holidays = models.BooleanField("niet op feestdagen", default=True)
    skip_dates = ArrayField(models.DateField(), verbose_name="niet op", default=list, blank=True)

    class Meta:
        verbose_name = "uurregeling"
        verbose_name_plural = "uurregelingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["by_appointment", "in_opening_hours"])
                | Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=F("starts_at")),
                name="schedule_hours",
                violation_error_message="Zeg van wanneer tot wanneer; het einde komt na het begin.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="once") | Q(dates__len=1),
                name="schedule_once_has_a_date",
                violation_error_message="Kies de dag.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="dates") | Q(dates__len__gt=0),
                name="schedule_dates",
                violation_error_message="Kies minstens één dag.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["weekly", "nth_weekday"])
                | Q(weekdays__len__gt=0, starts_on__isnull=False),
                name="schedule_weekdays",
                violation_error_message="Kies een eerste dag en minstens één dag van de week.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="nth_weekday") | Q(nths__len__gt=0),
                name="schedule_nths",
                violation_error_message="Kies de hoeveelste van de maand.",
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=26),
                name="schedule_every_weeks",
                violation_error_message="Kies om de 1 tot 26 weken.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="schedule_ends_after_start",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.activity}"


class SessionQuerySet(models.QuerySet):
    def upcoming(self, *, now):
        """Those that are not over yet, the cancelled ones too."""
        return self.filter(ends_at__gt=now)

    def scheduled(self):
        return self.filter(status=Session.Status.SCHEDULED)


class Session(models.Model):
    """One moment of an activity. `original_start` is where the rule put it; it may have moved since.

    Counters are kept under the row lock (activities/actions/registration.py); the CHECKs are the last
    line of defence. `waiting_last`: the last number given out on the waiting list. `kept_count`: places for who
    signs up through the House, not shown to parents. `drawn_at`: when the draw was held, where there is one.
    `set_apart`: a person decided about this one moment, so a change of the rule leaves it alone.
    """

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "gaat door"
        CANCELLED = "cancelled", "gaat niet door"

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions", verbose_name="activiteit")
    schedule = models.ForeignKey(Schedule, models.SET_NULL, null=True, blank=True, related_name="sessions")
    original_start = models.DateTimeField("oorspronkelijk begin")
    starts_at = models.DateTimeField("begint")
    ends_at = models.DateTimeField("eindigt")
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="andere plek"
    )
    status = models.CharField("toestand", max_length=10, choices=Status, default=Status.SCHEDULED)
    cancel_reason = models.CharField("waarom niet", max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField("aantal plaatsen", null=True, blank=True)
    confirmed_count = models.PositiveSmallIntegerField("bezette plaatsen", default=0)
    waiting_count = models.PositiveSmallIntegerField("plaatsen op de wachtlijst", default=0)
    waiting_last = models.PositiveIntegerField(default=0)
    held_count = models.PositiveSmallIntegerField("vrijgehouden plaatsen", default=0)
    offered_count = models.PositiveSmallIntegerField("aangeboden plaatsen", default=0)
    kept_count = models.PositiveSmallIntegerField("plaatsen die het Huis bewaart", default=0)
    drawn_at = models.DateTimeField("geloot op", null=True, blank=True)
    time_version = models.PositiveIntegerField(default=1)
    set_apart = models.BooleanField("apart gewijzigd", default=False)
    ical_uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    ical_sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("gewijzigd op")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "moment"
        verbose_name_plural = "momenten"
        constraints = [
            models.UniqueConstraint(fields=["schedule", "original_start"], name="session_once"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_start",
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(confirmed_count__lte=F("capacity")),
                name="session_never_over_capacity",
                violation_error_message="Er zijn al meer mensen ingeschreven dan dit aantal plaatsen.",
            ),
            models.CheckConstraint(
                condition=Q(capacity=None, held_count=0, kept_count=0)
                | Q(
                    capacity__isnull=False,
                    confirmed_count__lte=F("capacity")
                    - F("held_count")
                    - F("offered_count")
                    - F("kept_count"),
                ),
                name="session_promises_fit",
                violation_error_message="Er zijn plaatsen beloofd die er niet meer zijn.",
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "starts_at"], name="session_activity"),
            models.Index(fields=["starts_at"], condition=Q(status="scheduled"), name="session_soon"),
        ]

    def __str__(self):
        return f"{self.activity} ({self.starts_at:%d/%m/%Y})"

    @property
    def free(self) -> int | None:
        """How many places are left for who comes now: not taken, and not promised to somebody else either.

        None where there is no limit.
        """
        if self.capacity is None:
            return None
        promised = self.held_count + self.offered_count + self.kept_count
        return self.capacity - self.confirmed_count - promised

    @property
    def collects_wishes(self) -> bool:
        """Whether who signs up now takes part in a draw that is still to come."""
        return self.drawn_at is None and self.activity.waiting_order == Activity.WaitingOrder.DRAW

    @property
    def has_queue(self) -> bool:
        """Whether a newcomer goes to the waiting list: no place is left, or others wait for one already."""
        if self.free is None or self.collects_wishes:
            return False
        return self.free <= 0 or self.waiting_count > 0
