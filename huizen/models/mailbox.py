"""What people, mailboxes and mail providers say about our mail: who wants it how often, and where it comes back."""

from django.db import models
from django.db.models import Q

from huizen.models.outbox import Category, Message


class Suppression(models.Model):
    """An address that must not be written to; only a keyed hash of it is kept.

    Of one category (who does not want it) or, without one, of all but signing in (an address that does not work).
    """

    class Reason(models.TextChoices):
        HARD_BOUNCE = "hard_bounce", "adres bestaat niet"
        SOFT_BOUNCE = "soft_bounce", "mail komt telkens terug"
        COMPLAINT = "complaint", "gemeld als ongewenst"
        UNSUBSCRIBED = "unsubscribed", "wil dit niet meer"
        MANUAL = "manual", "op vraag"

    #: What a person can try again: the mailbox said no, not its owner.
    OF_MAILBOX = (Reason.HARD_BOUNCE, Reason.SOFT_BOUNCE)
    #: Nobody reads our mail there: only a call reaches this person.
    TO_CALL = (*OF_MAILBOX, Reason.COMPLAINT)

    address_hash = models.CharField(max_length=64)
    category = models.CharField("soort", max_length=20, choices=Category, blank=True)
    reason = models.CharField("reden", max_length=15, choices=Reason)
    at = models.DateTimeField("sinds")

    class Meta:
        verbose_name = "geweerd adres"
        verbose_name_plural = "geweerde adressen"
        constraints = [models.UniqueConstraint(fields=["address_hash", "category"], name="suppression_once")]

    def __str__(self):
        return self.get_reason_display()


class Preference(models.Model):
    """How often somebody wants one kind of mail, where that is not as it comes.

    Never at all is no preference but a `Suppression`: one list says to whom nothing goes.
    """

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", "meteen"
        DAILY = "daily", "in één mail, 's morgens"
        WEEKLY = "weekly", "één keer per week"
        OFF = "off", "niet"

    address_hash = models.CharField(max_length=64)
    category = models.CharField("soort", max_length=20, choices=Category)
    frequency = models.CharField("hoe vaak", max_length=10, choices=Frequency)
    at = models.DateTimeField("sinds")

    class Meta:
        verbose_name = "voorkeur voor mail"
        verbose_name_plural = "voorkeuren voor mail"
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "category"], name="preference_once"),
            models.CheckConstraint(
                condition=Q(frequency__in=["daily", "weekly"]), name="preference_is_a_wait"
            ),
        ]

    def __str__(self):
        return f"{self.get_category_display()}: {self.get_frequency_display()}"


class DeliveryEvent(models.Model):
    """What a mailbox or a mail provider told us later about a message: each telling once, however often it is repeated."""

    class Kind(models.TextChoices):
        DELIVERED = "delivered", "afgeleverd"
        DELAYED = "delayed", "komt later"
        SOFT_BOUNCE = "soft_bounce", "tijdelijk geweigerd"
        HARD_BOUNCE = "hard_bounce", "adres bestaat niet"
        COMPLAINT = "complaint", "gemeld als ongewenst"

    provider = models.CharField("bron", max_length=30)
    event_id = models.CharField(max_length=200)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, related_name="events", verbose_name="bericht"
    )
    address_hash = models.CharField(max_length=64, blank=True)
    kind = models.CharField("wat", max_length=15, choices=Kind)
    at = models.DateTimeField("wanneer")
    text = models.CharField("antwoord", max_length=300, blank=True)

    class Meta:
        verbose_name = "teken van aflevering"
        verbose_name_plural = "tekens van aflevering"
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="event_once")]
        indexes = [
            models.Index(
                fields=["address_hash", "at"], condition=Q(kind="soft_bounce"), name="event_soft_bounces"
            )
        ]

    def __str__(self):
        return self.get_kind_display()
