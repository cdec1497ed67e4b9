"""An application of a House in a call: what is typed, what was handed in, and what was decided about it."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q

from huizen.models import House
from huizen.roles import Permission
from projects.models.frozen_version import FrozenVersion
from projects.models.programme import Call
from projects.models.project import Project


class ApplicationState(models.TextChoices):
    """How far an application is. That its call closed follows from the clock, and is stored nowhere."""

    DRAFT = "draft", "te schrijven"
    SUBMITTED = "submitted", "ingediend"
    INADMISSIBLE = "inadmissible", "onontvankelijk"
    IN_JURY = "in_jury", "bij de jury"
    RESERVE = "reserve", "op de reservelijst"
    NOT_SELECTED = "not_selected", "niet geselecteerd"
    SELECTED = "selected", "geselecteerd"


def closed_storage():
    """Where files lie that are never public."""
    return storages["closed"]


class ApplicationQuerySet(models.QuerySet):
    def writable_by(self, user):
        """Those of the Houses that the person coordinates."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(house__in=House.objects.where(user, Permission.APPLY))

    def handed_in(self):
        """What the agency reads: a draft is of the House alone, also one that was taken back."""
        return self.exclude(state=ApplicationState.DRAFT)

    def judged_by(self, user):
        """What the person may judge, or judged: in the calls in whose jury she sits, once it was found admissible."""
        if not user.is_authenticated:
            return self.none()
        mine = Call.objects.filter(seats__user=user, seats__ended_at=None)
        out = [ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.INADMISSIBLE]
        return self.filter(call__in=mine).exclude(state__in=out)

    def whole(self):
        """With all that its pages read of call and House."""
        return self.select_related("call__programme", "house", "project")


class Application(models.Model):
    """What one House asks in one call, with its partners. `draft`: what is typed so far, by the key of its field.

    What counts is handed in as an `ApplicationVersion`; `versions_made` is the number of the last one.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name="oproep")
    house = models.ForeignKey(House, models.PROTECT, related_name="applications", verbose_name="Huis")
    state = models.CharField("toestand", max_length=12, choices=ApplicationState, default="draft")
    draft = models.JSONField("ontwerp", default=dict, blank=True)
    title = models.CharField("titel", max_length=160, blank=True)
    versions_made = models.PositiveSmallIntegerField("versies", default=0)
    begun_at = models.DateTimeField("begonnen op")
    saved_at = models.DateTimeField("bewaard op", null=True, blank=True)
    project = models.OneToOneField(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="application",
        verbose_name="project dat eruit kwam",
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "aanvraag"
        verbose_name_plural = "aanvragen"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "house"],
                condition=Q(versions_made=0),
                name="application_one_begun",
                violation_error_message="Jullie Huis begon al een aanvraag in deze oproep.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(versions_made__gte=1),
                name="application_handed_in_has_version",
                violation_error_message="Een ingediende aanvraag heeft een versie.",
            ),
            models.CheckConstraint(
                condition=Q(state="selected", project__isnull=False) | ~Q(state="selected") & Q(project=None),
                name="application_selected_has_project",
                violation_error_message="Alleen een geselecteerde aanvraag heeft een project.",
            ),
        ]

    def __str__(self):
        return self.title or "Aanvraag zonder titel"

    @property
    def is_draft(self) -> bool:
        return self.state == ApplicationState.DRAFT


class ApplicationFile(models.Model):
    """A PDF that goes with an application. One that a version names is hidden when it is taken away, never deleted."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="files", verbose_name="aanvraag"
    )
    title = models.CharField("naam van het document", max_length=120)
    file = models.FileField("PDF", upload_to="applications/", storage=closed_storage)
    sha256 = models.CharField("controlegetal", max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField("toegevoegd op")
    removed_at = models.DateTimeField("weggehaald op", null=True, blank=True)

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"

    def __str__(self):
        return self.title


class ApplicationVersion(FrozenVersion):
    """An application as it was handed in (projects/application/content.py). It names no contact person."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="versions", verbose_name="aanvraag"
    )

    class Meta:
        verbose_name = "versie van een aanvraag"
        verbose_name_plural = "versies van een aanvraag"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                name="application_version_once",
                violation_error_message="Deze versie is al ingediend.",
            )
        ]

    def __str__(self):
        return f"{self.application}, versie {self.number}"


class ApplicationDecision(models.Model):
    """What the agency decided about one version: added, never changed (a trigger holds that).

    `checks`: of an admissibility check, each rule in words and whether it is kept.
    """

    class Kind(models.TextChoices):
        ADMISSIBLE = "admissible", "ontvankelijk"
        INADMISSIBLE = "inadmissible", "onontvankelijk"
        SELECTED = "selected", "geselecteerd"
        RESERVE = "reserve", "op de reservelijst"
        NOT_SELECTED = "not_selected", "niet geselecteerd"

    version = models.ForeignKey(
        ApplicationVersion, models.PROTECT, related_name="decisions", verbose_name="versie"
    )
    kind = models.CharField("beslissing", max_length=12, choices=Kind)
    reason = models.CharField("motivering", max_length=2000, blank=True)
    checks = models.JSONField("wat nagekeken is", default=list, blank=True)
    at = models.DateTimeField("beslist op")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="beslist door"
    )

    class Meta:
        verbose_name = "beslissing over een aanvraag"
        verbose_name_plural = "beslissingen over een aanvraag"
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="application_decision_once"),
            models.CheckConstraint(
                condition=Q(kind="admissible") | ~Q(reason=""),
                name="application_decision_says_why",
                violation_error_message="Zeg waarom.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.version}"
