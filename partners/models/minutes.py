"""The minutes of a meeting, in revisions that are only added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.models.meeting import Meeting
from partners.models.meeting_group import planned_by


class MinutesQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the meetings that the person plans."""
        return self.filter(planned_by(user, "meeting__"))


class Minutes(models.Model):
    """The minutes of one meeting: written (draft), sent round (circulated), and approved in a later meeting."""

    class State(models.TextChoices):
        DRAFT = "draft", "wordt geschreven"
        CIRCULATED = "circulated", "rondgestuurd"
        APPROVED = "approved", "goedgekeurd"

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="minutes", verbose_name="overleg", primary_key=True
    )
    state = models.CharField("toestand", max_length=10, choices=State, default=State.DRAFT)
    approved_in = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="+", verbose_name="goedgekeurd in"
    )
    approved_at = models.DateTimeField("goedgekeurd op", null=True)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False)
                | ~Q(state="approved") & Q(approved_at=None, approved_in=None),
                name="minutes_approved_has_time",
            ),
        ]

    def __str__(self):
        return f"verslag van {self.meeting}"


class MinutesRevision(models.Model):
    """The minutes as they were saved once; a trigger refuses changes. `was_sent`: this very text went round.

    `body` is what `partners/minutes_body.py` makes and reads.
    """

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="revisions", verbose_name="verslag")
    number = models.PositiveSmallIntegerField("versie")
    body = models.JSONField("tekst")
    was_sent = models.BooleanField("rondgestuurd", default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    at = models.DateTimeField("op")

    class Meta:
        verbose_name = "versie van een verslag"
        verbose_name_plural = "versies van verslagen"
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="minutes_revision_once")]

    def __str__(self):
        return f"{self.minutes}, versie {self.number}"
