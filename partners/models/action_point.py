"""What somebody would do after a meeting, and by when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from huizen.models import House, User
from partners.models.agenda import AgendaItem
from partners.models.meeting import Meeting, MeetingInvitation
from partners.models.meeting_group import NETWORK, planned_by
from partners.models.organisation import Contact


class ActionPointQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Those of the Houses in which the person plans meetings; for the agency those of the network."""
        return self.filter(planned_by(user))

    def open(self):
        """Those that still have to be done."""
        return self.filter(state=ActionPoint.State.OPEN)

    def late(self, today: date):
        """Those whose day is past."""
        return self.open().filter(due_on__lt=today)

    def with_owner(self):
        """With who does it, and where it was agreed."""
        return self.select_related(
            "house", "meeting", "owner_user", "owner_contact__organisation", "owner_invitation"
        )


class ActionPoint(models.Model):
    """One thing to do: by whom (somebody with an account, a contact of a partner, or who was asked), and by when.

    `version` rises when another person or another day is agreed, at `set_at`: reminders carry it in their key.
    """

    class State(models.TextChoices):
        OPEN = "open", "te doen"
        DONE = "done", "klaar"
        DROPPED = "dropped", "niet meer nodig"

    house = models.ForeignKey(
        House, models.CASCADE, null=True, related_name="action_points", verbose_name="Huis"
    )
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="action_points", verbose_name="overleg"
    )
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, related_name="action_points", verbose_name="agendapunt"
    )
    title = models.CharField("wat", max_length=200)
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="wie (account)"
    )
    owner_contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="+", verbose_name="wie (contactpersoon)"
    )
    owner_invitation = models.ForeignKey(
        MeetingInvitation, models.SET_NULL, null=True, related_name="+", verbose_name="wie (gevraagde)"
    )
    due_on = models.DateField("tegen", null=True)
    state = models.CharField("toestand", max_length=10, choices=State, default=State.OPEN)
    version = models.PositiveSmallIntegerField(default=1)
    set_at = models.DateTimeField("zo afgesproken sinds")
    changed_at = models.DateTimeField("gewijzigd op")
    closed_at = models.DateTimeField("afgerond op", null=True)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = "actiepunt"
        verbose_name_plural = "actiepunten"
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_contact=None, owner_invitation=None)
                | Q(owner_user=None, owner_invitation=None)
                | Q(owner_user=None, owner_contact=None),
                name="action_point_has_one_owner",
                violation_error_message="Kies één persoon.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & ~Q(closed_at=None),
                name="action_point_closed_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["house", "due_on"], condition=Q(state="open"), name="action_point_open")
        ]

    def __str__(self):
        return self.title

    @property
    def owner(self) -> User | Contact | MeetingInvitation | None:
        """Who does it."""
        return self.owner_user or self.owner_contact or self.owner_invitation

    @property
    def owner_key(self) -> str:
        """Who does it, as reminders, links and forms name her: "u7" an account, "c7" a contact, "i7" who was asked."""
        for letter, pk in (
            ("u", self.owner_user_id),
            ("c", self.owner_contact_id),
            ("i", self.owner_invitation_id),
        ):
            if pk:
                return f"{letter}{pk}"
        return ""

    @property
    def owner_name(self) -> str:
        """Her name; "" where nobody was named, or where it was erased."""
        return str(self.owner_user) if self.owner_user else getattr(self.owner, "name", "")

    @property
    def owner_email(self) -> str:
        """The address for reminders; "" where there is none."""
        address = getattr(self.owner, "email", "")
        return "" if address.endswith(".invalid") else address

    @property
    def host(self) -> str:
        """Where it was agreed: the House, or the network."""
        return self.house.name if self.house else NETWORK

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_late(self, *, today: date) -> bool:
        """Whether it should have been done."""
        return self.is_open and self.due_on is not None and self.due_on < today
