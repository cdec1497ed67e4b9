"""The outbox: mail that is planned, waiting, on its way or sent.

The database is the queue; Celery only rings the bell. Every row has a key that exists once, so the same
reminder cannot be planned or sent twice. What becomes of a row is told in `huizen/outbox/`.
"""

import uuid

from django.db import models
from django.db.models import Case, Q, Value, When

from huizen.models.house import House
from huizen.roles import Permission


class Category(models.TextChoices):
    """What a message is about. It decides opt-out, quiet hours and what a crash may cost."""

    CONFIRMATION = "confirmation", "bevestiging van een inschrijving"
    CHANGE = "change", "wijziging of annulering"
    PLACE_FREE = "place_free", "een plaats kwam vrij"
    SPOT_WATCH = "spot_watch", "weer plaats, op vraag"
    SESSION_REMINDER = "session_reminder", "herinnering aan een activiteit"
    FEEDBACK = "feedback", "vraag hoe het was"
    MEETING = "meeting", "uitnodiging of wijziging van een overleg"
    MEETING_REMINDER = "meeting_reminder", "herinnering aan een overleg"
    INVITATION = "invitation", "uitnodiging voor het portaal"
    ACCOUNT = "account", "aanmelden"
    REPORT = "report", "melding over een pagina"
    FOLLOW = "follow", "vraag om een weekmail"
    DIGEST = "digest", "weekmail"
    PARTNER_NEWS = "partner_news", "weekmail voor partners"
    CHECK = "check", "vraag of het nog klopt"
    PROJECT = "project", "verslag of aanvraag van een project"
    SURVEY = "survey", "bevraging van Opgroeien"
    MORNING = "morning", "ochtendmail"
    OPERATION = "operation", "waarschuwing aan wie het portaal beheert"


class Channel(models.TextChoices):
    """By which way a message reaches its person."""

    MAIL = "mail", "mail"
    SMS = "sms", "sms"


