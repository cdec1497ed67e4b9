"""A place that is kept free for a while, for somebody who is filling in the form."""

from django.db import models
from django.db.models import Q

from activities.models.schedule import Session

#: The most places that one form holds: as many as it has rows for children.
MOST_HELD = 8


class Hold(models.Model):
    """The holder is the form itself, by its key: nobody needs an account or a cookie for it.

    Its places are counted in `Session.held_count` for as long as the row exists; a hold that is over is taken away
    before anything is decided about places (activities/actions/hold.py), and every minute by the sweep.
    """

    form_key = models.UUIDField(primary_key=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="holds", verbose_name="moment")
    places = models.PositiveSmallIntegerField("plaatsen", default=1)
    until = models.DateTimeField("tot")

    class Meta:
        verbose_name = "vrijgehouden plaats"
        verbose_name_plural = "vrijgehouden plaatsen"
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_HELD),
                name="hold_places",
                violation_error_message="We houden 1 tot 8 plaatsen vrij.",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="hold_until")]

    def __str__(self):
        return f"{self.places} vrijgehouden: {self.session}"
