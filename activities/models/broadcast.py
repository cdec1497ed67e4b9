"""What a House wrote to the families of a moment or of an activity, and the texts that it keeps for the next time."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from activities.models.activity import Activity
from activities.models.schedule import Session
from huizen.models import House


class Broadcast(models.Model):
    """One message to many families. `id`: the form that sent it; sending that form again sends nothing.

    Who got it stands in the outbox alone, and goes with it; here stays how many.
    """

    class Audience(models.TextChoices):
        CONFIRMED = "confirmed", "wie een plaats heeft"
        WAITING = "waiting", "wie op de wachtlijst staat"
        CURRENT = "current", "wie een plaats heeft en wie wacht"
        PRESENT = "present", "wie er was"
        CHOSEN = "chosen", "wie ik aanvink"

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="broadcasts", verbose_name="activiteit"
    )
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="broadcasts", verbose_name="moment"
    )
    audience = models.CharField("aan", max_length=10, choices=Audience)
    subject = models.CharField("onderwerp", max_length=100)
    text = models.TextField("bericht", max_length=2000)
    families = models.PositiveIntegerField("gezinnen")
    sent_at = models.DateTimeField("geschreven op")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="geschreven door"
    )

    class Meta:
        verbose_name = "bericht aan gezinnen"
        verbose_name_plural = "berichten aan gezinnen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(text=""),
                name="broadcast_says_something",
                violation_error_message="Schrijf een onderwerp en een bericht.",
            ),
        ]
        indexes = [models.Index(fields=["activity", "-sent_at"], name="broadcast_activity")]

    def __str__(self):
        return f"{self.subject} ({self.activity})"


class BroadcastText(models.Model):
    """A text that a House keeps, to start the next message from."""

    house = models.ForeignKey(House, models.CASCADE, related_name="broadcast_texts", verbose_name="Huis")
    name = models.CharField("naam", max_length=60)
    subject = models.CharField("onderwerp", max_length=100)
    text = models.TextField("bericht", max_length=2000)

    class Meta:
        verbose_name = "bewaarde tekst"
        verbose_name_plural = "bewaarde teksten"
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"],
                name="broadcast_text_once",
                violation_error_message="Jullie Huis heeft al een tekst met deze naam.",
            ),
        ]

    def __str__(self):
        return self.name
