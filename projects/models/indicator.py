"""How a project shows what it reaches: result statements under an objective, with indicators and their yardstick."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from projects.models.programme import Programme
from projects.models.project import Objective
from projects.progress import progress


class Direction(models.TextChoices):
    """Which way an indicator should go."""

    RISE = "rise", "stijgen"
    FALL = "fall", "dalen"
    KEEP = "keep", "gelijk blijven"


class Source(models.TextChoices):
    """What the portal counts itself, for the activities of a project. `""`: somebody counts by hand."""

    FAMILIES = "families", "gezinnen"
    NEW_FAMILIES = "new_families", "nieuwe gezinnen"
    CHILDREN = "children", "kinderen"
    ADULTS = "adults", "volwassenen"
    MOMENTS = "moments", "momenten"
    CONTACTS = "contacts", "gesprekken"
    REFERRALS = "referrals", "doorverwijzingen"
    PARTNERS = "partners", "partners die meewerkten"
    PARTICIPATION = "participation", "participatiemomenten"


class Described(models.Model):
    """What an indicator measures, and how."""

    name = models.CharField("naam", max_length=160)
    definition = models.CharField("wat telt mee, en wat niet", max_length=600, blank=True)
    unit = models.CharField("eenheid", max_length=40)
    direction = models.CharField("moet", max_length=4, choices=Direction, default=Direction.RISE)
    source = models.CharField("telt het portaal zelf", max_length=14, choices=Source, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class IndicatorTemplate(Described):
    """An indicator that a programme offers to all its projects, so that they can be compared."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="indicator_templates", verbose_name="programma"
    )

    class Meta:
        verbose_name = "sjabloon van een indicator"
        verbose_name_plural = "sjablonen van indicatoren"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="indicator_template_once",
                violation_error_message="Deze indicator staat er al.",
            )
        ]


class ResultStatement(models.Model):
    """What should be different (outcome), or what the project makes and does (output).

    `contributes_to`: another result of the same objective that it makes possible; never in a circle.
    """

    class Level(models.TextChoices):
        OUTCOME = "outcome", "wat er verandert"
        OUTPUT = "output", "wat we doen"

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="results", verbose_name="doel")
    level = models.CharField("soort", max_length=7, choices=Level)
    text = models.CharField("resultaat", max_length=300)
    assumption = models.CharField("dit lukt alleen als", max_length=300, blank=True)
    contributes_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name="draagt bij aan",
    )

    class Meta:
        verbose_name = "resultaat"
        verbose_name_plural = "resultaten"
        constraints = [
            # Longer circles are refused under the lock of the project (projects/theory.py).
            models.CheckConstraint(
                condition=Q(contributes_to=None) | ~Q(contributes_to=models.F("pk")),
                name="result_does_not_lead_to_itself",
                violation_error_message="Een resultaat draagt niet bij aan zichzelf.",
            ),
        ]

    def __str__(self):
        return self.text


class Indicator(Described):
    """One number that is followed every working year."""

    result = models.ForeignKey(
        ResultStatement, models.CASCADE, related_name="indicators", verbose_name="resultaat"
    )
    template = models.ForeignKey(
        IndicatorTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="sjabloon",
    )

    class Meta:
        verbose_name = "indicator"
        verbose_name_plural = "indicatoren"
        constraints = [
            models.UniqueConstraint(
                fields=["result", "name"],
                name="indicator_once",
                violation_error_message="Deze indicator staat er al.",
            )
        ]


class Yardstick(models.Model):
    """What an indicator is held against: where it began, and what each working year aims at.

    Changing it is an event: a new edition with its reason, which stands once the agency approves it; the old one is kept.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "wacht op goedkeuring"
        STANDING = "standing", "geldt"
        REFUSED = "refused", "niet goedgekeurd"
        FORMER = "former", "gold vroeger"

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="yardsticks", verbose_name="indicator"
    )
    edition = models.PositiveSmallIntegerField("uitgave")
    state = models.CharField("toestand", max_length=8, choices=State)
    baseline = models.DecimalField("beginwaarde", max_digits=12, decimal_places=2)
    baseline_on = models.DateField("gemeten op")
    targets = ArrayField(
        models.DecimalField(max_digits=12, decimal_places=2, null=True), verbose_name="streefcijfers", size=10
    )
    reason = models.CharField("waarom een andere meetlat", max_length=300, blank=True)
    set_at = models.DateTimeField("voorgesteld op")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="voorgesteld door",
    )
    decided_at = models.DateTimeField("beslist op", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="beslist door",
    )

    class Meta:
        verbose_name = "meetlat van een indicator"
        verbose_name_plural = "meetlatten van indicatoren"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "edition"], name="yardstick_edition_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(state="standing"), name="yardstick_one_stands"
            ),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=Q(state="proposed"),
                name="yardstick_one_proposed",
                violation_error_message="Er wacht al een andere meetlat op goedkeuring.",
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(reason=""),
                name="yardstick_says_why",
                violation_error_message="Zeg waarom de meetlat verandert.",
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, meetlat {self.edition}"

    def target(self, number: int):
        """What a working year aims at; None where nobody said."""
        return self.targets[number - 1] if number <= len(self.targets) else None

    @property
    def is_new_baseline(self) -> bool:
        """Whether figures before and after it cannot simply be compared."""
        return self.edition > 1


class Figure(models.Model):
    """What an indicator was in a working year: accepted by the agency, out of a version of a report.

    It keeps the yardstick it was held against, so that a later one changes nothing of it.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="figures", verbose_name="indicator")
    number = models.PositiveSmallIntegerField("werkingsjaar")
    value = models.DecimalField("waarde", max_digits=12, decimal_places=2)
    yardstick = models.ForeignKey(
        Yardstick, models.PROTECT, null=True, related_name="figures", verbose_name="meetlat"
    )
    version = models.ForeignKey(
        "projects.ReportVersion", models.PROTECT, related_name="figures", verbose_name="versie"
    )

    class Meta:
        verbose_name = "cijfer van een indicator"
        verbose_name_plural = "cijfers van indicatoren"
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="figure_once_a_year"),
        ]

    def __str__(self):
        return f"{self.indicator}: {self.value} ({self.number})"

    @property
    def share(self) -> Decimal | None:
        """How far it was on the yardstick of its own time; None where that cannot be said."""
        then = self.yardstick
        if then is None:
            return None
        return progress(actual=self.value, baseline=then.baseline, target=then.target(self.number))
