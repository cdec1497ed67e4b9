"""`/`: where you live, your House, what is on this week nearby, and the doors to the rest."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from activities import search
from activities.cards import rendered
from activities.nearest_house import house_card
from activities.place_choice import PlaceChoice, chosen_place
from activities.search.periods import between
from activities.topics import TOPICS
from huizen.access import public
from huizen.languages import language_of_page
from huizen.shared_pages import shared
from huizen.vocabulary import AGE_BANDS, Element

SHOWN = 6
NEARBY_KM = 20
#: For so many places the doors are kept.
MOST_PLACES = 200
DOORS = (
    (Element.SUPPORT, _("Hulp en advies bij een vraag")),
    (Element.ENCOUNTER, _("Andere ouders en kinderen zien")),
    (Element.ACTIVITIES, _("Samen iets doen of leren")),
)


@require_safe
@public
@shared
def home(request):
    """The front page; with a known place everything is counted from there."""
    now = timezone.now()
    place = chosen_place(request.GET.get("plaats", ""), day=timezone.localdate(now))
    heading, cards = _nearest(place, now)
    context = {
        "place": place,
        "house_card": place.house and house_card(place.house, now=now),
        "heading": heading,
        "cards": cards,
        "ways": _ways(place.found.slug if place.found else "", language_of_page().code),
    }
    return render(request, "activities/home.html", context)


@lru_cache(maxsize=MOST_PLACES)
def _ways(slug: str, _language: str) -> SafeString:
    """The doors to the rest: three kinds of offer, her own words, questions and ages, all from one place."""
    query = f"plaats={slug}&" if slug else ""
    context = {"slug": slug, "query": query, "doors": DOORS, "topics": TOPICS, "bands": AGE_BANDS}
    return render_to_string("activities/home_ways.html", context)


def _nearest(place: PlaceChoice, now: datetime) -> tuple[str, list[SafeString]]:
    """The cards of the first of these that is not empty: this week nearby, soon nearby, soon and further. With its heading."""
    if place.spot:
        near = search.Wanted(spot=place.spot, straal=NEARBY_KM, volgorde="dichtst")
        week, soon = gettext("Deze week in je buurt"), gettext("Binnenkort in je buurt")
        last = (gettext("Binnenkort, iets verder"), replace(near, straal=None))
    else:
        near = search.Wanted(volgorde="eerst")
        week = gettext("Deze week in Vlaanderen en Brussel")
        soon = gettext("Binnenkort in Vlaanderen en Brussel")
        last = (soon, near)
    tries = [
        (week, replace(near, between=between("week", now=now))),
        (soon, near),
        last,
    ]
    for heading, wanted in tries:
        if hits := search.find(wanted, now=now, stop=SHOWN, counting=()).hits:
            return heading, rendered(hits, now=now)
    return tries[0][0], []
