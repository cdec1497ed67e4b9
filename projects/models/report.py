"""A report of one project for one period: what is being written, and how far it is."""

from datetime import date

from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When

from huizen.models import House
from huizen.roles import Permission
from projects.models.period import Period
from projects.models.project import OWING_STATUSES, Project


class ReportState(models.TextChoices):
    """How far a report is. That it is due or late follows from the day, and is stored nowhere."""

    DRAFT = "draft", "te schrijven"
    SUBMITTED = "submitted", "ingediend"
    RETURNED = "returned", "aanpassing gevraagd"
    ACCEPTED = "accepted", "aanvaard"


#: In which the project's side writes.
OPEN = (ReportState.DRAFT, ReportState.RETURNED)


class ProgressReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What the agency reads: the reports of the projects that somebody follows."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def writable_by(self, user):
        """Those of the projects of the Houses where somebody writes reports."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(project__house__in=House.objects.where(user, Permission.WRITE_REPORTS))

    def as_of(self, today: date):
        """With `due_on`, and `is_late`: still to be written on a day after it, by a project that owes it."""
        late = Q(state__in=OPEN, period__due_on__lt=today, project__status__in=OWING_STATUSES)
        return self.annotate(
            due_on=F("period__due_on"),
            is_late=Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField()),
        )

    def whole(self):
        """With all that its pages read of project and call."""
        return self.select_related("project__house", "project__officer", "period__call")


class ProgressReport(models.Model):
    """What a project tells of one period. `draft`: what is typed so far, by the key of its field.

    `versions_made` is the number of the last version; who submits says which one she saw. `made_at`: since when the
    project owes it, said once; empty for what was always there.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="reports", verbose_name="project")
    period = models.ForeignKey(Period, models.PROTECT, related_name="reports", verbose_name="periode")
    state = models.CharField("toestand", max_length=10, choices=ReportState, default=ReportState.DRAFT)
    draft = models.JSONField("ontwerp", default=dict, blank=True)
    versions_made = models.PositiveSmallIntegerField("versies", default=0)
    saved_at = models.DateTimeField("bewaard op", null=True, blank=True)
    made_at = models.DateTimeField("gevraagd op", null=True, editable=False)

    objects = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag van een project"
        verbose_name_plural = "verslagen van projecten"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "period"],
                name="report_once",
                violation_error_message="Dit verslag bestaat al.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "returned", "accepted"]) | Q(versions_made__gte=1),
                name="report_handed_in_has_version",
                violation_error_message="Een ingediend verslag heeft een versie.",
            ),
        ]

    def __str__(self):
        return f"{self.period}, {self.project}"

    @property
    def is_open(self) -> bool:
        """Whether the project's side can write."""
        return self.state in OPEN
