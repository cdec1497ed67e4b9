"""The agenda of a meeting: its points with their documents, and what others propose for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.models.agreement import closed_storage
from partners.models.meeting_group import planned_by


class Purpose(models.TextChoices):
    """What a point is for."""

    INFORM = "inform", "ter info"
    DISCUSS = "discuss", "bespreken"
    DECIDE = "decide", "beslissen"


def minutes_rule(name: str) -> models.CheckConstraint:
    """How long a point may last; nothing where nobody said."""
    return models.CheckConstraint(
        condition=Q(minutes=None) | Q(minutes__gt=0, minutes__lte=480),
        name=name,
        violation_error_message="Kies 1 tot 480 minuten.",
    )


class AgendaItemQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the meetings that the person plans."""
        return self.filter(planned_by(user, "meeting__"))

    def to_carry(self, meetings):
        """What these meetings put off and what no meeting that goes on took up again."""
        again = AgendaItem.objects.filter(carried_from=models.OuterRef("pk"))
        again = again.exclude(meeting__status="cancelled")
        deferred = self.filter(meeting__in=meetings, state=AgendaItem.State.DEFERRED)
        return deferred.filter(~models.Exists(again))


class AgendaItem(models.Model):
    """A point of the agenda: what it is for, how long, who brings it, and how it ended.

    `source` names what it was made of where it was offered (partners/agenda_sources.py), so that one tap adds it once.
    """

    Purpose = Purpose

    class State(models.TextChoices):
        OPEN = "open", "nog te bespreken"
        HANDLED = "handled", "besproken"
        DEFERRED = "deferred", "doorgeschoven"

    meeting = models.ForeignKey(
        "partners.Meeting", models.CASCADE, related_name="agenda", verbose_name="overleg"
    )
    position = models.PositiveSmallIntegerField("volgorde")
    title = models.CharField("punt", max_length=160)
    purpose = models.CharField("doel", max_length=10, choices=Purpose, default=Purpose.DISCUSS)
    minutes = models.PositiveSmallIntegerField("minuten", null=True, blank=True)
    presenter = models.CharField("wie brengt het", max_length=80, blank=True)
    text = models.TextField("toelichting", max_length=2000, blank=True)
    state = models.CharField("toestand", max_length=10, choices=State, default=State.OPEN)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried",
        verbose_name="doorgeschoven van",
    )
    source = models.CharField("waaruit het kwam", max_length=80, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting", "source"],
                condition=~Q(source=""),
                name="agenda_source_once",
                violation_error_message="Dit staat al op de agenda.",
            ),
            minutes_rule("agenda_minutes"),
        ]
        indexes = [
            models.Index(fields=["meeting"], condition=Q(state="deferred"), name="agenda_deferred"),
        ]

    def __str__(self):
        return self.title


class AgendaDocument(models.Model):
    """A file or an address with a point. `name`: what the file was called; its own name on the disk is ours."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="documents", verbose_name="agendapunt")
    title = models.CharField("titel", max_length=120)
    url = models.URLField("adres", max_length=500, blank=True)
    file = models.FileField("bestand", upload_to="overleg/", storage=closed_storage, blank=True)
    name = models.CharField("naam van het bestand", max_length=120, blank=True)
    size = models.PositiveIntegerField("grootte", default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="door"
    )
    added_at = models.DateTimeField("op")

    class Meta:
        verbose_name = "document bij een agendapunt"
        verbose_name_plural = "documenten bij agendapunten"
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", name="", size=0) & ~Q(url="") | Q(url="", size__gt=0) & ~Q(file=""),
                name="agenda_document_is_file_or_link",
                violation_error_message="Kies een bestand of geef een adres, niet allebei.",
            ),
        ]

    def __str__(self):
        return self.title


class AgendaProposalQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those that the person decides on: of the meetings that she plans."""
        return self.filter(planned_by(user, "meeting__"))

    def waiting(self):
        """Those that nobody decided on yet."""
        return self.filter(state=AgendaProposal.State.WAITING)


class AgendaProposal(models.Model):
    """A point that somebody who is asked to the meeting, or a partner's editor, would like to see on the agenda."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht op de organisator"
        ACCEPTED = "accepted", "staat op de agenda"
        DECLINED = "declined", "komt niet op de agenda"

    meeting = models.ForeignKey(
        "partners.Meeting", models.CASCADE, related_name="proposals", verbose_name="overleg"
    )
    title = models.CharField("punt", max_length=160)
    purpose = models.CharField("doel", max_length=10, choices=Purpose, default=Purpose.DISCUSS)
    minutes = models.PositiveSmallIntegerField("minuten", null=True, blank=True)
    text = models.TextField("toelichting", max_length=2000, blank=True)
    invitation = models.ForeignKey(
        "partners.MeetingInvitation", models.CASCADE, null=True, related_name="+", verbose_name="gevraagde"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name="redacteur"
    )
    state = models.CharField("toestand", max_length=10, choices=State, default=State.WAITING)
    answer = models.CharField("antwoord", max_length=300, blank=True)
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+", verbose_name="punt")
    proposed_at = models.DateTimeField("voorgesteld op")
    decided_at = models.DateTimeField("beslist op", null=True)

    objects = AgendaProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel voor de agenda"
        verbose_name_plural = "voorstellen voor de agenda"
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation=None, user__isnull=False) | Q(invitation__isnull=False, user=None),
                name="agenda_proposal_is_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | ~Q(state="waiting") & ~Q(decided_at=None),
                name="agenda_proposal_decided_has_time",
            ),
            minutes_rule("agenda_proposal_minutes"),
        ]

    def __str__(self):
        return self.title

    @property
    def who(self) -> tuple[str, str]:
        """The name and the address of who proposed it."""
        return (
            (self.invitation.name, self.invitation.email)
            if self.invitation
            else (str(self.user), self.user.email)
        )
