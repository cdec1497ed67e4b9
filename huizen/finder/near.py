"""From a position to the place where it lies, and from a municipality to the key of its place."""

import math
from datetime import date

from huizen.finder import FoundPlace, place_by_key
from huizen.finder.index import Place, current

#: Farther than this from every place that we know, somebody is not in Flanders or Brussels.
FARTHEST_KM = 25
KM_PER_DEGREE = 111.2


def nearest_place(lat: float, lon: float, *, day: date) -> FoundPlace | None:
    """The place that lies nearest to a position (WGS84 degrees); None far from all of them."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    per_lon = math.cos(math.radians(lat))
    places = current().by_slug.values()
    nearest = min(
        places, key=lambda place: math.hypot(place.lat - lat, (place.lon - lon) * per_lon), default=None
    )
    if nearest is None:
        return None
    km = KM_PER_DEGREE * math.hypot(nearest.lat - lat, (nearest.lon - lon) * per_lon)
    return place_by_key(nearest.slug, day=day) if km <= FARTHEST_KM else None


def whole_municipalities() -> list[Place]:
    """Each municipality of today as a place to choose; no query."""
    return [place for place in current().by_slug.values() if place.is_whole]
