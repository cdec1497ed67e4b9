"""What the desk says about mail: which did not arrive, so that somebody phones."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from huizen.dashboard import Tile
from huizen.models import Message, User
from huizen.roles import Permission
from huizen.words import count

#: After this long a mail that failed is history.
RECENT = timedelta(days=7)


def undelivered(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for the mails of the last week that were refused, or of which nobody knows."""
    if not user.may(Permission.SEE_DELIVERY):
        return
    recent = Message.objects.visible_to(user).filter(created_at__gte=now - RECENT)
    number = recent.filter(state__in=[Message.State.FAILED, Message.State.UNKNOWN]).count()
    if number:
        words = count(number, "bericht kwam misschien niet aan", "berichten kwamen misschien niet aan")
        address = reverse("delivery_list") + "?toestand=failed"
        yield Tile("Post", f"{words}. Bel deze mensen.", address, "Bekijk", number, 20)
