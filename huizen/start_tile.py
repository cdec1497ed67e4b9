"""What the desk says of a House whose data are not complete."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from huizen.dashboard import Tile
from huizen.house_start import lacks, with_parts
from huizen.models import House, User
from huizen.roles import Permission

#: So many things are named; the page itself names all.
NAMED = 3


def incomplete_houses(user: User, now: datetime) -> Iterator[Tile]:
    """A tile for each of her Houses that lacks something (one query)."""
    if not user.may(Permission.EDIT_HOUSE):
        return
    houses = House.objects.editable_by(user).order_by("name", "pk")
    for house in with_parts(houses, now=now):
        missing = lacks(house)
        if missing:
            text = f"Bij {house} ontbreekt nog: {_in_short(missing)}."
            address = reverse("house_start", args=[house.slug])
            yield Tile("Maak het Huis volledig", text, address, "Ga verder", len(missing), 25)


def _in_short(missing: list[str]) -> str:
    named = ", ".join(missing[:NAMED])
    return f"{named} en nog {len(missing) - NAMED}" if len(missing) > NAMED else named
