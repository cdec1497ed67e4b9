"""What the moments of a House ask today: families that wait, who comes today and tomorrow, who came."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from activities.actions.waiting_list import movable
from activities.attendance_sheet import without_attendance
from activities.models import Activity, Session
from huizen.dashboard import Tally, Tile
from huizen.models import House, User
from huizen.roles import Permission
from huizen.words import count, wall

SEE = Permission.SEE_REGISTRATIONS


def _sessions(user: User) -> QuerySet[Session]:
    own = House.objects.where(user, SEE)
    return Session.objects.scheduled().filter(activity__house__in=own).order_by("starts_at", "pk")


def _waiting(user: User, now: datetime) -> QuerySet[Session]:
    # Who waits for a draw needs nothing of anybody.
    draws = Q(activity__waiting_order=Activity.WaitingOrder.DRAW, drawn_at=None)
    return _sessions(user).filter(starts_at__gt=now, waiting_count__gt=0).exclude(draws)


def _moving(user: User, now: datetime) -> QuerySet[Session]:
    """Moments with a place that somebody who waits could have."""
    return _waiting(user, now).filter(pk__in=movable(now=now).values("pk"))


def _promote(number: int, first: int) -> Tile:
    words = count(number, "moment is er plaats", "momenten is er plaats")
    text = f"Bij {words} voor wie wacht. Schuif door."
    address = reverse("session_manage", args=[first])
    return Tile("Wachtlijst die verder kan", text, address, "Schuif door", number, 12)


def _full(user: User, now: datetime) -> QuerySet[Session]:
    """Moments of which the waiting list needs more places, or another moment."""
    return _waiting(user, now).exclude(pk__in=movable(now=now).values("pk"))


def _wait(number: int, first: int) -> Tile:
    text = f"Bij {count(number, 'moment', 'momenten')} staan gezinnen op de wachtlijst."
    return Tile("Wachtlijsten", text, reverse("session_list"), "Bekijk", number, 30)


def _soon(user: User, now: datetime) -> QuerySet[Session]:
    """What families signed up for today and tomorrow: from there one date is called off."""
    until = wall(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
    return _sessions(user).upcoming(now=now).filter(starts_at__lt=until, confirmed_count__gt=0)


def _come(number: int, first: int) -> Tile:
    text = f"{count(number, 'moment', 'momenten')} waarvoor gezinnen inschreven."
    return Tile("Vandaag en morgen", text, reverse("session_list"), "Naar de momenten", number, 25)


def _not_noted(user: User, now: datetime) -> QuerySet[Session]:
    """Moments of which nobody noted yet who came, the last one first."""
    own = House.objects.where(user, SEE)
    return without_attendance(now=now).filter(activity__house__in=own).order_by("-starts_at", "-pk")


def _note(number: int, first: int) -> Tile:
    text = f"{count(number, 'moment', 'momenten')} zonder aanwezigheid. Begin met het laatste."
    return Tile("Wie kwam er?", text, reverse("attendance_take", args=[first]), "Noteer", number, 20)


MOMENT_TILES = (
    Tally(SEE, _moving, _promote),
    Tally(SEE, _full, _wait),
    Tally(SEE, _soon, _come),
    Tally(SEE, _not_noted, _note),
)
