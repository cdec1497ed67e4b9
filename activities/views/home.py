"""`/`: where you live, your House, what is on this week nearby, and the doors to the rest."""

from dataclasses import replace
from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities import search
from activities.nearest_house import with_opening
from activities.place_choice import PlaceChoice, chosen_place
from activities.topics import TOPICS
from huizen.access import public
from huizen.vocabulary import AGE_BANDS, Element

SHOWN = 6
NEARBY_KM = 20
WEEK = timedelta(days=7)
DOORS = (
    (Element.SUPPORT, "Hulp en advies bij een vraag"),
    (Element.ENCOUNTER, "Andere ouders en kinderen zien"),
    (Element.ACTIVITIES, "Samen iets doen of leren"),
)


@require_safe
@public
def home(request):
    """The front page; with a known place everything is counted from there."""
    now = timezone.now()
    place = chosen_place(request.GET.get("plaats", ""), day=timezone.localdate(now))
    heading, activities = _nearest(place, now)
    context = {
        "place": place,
        "house": place.house and with_opening(place.house, now),
        "heading": heading,
        "activities": activities,
        "doors": DOORS,
        "topics": TOPICS,
        "bands": AGE_BANDS,
        "query": f"plaats={place.found.slug}&" if place.found else "",
        "now": now,
    }
    return render(request, "activities/home.html", context)


def _nearest(place: PlaceChoice, now) -> tuple[str, list]:
    """The first of these that is not empty: this week nearby, soon nearby, soon and further. With its heading."""
    if place.spot:
        near = search.Wanted(spot=place.spot, straal=NEARBY_KM, volgorde="dichtst")
        where, last = "in je buurt", ("Binnenkort, iets verder", replace(near, straal=None))
    else:
        near = search.Wanted(volgorde="eerst")
        where, last = "in Vlaanderen en Brussel", ("Binnenkort in Vlaanderen en Brussel", near)
    tries = [
        (f"Deze week {where}", replace(near, between=(now, now + WEEK))),
        (f"Binnenkort {where}", near),
        last,
    ]
    for heading, wanted in tries:
        if activities := search.cards(search.find(wanted, now=now, stop=SHOWN).hits):
            return heading, activities
    return tries[0][0], []
