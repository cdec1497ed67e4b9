"""What the offer of a House asks today: proposals, pages that nobody looked at for half a year, families that wait."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from activities.models import Activity, Session
from huizen.dashboard import Tile
from huizen.models import House, User
from huizen.roles import Permission
from huizen.words import count, wall

#: After this long an entry asks to be looked at again; parents see it too.
STALE_DAYS = 183


def offer_to_look_at(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for proposals to decide on, and one for published offer that is long unchecked (one query)."""
    today = wall(now).date()
    long_ago = today - timedelta(days=STALE_DAYS)
    approves = Q(house__in=House.objects.where(user, Permission.APPROVE_OFFER))
    stale = Q(status=Activity.Status.PUBLISHED) & (Q(checked_on=None) | Q(checked_on__lt=long_ago))
    found = Activity.objects.editable_by(user).aggregate(
        proposed=Count("pk", filter=Q(status=Activity.Status.PROPOSED) & approves),
        stale=Count("pk", filter=stale),
    )
    address = reverse("offer_list")
    if found["proposed"]:
        words = count(found["proposed"], "voorstel van een partner wacht", "voorstellen van partners wachten")
        yield Tile(
            "Voorstellen", f"{words} op jou.", f"{address}?status=proposed", "Bekijk", found["proposed"], 10
        )
    if found["stale"]:
        words = count(found["stale"], "activiteit is", "activiteiten zijn")
        text = f"{words} een half jaar niet nagekeken."
        yield Tile("Na te kijken", text, f"{address}?status=published", "Kijk na", found["stale"], 40)


def families_that_wait(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for moments of which the waiting list needs more places, or another moment (one query)."""
    houses = House.objects.where(user, Permission.SEE_REGISTRATIONS)
    waiting = Session.objects.scheduled().filter(
        activity__house__in=houses, starts_at__gt=now, waiting_count__gt=0
    )
    moments = waiting.count()
    if moments:
        text = f"Bij {count(moments, 'moment', 'momenten')} staan gezinnen op de wachtlijst."
        yield Tile("Wachtlijsten", text, reverse("session_list"), "Bekijk", moments, 30)
