"""The House that somebody can turn to: which of its places is open now, or opens first."""

from datetime import datetime

from huizen.models import House, Location
from huizen.open_places import days_off, places_in_use
from huizen.opening import opening_now


def with_opening(house: House, now: datetime) -> House:
    """The House with its first place that has walk-in hours (`place`), and whether that is open now (`opening`)."""
    off = days_off(now)
    places = [place for place in places_in_use(house.pk) if place.kind != Location.Kind.ONLINE]
    openings = [(place, opening_now(place, now=now, days_off=off)) for place in places]
    # Open now comes first, then what opens next, then what is only known by its address.
    openings.sort(
        key=lambda pair: (not pair[1].open, pair[1].next_opens_at is None, pair[1].next_opens_at or now)
    )
    house.place, house.opening = openings[0] if openings else (None, None)
    return house
