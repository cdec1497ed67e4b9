"""What people say to one another about a part of a report: among the agency, or with the project."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from huizen.roles import Permission
from projects.models.report import ProgressReport


class Visibility(models.TextChoices):
    """Who reads a comment."""

    SHARED = "shared", "het project en Opgroeien"
    AGENCY = "agency", "alleen Opgroeien"


class ReviewCommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What somebody reads: of the agency all, of the project and of ABB only what is shared.

        What was said in answer to something of the agency alone stays with the agency, whatever it says itself.
        """
        if not user.is_authenticated:
            return self.none()
        reports = ProgressReport.objects
        shared = Q(visibility=Visibility.SHARED) & (Q(parent=None) | Q(parent__visibility=Visibility.SHARED))
        theirs = Q(report__in=reports.visible_to(user))
        own = Q(report__in=reports.writable_by(user)) & shared
        return self.filter(own | (theirs if user.may(Permission.REVIEW_REPORTS) else theirs & shared))

    def threads(self):
        """What was said first, the oldest first."""
        return self.filter(parent=None).order_by("at", "pk")


class ReviewComment(models.Model):
    """One comment on a part of a report (`part` is its key; empty: the whole report), or an answer to one (`parent`)."""

    report = models.ForeignKey(
        ProgressReport, models.CASCADE, related_name="comments", verbose_name="verslag"
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name="antwoord op"
    )
    part = models.CharField("deel van het verslag", max_length=40, blank=True)
    visibility = models.CharField("wie dit leest", max_length=6, choices=Visibility)
    body = models.TextField("opmerking", max_length=2000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="wie"
    )
    at = models.DateTimeField("wanneer")
    settled_at = models.DateTimeField("afgehandeld op", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="afgehandeld door",
    )

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "opmerking bij een verslag"
        verbose_name_plural = "opmerkingen bij een verslag"
        constraints = [
            models.CheckConstraint(
                condition=~Q(body=""),
                name="comment_says_something",
                violation_error_message="Schrijf iets.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(settled_at=None),
                name="comment_settled_as_a_whole",
                violation_error_message="Een gesprek handel je in zijn geheel af.",
            ),
        ]

    def __str__(self):
        return f"opmerking bij {self.report}"
