"""What the desk asks around minutes: to write, to approve, to do, and points that others propose."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from huizen.dashboard import Tally, Tile
from huizen.models import User
from huizen.roles import Permission
from huizen.words import count, wall
from partners.models import ActionPoint, AgendaItem, AgendaProposal, Meeting, Minutes

#: Minutes are asked for so long after a meeting; their approval so long before the next.
ASKED, NEAR = timedelta(days=60), timedelta(days=7)
PLAN = Permission.PLAN_MEETINGS


def _unwritten(user: User, now: datetime) -> QuerySet[Meeting]:
    """Meetings that were held with an agenda, and whose minutes did not go round."""
    held = Meeting.objects.editable_by(user).filter(
        status=Meeting.Status.SCHEDULED, ends_at__lte=now, ends_at__gt=now - ASKED
    )
    with_agenda = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")))
    unsent = Q(minutes=None) | Q(minutes__state=Minutes.State.DRAFT)
    return held.filter(unsent, with_agenda).order_by("ends_at", "pk")


def _write(number: int, first: int) -> Tile:
    text = f"{count(number, 'overleg heeft', 'overleggen hebben')} nog geen verslag dat rondging."
    return Tile("Verslag te schrijven", text, reverse("minutes_edit", args=[first]), "Schrijf", number, 28)


def _unapproved(user: User, now: datetime) -> QuerySet[Minutes]:
    """Minutes that went round, where a next meeting is near or was held."""
    later = Meeting.objects.alias(home=Coalesce("house_id", 0), circle=Coalesce("group_id", 0)).filter(
        home=Coalesce(OuterRef("meeting__house_id"), 0),
        circle=Coalesce(OuterRef("meeting__group_id"), 0),
        status=Meeting.Status.SCHEDULED,
        starts_at__gt=OuterRef("meeting__starts_at"),
        starts_at__lte=now + NEAR,
    )
    sent = Minutes.objects.editable_by(user).filter(state=Minutes.State.CIRCULATED)
    return sent.filter(Exists(later)).order_by("meeting__starts_at", "pk")


def _approve(number: int, first: int) -> Tile:
    text = f"{count(number, 'verslag wacht', 'verslagen wachten')} op goedkeuring in een volgend overleg."
    url = reverse("minutes_detail", args=[first])
    return Tile("Verslag goed te keuren", text, url, "Bekijk het verslag", number, 45)


def _due(user: User, now: datetime) -> QuerySet[ActionPoint]:
    """What should be done by today in her Houses."""
    due = ActionPoint.objects.open().editable_by(user).filter(due_on__lte=wall(now).date())
    return due.order_by("due_on", "pk")


def _do(number: int, first: int) -> Tile:
    text = f"{count(number, 'actiepunt moest', 'actiepunten moesten')} vandaag klaar zijn, of vroeger."
    return Tile("Actiepunten", text, reverse("action_list"), "Bekijk", number, 42)


def _proposed(user: User, now: datetime) -> QuerySet[AgendaProposal]:
    """Points that wait for her word, of meetings to come."""
    waiting = AgendaProposal.objects.waiting().editable_by(user)
    return waiting.filter(meeting__starts_at__gt=now).order_by("proposed_at", "pk")


def _decide(number: int, first: int) -> Tile:
    text = f"{count(number, 'punt is', 'punten zijn')} voorgesteld voor de agenda van een overleg."
    url = reverse("proposal_decide", args=[first])
    return Tile("Voorstel voor de agenda", text, url, "Bekijk", number, 29)


MINUTES_TILES = (
    Tally(PLAN, _unwritten, _write),
    Tally(PLAN, _unapproved, _approve),
    Tally(PLAN, _due, _do),
    Tally(PLAN, _proposed, _decide),
)
