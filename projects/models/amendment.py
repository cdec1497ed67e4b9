"""A change of what was agreed, asked by a project and decided by the agency: added, never changed (a trigger holds that).

Another target is asked at its indicator: a `Yardstick` that waits is that request, with its decision.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.models.agreement import closed_storage
from projects.models.budget import MOST_CENTS, FundingSource
from projects.models.period import MOST_YEARS
from projects.models.project import Project


class AmendmentQuerySet(models.QuerySet):
    def waiting(self):
        """Those about which nothing was decided."""
        return self.filter(decision=None)

    def accepted(self):
        """Those that stand."""
        return self.filter(decision__kind=AmendmentDecision.Kind.ACCEPTED)


class Amendment(models.Model):
    """What a project wants otherwise, and why. `until`: the last day that an extension asks."""

    class Kind(models.TextChoices):
        EXTENSION = "extension", "verlenging"
        BUDGET = "budget", "verschuiving in de begroting"
        PARTNER = "partner", "andere partner"

    project = models.ForeignKey(Project, models.PROTECT, related_name="amendments", verbose_name="project")
    kind = models.CharField("soort", max_length=9, choices=Kind)
    what = models.CharField("wat verandert er", max_length=600, blank=True)
    reason = models.CharField("waarom", max_length=600)
    until = models.DateField("tot en met", null=True, blank=True)
    asked_at = models.DateTimeField("gevraagd op")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gevraagd door"
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "wijziging van een project"
        verbose_name_plural = "wijzigingen van projecten"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="extension", until__isnull=False) | ~Q(kind="extension") & Q(until=None),
                name="amendment_extension_has_a_day",
                violation_error_message="Kies de laatste dag.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="partner") | ~Q(what=""),
                name="amendment_says_what",
                violation_error_message="Zeg wat er verandert.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="amendment_says_why", violation_error_message="Zeg waarom."
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.project}"

    @property
    def verdict(self) -> "AmendmentDecision | None":
        """What was decided; None while it waits."""
        return getattr(self, "decision", None)


class AmendmentDecision(models.Model):
    """What became of a request: it exists once, so nothing is decided twice."""

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "goedgekeurd"
        REFUSED = "refused", "niet goedgekeurd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    amendment = models.OneToOneField(
        Amendment, models.PROTECT, related_name="decision", verbose_name="wijziging"
    )
    kind = models.CharField("beslissing", max_length=9, choices=Kind)
    text = models.CharField("reden", max_length=600, blank=True)
    at = models.DateTimeField("beslist op")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="beslist door"
    )

    class Meta:
        verbose_name = "beslissing over een wijziging"
        verbose_name_plural = "beslissingen over wijzigingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="withdrawn") | ~Q(text=""),
                name="amendment_decision_says_why",
                violation_error_message="Zeg waarom.",
            ),
        ]

    def __str__(self):
        return f"{self.amendment}, {self.get_kind_display()}"


class BudgetShift(models.Model):
    """What a line of the budget was and should become, in cents: 0 before is a new line, 0 after takes it away.

    It names its line as the line names itself, so that it says the same when the line is gone.
    """

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="shifts", verbose_name="wijziging")
    number = models.PositiveSmallIntegerField("werkingsjaar")
    what = models.CharField("waarvoor", max_length=80)
    source = models.CharField("wie betaalt", max_length=10, choices=FundingSource)
    before = models.PositiveBigIntegerField("was")
    after = models.PositiveBigIntegerField("wordt")

    class Meta:
        verbose_name = "verschoven lijn van de begroting"
        verbose_name_plural = "verschoven lijnen van de begroting"
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "number", "what", "source"],
                name="budget_shift_once",
                violation_error_message="Deze lijn staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_YEARS, after__lte=MOST_CENTS)
                & ~Q(before=models.F("after")),
                name="budget_shift_changes",
                violation_error_message="Kies een ander bedrag, tot 10 miljoen euro.",
            ),
        ]

    def __str__(self):
        return f"{self.what} ({self.get_source_display()})"


class AmendmentFile(models.Model):
    """A PDF that shows why a change is asked: added with the request, never changed (a trigger holds that).

    After years the file goes; its name and its sum stay. `sha256` is of what was kept.
    """

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="files", verbose_name="wijziging")
    title = models.CharField("naam van het document", max_length=120)
    file = models.FileField("PDF", upload_to="wijzigingen/", storage=closed_storage, blank=True)
    sha256 = models.CharField("controlegetal", max_length=64)
    erased_at = models.DateTimeField("bestand gewist op", null=True, blank=True)

    class Meta:
        verbose_name = "document bij een wijziging"
        verbose_name_plural = "documenten bij wijzigingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", erased_at__isnull=False) | ~Q(file="") & Q(erased_at=None),
                name="amendment_file_or_erased",
            ),
        ]

    def __str__(self):
        return self.title
