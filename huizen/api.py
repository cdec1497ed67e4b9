"""What other pages and programs may ask: places, while somebody types."""

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.finder import FoundPlace, find_places
from huizen.finder.names import LONGEST
from huizen.finder.near import nearest_place
from huizen.models import House
from huizen.shared_pages import shared


@require_safe
@public
@shared
@cache_control(public=True, max_age=60)
def places(request: HttpRequest) -> JsonResponse:
    """`/api/plaatsen?q=`: at most twelve places, best first, each with the House that serves it today."""
    q = request.GET.get("q", "").strip()[:LONGEST]
    found = find_places(q, day=timezone.localdate())
    return JsonResponse({"q": q, "places": [_place(place) for place in found]})


@require_safe
@public
@cache_control(no_store=True)
def near(request: HttpRequest) -> JsonResponse:
    """`/api/dichtbij?lat=&lon=`: the key and the name of the place nearest to a position; nothing of it is kept."""
    try:
        lat, lon = float(request.GET["lat"]), float(request.GET["lon"])
    except (KeyError, ValueError):
        return JsonResponse({"error": "Geef lat en lon, in graden."}, status=400)
    place = nearest_place(lat, lon, day=timezone.localdate())
    if place is None:
        return JsonResponse({"error": gettext("Je bent niet in Vlaanderen of Brussel.")}, status=404)
    return JsonResponse({"key": place.slug, "label": place.label})


def _place(place: FoundPlace) -> dict:
    return {
        "key": place.slug,
        "label": place.label,
        "postcode": place.postcode,
        "name": place.name,
        "municipality": place.municipality.name,
        "province": place.municipality.province,
        "lat": place.lat,
        "lon": place.lon,
        "house": _house(place.house) if place.house else None,
        "exact": place.exact,
    }


def _house(house: House) -> dict:
    return {"name": house.name, "slug": house.slug, "url": reverse("house_detail", args=[house.slug])}
