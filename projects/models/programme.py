"""A programme of the agency, and a call for projects in it. Amounts and years are data, never code."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from huizen.models import Municipality
from huizen.vocabulary import PolicyGoal
from projects.models.report_kind import ReportKind

#: Ten thousand million euro: more is a slip of the finger.
MOST_EURO = 10_000_000_000


def preventive_goal() -> list[str]:
    """What every project works on, whatever else a call asks."""
    return [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT]


class CallPhase(models.TextChoices):
    """Where a call stands. One of which nobody knows when it was open is history."""

    DRAFT = "draft", "in opmaak"
    PLANNED = "planned", "gepland"
    OPEN = "open", "open"
    CLOSED = "closed", "gesloten"
    HISTORY = "history", "van vroeger"


class CallQuerySet(models.QuerySet):
    def announced(self):
        """Those that everybody can read: made public, with the days on which they are open."""
        return self.filter(published_on__isnull=False, opens_at__isnull=False, closes_at__isnull=False)


class Programme(models.Model):
    """A line of subsidy with its purpose. What nobody published stays empty."""

    slug = models.SlugField("adres op het portaal", max_length=80, unique=True)
    name = models.CharField("naam", max_length=160)
    description = models.TextField("waarover het gaat", max_length=2000, blank=True)
    legal_basis = models.CharField("wettelijke basis", max_length=300, blank=True)
    starts_on = models.DateField("begint op", null=True, blank=True)
    ends_on = models.DateField("loopt tot en met", null=True, blank=True)
    budget = models.PositiveBigIntegerField("budget van het programma (euro)", null=True, blank=True)

    class Meta:
        verbose_name = "programma"
        verbose_name_plural = "programma's"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_it_begins",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(budget=None) | Q(budget__lte=MOST_EURO),
                name="programme_budget",
                violation_error_message="Kies een budget van hoogstens 10 miljard euro.",
            ),
        ]

    def __str__(self):
        return self.name


class Call(models.Model):
    """An invitation to hand in projects: which year, how long, how much a year (in euro)."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls", verbose_name="programma")
    year = models.PositiveSmallIntegerField("jaar")
    title = models.CharField("titel", max_length=160)
    years = models.PositiveSmallIntegerField("looptijd in jaren")
    max_per_year = models.PositiveIntegerField(
        "hoogste bedrag per project per jaar (euro)", null=True, blank=True
    )
    starts_on = models.DateField("begin van het eerste werkingsjaar", null=True, blank=True)
    deviation_percent = models.PositiveSmallIntegerField(
        "vraag uitleg vanaf een afwijking van (procent)", default=20
    )
    published_on = models.DateField("bekendgemaakt op", null=True, blank=True)
    source_note = models.CharField("bron", max_length=300, blank=True)
    intro = models.TextField("waarover de oproep gaat", max_length=3000, blank=True)
    opens_at = models.DateTimeField("open vanaf", null=True, blank=True)
    closes_at = models.DateTimeField("sluit op", null=True, blank=True)
    contact_name = models.CharField("wie weet er meer over", max_length=120, blank=True)
    contact_phone = models.CharField("telefoon", max_length=30, blank=True)
    contact_email = models.EmailField("e-mailadres", blank=True)
    earliest_on = models.DateField("kosten tellen ten vroegste vanaf", null=True, blank=True)
    latest_on = models.DateField("kosten tellen ten laatste tot en met", null=True, blank=True)
    needed_goals = ArrayField(
        models.CharField(max_length=30, choices=PolicyGoal),
        verbose_name="doelstellingen die er altijd bij zijn",
        default=preventive_goal,
    )
    fewest_goals = models.PositiveSmallIntegerField("zoveel doelstellingen samen, of meer", default=2)
    provinces = ArrayField(
        models.CharField(max_length=40, choices=Municipality.Province),
        verbose_name="provincies die meedoen",
        default=list,
        blank=True,
    )
    municipalities = models.ManyToManyField(
        Municipality, related_name="+", verbose_name="gemeenten die meedoen", blank=True
    )
    guides = models.JSONField("wat helpt bij elk deel van de aanvraag", default=dict, blank=True)
    released_by = models.CharField(
        "verslag dat geld vrijgeeft", max_length=16, choices=ReportKind, blank=True
    )
    released_percent = models.PositiveSmallIntegerField(
        "deel van de subsidie van dat jaar (procent)", null=True, blank=True
    )

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "oproep"
        verbose_name_plural = "oproepen"
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="call_once_a_year"),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=10),
                name="call_years",
                violation_error_message="Kies een looptijd van 1 tot 10 jaar.",
            ),
            models.CheckConstraint(
                # Figures are counted by month.
                condition=Q(starts_on=None) | Q(starts_on__day=1),
                name="call_starts_with_a_month",
                violation_error_message="Kies de eerste dag van een maand.",
            ),
            models.CheckConstraint(
                condition=Q(deviation_percent__gte=1, deviation_percent__lte=100),
                name="call_deviation",
                violation_error_message="Kies een afwijking van 1 tot 100 procent.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False, opens_at__lt=F("closes_at")),
                name="call_closes_after_it_opens",
                violation_error_message="De oproep sluit na het openen. Vul beide in, of geen van beide.",
            ),
            models.CheckConstraint(
                condition=Q(earliest_on=None) | Q(latest_on=None) | Q(latest_on__gte=F("earliest_on")),
                name="call_costs_in_order",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
            models.CheckConstraint(
                # The database asks the same of every project (project_goals_combine).
                condition=Q(needed_goals__contains=preventive_goal()),
                name="call_needs_preventive",
                violation_error_message="Preventieve gezinsondersteuning hoort er altijd bij.",
            ),
            models.CheckConstraint(
                condition=Q(fewest_goals__gte=2, fewest_goals__lte=len(PolicyGoal)),
                name="call_fewest_goals",
                violation_error_message="Kies van 2 doelstellingen tot ze er allemaal zijn.",
            ),
            models.CheckConstraint(
                condition=Q(released_by="", released_percent=None)
                | ~Q(released_by="")
                & Q(released_percent__isnull=False, released_percent__gte=1, released_percent__lte=100),
                name="call_release",
                violation_error_message="Kies een verslag en een deel van 1 tot 100 procent, of geen van beide.",
            ),
        ]

    def __str__(self):
        return self.title

    def phase(self, now: datetime) -> CallPhase:
        """Where it stands; the moment of closing itself is too late."""
        if self.opens_at is None or self.closes_at is None:
            return CallPhase.HISTORY
        if self.published_on is None:
            return CallPhase.DRAFT
        if now < self.opens_at:
            return CallPhase.PLANNED
        return CallPhase.OPEN if now < self.closes_at else CallPhase.CLOSED

    def is_open(self, now: datetime) -> bool:
        return self.phase(now) == CallPhase.OPEN

    def working_year(self, number: int) -> "WorkingYear":
        """The working year with this number; the first is 1. Only where the first day of the call is known."""
        return WorkingYear(
            number, _years_later(self.starts_on, number - 1), _years_later(self.starts_on, number)
        )

    @property
    def working_years(self) -> "list[WorkingYear]":
        """Every working year of the term; none where nobody said when it begins."""
        return [self.working_year(number) for number in range(1, self.years + 1)] if self.starts_on else []


class WorkingYear(NamedTuple):
    """Twelve months of a project: from `first`, up to and without `end`."""

    number: int
    first: date
    end: date

    def __str__(self):
        years = str(self.first.year) if self.first.month == 1 else f"{self.first.year}-{self.end.year}"
        return f"werkingsjaar {self.number} ({years})"

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def months(self) -> set[tuple[int, int]]:
        """Its twelve months as (year, month)."""
        first = self.first.year * 12 + self.first.month - 1
        return {(count // 12, count % 12 + 1) for count in range(first, first + 12)}

    @property
    def before(self) -> "WorkingYear":
        """The twelve months before it, which its figures stand beside."""
        return WorkingYear(self.number - 1, _years_later(self.first, -1), self.first)


def _years_later(first: date, years: int) -> date:
    """The same first of a month, so many years on."""
    return first.replace(year=first.year + years)
