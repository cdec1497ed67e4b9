"""What the desk says about mail: which did not arrive, so that somebody phones."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from huizen.dashboard import Tally, Tile
from huizen.models import Message, User
from huizen.outbox.suppression import unreachable
from huizen.roles import Permission
from huizen.words import count

#: After this long a mail that failed is history.
RECENT = timedelta(days=7)


def _failed(user: User, now: datetime) -> QuerySet[Message]:
    """The mails of the last week that were refused, or of which nobody knows; not to who must be called anyway."""
    recent = Message.objects.visible_to(user).filter(created_at__gte=now - RECENT)
    recent = recent.exclude(address_hash__in=unreachable(user).order_by().values("address_hash"))
    return recent.filter(state__in=[Message.State.FAILED, Message.State.UNKNOWN]).order_by("created_at", "pk")


def _call(number: int, first) -> Tile:
    words = count(number, "bericht kwam misschien niet aan", "berichten kwamen misschien niet aan")
    address = reverse("delivery_list") + "?toestand=failed"
    return Tile("Post", f"{words}. Bel deze mensen.", address, "Bekijk", number, 20)


undelivered = Tally(Permission.SEE_DELIVERY, _failed, _call)


def _to_call(number: int, first) -> Tile:
    words = count(number, "persoon krijgt onze mails niet", "mensen krijgen onze mails niet")
    return Tile(
        "Bellen", f"{words}. Bel deze ouder of partner.", reverse("call_list"), "Bekijk wie", number, 18
    )


people_to_call = Tally(Permission.SEE_DELIVERY, lambda user, now: unreachable(user), _to_call)
