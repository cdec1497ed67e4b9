"""`/activiteiten/kaart/`: what was found, on a map; the same choices in the address as the list."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from activities import map as maps
from activities.question import ask
from activities.search import find
from huizen.access import public
from huizen.finder.near import whole_municipalities
from huizen.shared_pages import shared

#: More than all of Flanders offers.
ALL = 20_000
#: A phone draws so many without waiting; the nearest or likeliest come first.
MOST_POINTS = 1_000


@require_safe
@public
@shared
def activity_map(request):
    """Our own drawing of the municipalities with links, and where there is JavaScript a map to move about in."""
    now = timezone.now()
    question = ask(request.GET, now=now)
    found = find(question.wanted, now=now, stop=ALL, counting=())
    context = {
        "question": question,
        "place": question.place,
        "total": found.total,
        "chips": question.chips(),
        "notes": question.notes,
        "drawing": maps.drawing(question, found.hits),
        "list_url": question.address(),
        "points_url": question.address("map_api"),
        "home_on_the_map": maps.home_on_the_map(question.place.found),
        "tiles": settings.MAP_TILES_URL,
        "credit": settings.MAP_TILES_CREDIT,
    }
    return render(request, "activities/map.html", context)


@require_safe
@public
@shared
def map_points(request):
    """`/api/kaart?…`: GeoJSON (RFC 7946) of the places where something was found, each with its first offers."""
    now = timezone.now()
    found = find(ask(request.GET, now=now).wanted, now=now, stop=MOST_POINTS, counting=())
    points = maps.points(list(found.hits), now=now)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(point.lon, 5), round(point.lat, 5)]},
            "properties": {"name": point.name, "count": point.count, "offers": point.offers},
        }
        for point in points
    ]
    return JsonResponse({"type": "FeatureCollection", "total": found.total, "features": features})


@require_safe
@public
@cache_control(public=True, max_age=86400)
def map_land(request):
    """`/api/kaart/gemeenten`: the municipalities of today as [name, latitude, longitude, inhabitants]."""
    towns = [place.municipality for place in whole_municipalities()]
    rows = [[town.name, round(town.lat, 3), round(town.lon, 3), town.population_2020 or 0] for town in towns]
    return JsonResponse({"municipalities": rows})