#: Who waits at a screen comes first, then news; reminders wait for both, however many are due at eight.
FIRST, NEWS, REMINDERS = 0, 1, 2
PRIORITY = Case(
    When(category__in=[Category.ACCOUNT, Category.CONFIRMATION, Category.FOLLOW], then=Value(FIRST)),
    When(
        category__in=[
            Category.SESSION_REMINDER,
            Category.MEETING_REMINDER,
            Category.DIGEST,
            Category.PARTNER_NEWS,
            Category.FEEDBACK,
            Category.CHECK,
            Category.SURVEY,
            Category.MORNING,
        ],
        then=Value(REMINDERS),
    ),
    default=Value(NEWS),
)


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the Houses where the person follows delivery; who keeps the portal sees all, also sign-in mails."""
        if user.is_superuser:
            return self
        return self.filter(house__in=House.objects.where(user, Permission.SEE_DELIVERY))


class PlannedMessage(models.Model):
    """A reminder that will be due: planned in the transaction of the change that causes it.

    `subject_type`/`subject_id` name the thing it is about; the app that owns that kind re-validates
    it at release and at sending, and renders it (huizen/outbox/kinds.py).
    """

    class State(models.TextChoices):
        PLANNED = "planned", "gepland"
        RELEASED = "released", "vertrokken"
        CANCELLED = "cancelled", "niet meer nodig"
        EXPIRED = "expired", "te laat"
        SUPPRESSED = "suppressed", "niet gewenst"
        FAILED = "failed", "mislukt"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    category = models.CharField("soort", max_length=20, choices=Category)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    channel = models.CharField("langs", max_length=4, choices=Channel, default=Channel.MAIL)
    recipient = models.CharField("aan", max_length=254)
    address_hash = models.CharField(max_length=64, blank=True)
    house = models.ForeignKey("huizen.House", models.CASCADE, null=True, related_name="+")
    merged_into = models.ForeignKey(
        "huizen.Message", models.SET_NULL, null=True, related_name="items", verbose_name="in de ochtendmail"
    )
    due_at = models.DateTimeField("te versturen op")
    expires_at = models.DateTimeField("zinloos na")
    state = models.CharField("toestand", max_length=12, choices=State, default=State.PLANNED)
    reason = models.CharField("reden", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "geplande herinnering"
        verbose_name_plural = "geplande herinneringen"
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="planned"), name="planned_due"),
            models.Index(fields=["address_hash"], condition=Q(state="planned"), name="planned_address"),
            models.Index(fields=["subject_type", "subject_id"], name="planned_subject"),
            models.Index(fields=["house", "-due_at"], name="planned_house"),
        ]

    def __str__(self):
        # Not the key: it may hold an address, and the logbook keeps what stands here.
        return self.get_category_display()


class Message(models.Model):
    """One mail, or one text message, to one person. Its bytes, Message-ID and Date are made once and kept.

    A crash after the server said yes can therefore at worst repeat the very same mail (RFC 5322, 3.6.4),
    which a mail reader recognises. `unknown`: the server got it all and we did not hear its answer. `bounced` and
    `complained` are heard later, of what was taken; no state but those two follows on `sent`.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "wacht"
        SENDING = "sending", "onderweg"
        SENT = "sent", "verstuurd"
        UNKNOWN = "unknown", "onzeker"
        FAILED = "failed", "mislukt"
        SUPPRESSED = "suppressed", "niet verstuurd"
        EXPIRED = "expired", "te laat"
        BOUNCED = "bounced", "teruggekomen"
        COMPLAINED = "complained", "gemeld als ongewenst"

    class Policy(models.TextChoices):
        AT_LEAST_ONCE = "at_least_once", "liever twee keer hetzelfde dan niets"
        AT_MOST_ONCE = "at_most_once", "liever niets dan twee keer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, blank=True)
    category = models.CharField("soort", max_length=20, choices=Category)
    policy = models.CharField(max_length=15, choices=Policy, default=Policy.AT_LEAST_ONCE)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True, default="")
    channel = models.CharField("langs", max_length=4, choices=Channel, default=Channel.MAIL)
    recipient = models.CharField("aan", max_length=254)
    address_hash = models.CharField(max_length=64, blank=True)
    house = models.ForeignKey("huizen.House", models.CASCADE, null=True, related_name="+")
    language = models.CharField("taal", max_length=5, default="nl")
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    calendar = models.TextField("agendabestand", blank=True)
    unsubscribe_url = models.CharField("adres om te stoppen", max_length=300, blank=True)
    title = models.CharField("onderwerp", max_length=200, blank=True)
    body_mime = models.BinaryField(null=True)
    # Unknown until the bytes are made; "" would not be unique.
    message_id = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001
    created_at = models.DateTimeField("gemaakt op")
    not_before = models.DateTimeField("niet voor")
    expires_at = models.DateTimeField("zinloos na", null=True)
    state = models.CharField("toestand", max_length=12, choices=State, default=State.QUEUED)
    reason = models.CharField("reden", max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    claim_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField("verstuurd op", null=True)
    segments = models.PositiveSmallIntegerField("delen van de sms", default=0)
    cost = models.DecimalField("prijs in euro", max_digits=8, decimal_places=4, default=0)
    priority = models.GeneratedField(
        expression=PRIORITY, output_field=models.SmallIntegerField(), db_persist=True
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claim_token__isnull=False, lease_until__isnull=False),
                name="message_sending_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "not_before"], condition=Q(state="queued"), name="message_queued"
            ),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="message_sending"),
            models.Index(fields=["subject_type", "subject_id"], name="message_subject"),
            models.Index(fields=["house", "-created_at"], name="message_house"),
            models.Index(fields=["address_hash"], condition=~Q(address_hash=""), name="message_address"),
        ]

    def __str__(self):
        # Not the key: it may hold an address, and the logbook keeps what stands here.
        return self.get_category_display()


class DeliveryAttempt(models.Model):
    """One try to hand a message to the mail server, and what the server said."""

    class Outcome(models.TextChoices):
        STARTED = "started", "begonnen"
        ACCEPTED = "accepted", "aanvaard"
        TEMPORARY = "temporary", "later opnieuw"
        PERMANENT = "permanent", "geweigerd"
        TIMEOUT = "timeout", "geen antwoord"
        CRASHED = "crashed", "onderbroken"
        WITHHELD = "withheld", "tegengehouden"

    message = models.ForeignKey(Message, models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField("poging")
    started_at = models.DateTimeField("begonnen op")
    ended_at = models.DateTimeField("geëindigd op", null=True)
    outcome = models.CharField("afloop", max_length=10, choices=Outcome, default=Outcome.STARTED)
    smtp_code = models.PositiveSmallIntegerField("code", null=True)
    text = models.CharField("antwoord", max_length=300, blank=True)

    class Meta:
        verbose_name = "poging"
        verbose_name_plural = "pogingen"
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="attempt_once")]

    def __str__(self):
        return f"{self.message_id} poging {self.number}"
