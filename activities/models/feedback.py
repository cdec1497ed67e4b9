"""What families thought of a moment, without who they are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.schedule import Session


class Feedback(models.Model):
    """One opinion on one moment. Nothing leads to the family: the sign-up only knows that its link was used.

    Only the day is kept, so that the time of writing does not tell whose opinion it is.
    """

    class Score(models.IntegerChoices):
        GOOD = 3, _("Fijn")
        FAIR = 2, _("Gaat wel")
        BAD = 1, _("Niet fijn")

    session = models.ForeignKey(Session, models.CASCADE, related_name="opinions", verbose_name="moment")
    score = models.PositiveSmallIntegerField("hoe was het", choices=Score)
    text = models.CharField("in eigen woorden", max_length=300, blank=True)
    given_on = models.DateField("gegeven op")

    class Meta:
        verbose_name = "mening"
        verbose_name_plural = "meningen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__in=[1, 2, 3]),
                name="feedback_score",
                violation_error_message=_("Kies fijn, gaat wel of niet fijn."),
            ),
        ]

    def __str__(self):
        return f"{self.get_score_display()}: {self.session}"
