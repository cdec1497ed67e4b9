"""The logbook: who did what, when. Rows are added, never changed (a trigger holds that)."""

from django.conf import settings
from django.db import models


class EventQuerySet(models.QuerySet):
    def about(self, thing):
        """What happened to one thing."""
        return self.filter(subject_type=thing._meta.label_lower, subject_id=str(thing.pk))


class Event(models.Model):
    """One act: a verb in English, the thing as it was named then, and what changed.

    `changes` is {field: [before, after]} without personal data of families.
    """

    at = models.DateTimeField("wanneer")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="wie"
    )
    verb = models.CharField("wat", max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField("over", max_length=200)
    house = models.ForeignKey(
        "huizen.House", models.CASCADE, null=True, related_name="+", verbose_name="Huis"
    )
    changes = models.JSONField("verschil", default=dict)
    reason = models.CharField("reden", max_length=300, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "logboek"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="event_subject"),
            models.Index(fields=["house", "-at"], name="event_house"),
        ]

    def __str__(self):
        return f"{self.verb} {self.subject_label}"
