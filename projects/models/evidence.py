"""What shows that a report is true: files and photos, kept where no address leads."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from partners.models.agreement import closed_storage
from projects.models.consent import Consent
from projects.models.report import ProgressReport
from projects.models.version import ReportVersion


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the reports that somebody writes; the agency those that were there when a version was handed in."""
        if not user.is_authenticated:
            return self.none()
        writes = ProgressReport.objects.writable_by(user)
        handed_in = ReportVersion.objects.filter(
            report=OuterRef("report"), submitted_at__gte=OuterRef("added_at")
        )
        reads = Q(Exists(handed_in), report__in=ProgressReport.objects.visible_to(user))
        return self.filter(Q(report__in=writes) | reads)

    def current(self):
        """What belongs to the report now: older versions may name more."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A file or a photo of a report. A version that names it keeps its title and its sum, also once the file is gone.

    `size` in bytes; `sha256` of what was kept; `removed_at`: not in the next version; `erased_at`: the file is gone.
    """

    class Kind(models.TextChoices):
        FILE = "file", "bestand"
        PHOTO = "photo", "foto"

    report = models.ForeignKey(
        ProgressReport, models.CASCADE, related_name="evidence", verbose_name="verslag"
    )
    kind = models.CharField("soort", max_length=5, choices=Kind)
    title = models.CharField("wat is het", max_length=120)
    alt_text = models.CharField("wat staat erop", max_length=200, blank=True)
    consent = models.ForeignKey(
        Consent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name="toestemming",
    )
    file = models.FileField("bestand", upload_to="bewijs/", storage=closed_storage, blank=True)
    size = models.PositiveIntegerField("grootte")
    sha256 = models.CharField("controlegetal", max_length=64)
    added_at = models.DateTimeField("toegevoegd op")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="toegevoegd door"
    )
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True)
    erased_at = models.DateTimeField("bestand gewist op", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bewijsstuk"
        verbose_name_plural = "bewijsstukken"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="file", consent=None, alt_text="")
                | Q(kind="photo", consent__isnull=False) & ~Q(alt_text=""),
                name="evidence_photo_has_consent",
                violation_error_message="Bij een foto hoort een toestemming, en wat erop staat.",
            ),
            models.CheckConstraint(
                condition=Q(file="", erased_at__isnull=False) | ~Q(file="") & Q(erased_at=None),
                name="evidence_file_or_erased",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_photo(self) -> bool:
        return self.kind == self.Kind.PHOTO

    def may_be_seen(self, on: date) -> bool:
        """Whether it is there, and who is on it agreed, on a day."""
        return bool(self.file) and (self.consent is None or self.consent.stands(on))
