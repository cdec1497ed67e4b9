"""The jury of a call: by what it judges, who sits in it, and what each member says. The ranking is stored nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models.application import Application
from projects.models.programme import Call

#: Points run from nought to ten.
MOST_POINTS = 10


class Criterion(models.Model):
    """One thing by which a call is judged. The weights of a call are 100 together (actions/call.py holds that)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria", verbose_name="oproep")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("criterium", max_length=120)
    guide = models.CharField("waar de jury op let", max_length=600, blank=True)
    weight = models.PositiveSmallIntegerField("gewicht")

    class Meta:
        verbose_name = "criterium"
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="criterion_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=100),
                name="criterion_weight",
                violation_error_message="Kies een gewicht van 1 tot 100.",
            ),
        ]

    def __str__(self):
        return self.name


class JurySeat(models.Model):
    """Somebody in the jury of a call. `number` stands for her where her name may not; her name goes, the seat stays."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="seats", verbose_name="oproep")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="jury_seats",
        verbose_name="jurylid",
    )
    number = models.PositiveSmallIntegerField("nummer in deze jury")
    added_at = models.DateTimeField("sinds")
    ended_at = models.DateTimeField("tot", null=True, blank=True)

    class Meta:
        verbose_name = "plaats in de jury"
        verbose_name_plural = "plaatsen in de jury"
        constraints = [
            models.UniqueConstraint(
                fields=["call", "user"],
                name="jury_seat_once",
                violation_error_message="Deze persoon zit al in de jury.",
            ),
            models.UniqueConstraint(fields=["call", "number"], name="jury_seat_number"),
        ]

    def __str__(self):
        return f"jurylid {self.number}"


class Judgement(models.Model):
    """What one member of the jury says of one application. It is there once she said whether she has a conflict of interest.

    With a conflict she neither sees nor judges it.
    """

    seat = models.ForeignKey(JurySeat, models.CASCADE, related_name="judgements", verbose_name="jurylid")
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="judgements", verbose_name="aanvraag"
    )
    has_conflict = models.BooleanField("belangenconflict")
    declared_at = models.DateTimeField("verklaard op")
    handed_in_at = models.DateTimeField("ingediend op", null=True, blank=True)

    class Meta:
        verbose_name = "oordeel van een jurylid"
        verbose_name_plural = "oordelen van juryleden"
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "application"],
                name="judgement_once",
                violation_error_message="Je verklaarde dit al.",
            ),
            models.CheckConstraint(
                condition=Q(has_conflict=False) | Q(handed_in_at=None),
                name="judgement_no_conflict",
                violation_error_message="Wie een belangenconflict heeft, geeft geen punten.",
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.application}"


class Score(models.Model):
    """The points that one member gives on one criterion, with what she says of it."""

    judgement = models.ForeignKey(Judgement, models.CASCADE, related_name="scores", verbose_name="oordeel")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name="criterium")
    points = models.PositiveSmallIntegerField("punten", null=True, blank=True)
    remark = models.CharField("opmerking", max_length=1000, blank=True)

    class Meta:
        verbose_name = "punten op een criterium"
        verbose_name_plural = "punten op criteria"
        constraints = [
            models.UniqueConstraint(fields=["judgement", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__lte=MOST_POINTS),
                name="score_points",
                violation_error_message="Geef 0 tot 10 punten.",
            ),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.points}"
