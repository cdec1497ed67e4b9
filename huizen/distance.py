"""How far two places are from each other."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres as the crow flies between two points in WGS84 degrees (haversine formula)."""
    up, along = radians(other_lat - lat), radians(other_lon - lon)
    a = sin(up / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(along / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(a)))
