"""A support track: things to learn from that belong together, for who leads or works in a House."""

from django.db import models

from activities.models.activity import Activity
from huizen.roles import Permission


class SupportTrackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is online, for who may learn; who makes tracks sees all."""
        if not user.is_authenticated or not user.may(Permission.LEARN):
            return self.none()
        return self if user.may(Permission.LEAD_LEARNING) else self.filter(is_online=True)


class SupportTrack(models.Model):
    """Activities for professionals, bundled by the agency. Their sessions and sign-ups stay those of each activity."""

    title = models.CharField(
        "naam", max_length=120, unique=True, error_messages={"unique": "Er is al een traject met deze naam."}
    )
    text = models.TextField("voor wie, en wat je ervan hebt", max_length=1500)
    activities = models.ManyToManyField(Activity, related_name="tracks", verbose_name="wat erbij hoort")
    is_online = models.BooleanField("zichtbaar voor wie wil leren", default=False)
    changed_at = models.DateTimeField("gewijzigd op")

    objects = SupportTrackQuerySet.as_manager()

    class Meta:
        verbose_name = "ondersteuningstraject"
        verbose_name_plural = "ondersteuningstrajecten"

    def __str__(self):
        return self.title
