"""The House that somebody can turn to: which of its places is open now, or opens first."""

from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from huizen.changes import Piece, Pieces
from huizen.models import Holiday, House, Location, OpeningException, OpeningHours
from huizen.open_places import days_off, places_in_use
from huizen.opening import opening_now
from huizen.words import midnight_after

#: There are some 250 Houses; in four languages.
MOST = 1000
_cards: Pieces[SafeString] = Pieces(most=MOST)


def house_card(house: House, *, now: datetime) -> SafeString:
    """The card of a House: its first place that has walk-in hours, and whether that is open now."""
    return _cards.get(house.pk, lambda: _made(house.pk, now), now=now)


def _made(pk: int, now: datetime) -> Piece[SafeString]:
    # Read again: the caller may have found it before a change that was told meanwhile.
    house, off = House.objects.get(pk=pk), days_off(now)
    places = [place for place in places_in_use(house.pk) if place.kind != Location.Kind.ONLINE]
    openings = [(place, opening_now(place, now=now, days_off=off)) for place in places]
    # Open now comes first, then what opens next, then what is only known by its address.
    openings.sort(
        key=lambda pair: (not pair[1].open, pair[1].next_opens_at is None, pair[1].next_opens_at or now)
    )
    nearest, opening = openings[0] if openings else (None, None)
    context = {"house": house, "nearest": nearest, "opening": opening}
    changes_at = [each.changes_at for _, each in openings if each.changes_at]
    return Piece.of(
        render_to_string("activities/house_card.html", context),
        since=now,
        until=min([midnight_after(now), *changes_at]),
        tables=(Holiday, Location, OpeningException, OpeningHours),
        rows={House: [house.pk]},
    )
