"""`/`: where you live, your House, what is on this week nearby, and the doors to the rest."""

from dataclasses import replace
from datetime import datetime

from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from activities import search
from activities.cards import rendered
from activities.nearest_house import with_opening
from activities.place_choice import PlaceChoice, chosen_place
from activities.search.periods import between
from activities.topics import TOPICS
from huizen.access import public
from huizen.shared_pages import shared
from huizen.vocabulary import AGE_BANDS, Element

SHOWN = 6
NEARBY_KM = 20
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
        "house": place.house and with_opening(place.house, now),
        "heading": heading,
        "cards": cards,
        "doors": DOORS,
        "topics": TOPICS,
        "bands": AGE_BANDS,
        "query": f"plaats={place.found.slug}&" if place.found else "",
        "now": now,
    }
    return render(request, "activities/home.html", context)


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
        if hits := search.find(wanted, now=now, stop=SHOWN).hits:
            return heading, rendered(hits, now=now)
    return tries[0][0], []
