"""How signing up goes for an activity: from when, who goes first, and how a place that comes free is given."""

from django.db import models
from django.db.models import F, Q

#: The longest that a family may think about a place, in hours: a week.
MOST_OFFER_HOURS = 168


class SignUpRules(models.Model):
    """What a House chooses for an activity; it holds for each of its moments.

    `opens_days`: from nine o'clock, so many days before a moment. `draw_days`: at noon, so many days before it, the
    draw is held. `reserved_places` of each moment are kept for who signs up through the House, until `reserved_hours`
    before it begins; pages of parents neither name nor count them.
    """

    class WaitingOrder(models.TextChoices):
        ASKED = "asked", "Wie eerst komt, gaat eerst"
        FIRST_TIME = "first_time", "Wie hier nog niet was, gaat eerst"
        DRAW = "draw", "Een eerlijke loting"

    class WaitingMode(models.TextChoices):
        DIRECT = "direct", "De plaats is meteen voor het gezin"
        OFFER = "offer", "Het gezin zegt eerst ja"

    opens_at = models.DateTimeField("inschrijven kan vanaf", null=True, blank=True)
    opens_days = models.PositiveSmallIntegerField(
        "inschrijven kan vanaf (dagen vooraf)", null=True, blank=True
    )
    waiting_order = models.CharField(
        "wie gaat eerst", max_length=10, choices=WaitingOrder, default=WaitingOrder.ASKED
    )
    draw_days = models.PositiveSmallIntegerField("loting (dagen vooraf)", null=True, blank=True)
    strict_order = models.BooleanField("wie niet past, houdt de rij op", default=False)
    waiting_mode = models.CharField(
        "als er een plaats vrijkomt", max_length=10, choices=WaitingMode, default=WaitingMode.DIRECT
    )
    offer_hours = models.PositiveSmallIntegerField("bedenktijd (uren)", default=24)
    reserved_places = models.PositiveSmallIntegerField("plaatsen die het Huis bewaart", default=0)
    reserved_hours = models.PositiveSmallIntegerField("vrij voor iedereen (uren vooraf)", default=48)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(opens_days=None),
                name="activity_opens_once",
                violation_error_message="Kies een dag, of een aantal dagen vooraf. Niet allebei.",
            ),
            models.CheckConstraint(
                # An unknown day would pass a CHECK that only compares it.
                condition=~Q(waiting_order="draw") | Q(draw_days__isnull=False, draw_days__gt=0),
                name="activity_draw_has_day",
                violation_error_message="Zeg hoeveel dagen vooraf we loten: minstens één.",
            ),
            models.CheckConstraint(
                condition=~Q(waiting_order="draw") | Q(opens_days=None) | Q(opens_days__gt=F("draw_days")),
                name="activity_opens_before_draw",
                violation_error_message="Inschrijven moet kunnen voor we loten.",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gte=1, offer_hours__lte=MOST_OFFER_HOURS),
                name="activity_offer_hours",
                violation_error_message="Geef een gezin 1 tot 168 uur om te antwoorden.",
            ),
        ]
