"""Where nothing fits: the wish that stands in the way, what is nearly right, and who to ask."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from activities.cards import rendered
from activities.nearest_house import house_card
from activities.question import Question
from activities.search import find, without
from activities.search.wanted import Hit, Wanted
from huizen.models import House

FEW = 3


def way_on(question: Question, *, now: datetime) -> dict:
    """Where nothing fits: `ways_on` (one wish less, with how many), `nearly` (cards under words), `house_card` of who to call."""
    wanted = question.wanted
    nearly = {words: find(one, now=now, stop=FEW, counting=()).hits for words, one in _tries(wanted).items()}
    if not any(nearly.values()):
        words, wanted_instead = _anything(wanted)
        nearly = {words: find(wanted_instead, now=now, stop=FEW, counting=()).hits}
    ways = {
        question.address_without(wish): (words, number)
        for wish, number in without(wanted, now=now).items()
        if number and (words := question.label_of(wish))
    }
    house = _house(question)
    return {
        "ways_on": [{"url": url, "words": words, "count": number} for url, (words, number) in ways.items()],
        "nearly": with_cards(nearly, now=now),
        "house_card": house and house_card(house, now=now),
    }


def _house(question: Question) -> House | None:
    """The House of her place, or the one that she searched in."""
    house, slug = question.place.house, question.wanted.huis
    if house is None and slug:
        house = House.objects.published().filter(slug=slug).first()
    return house


def _tries(wanted: Wanted) -> dict[str, Wanted]:
    """What is almost right, under words that say what is different: further, at another age, at another time."""
    tries: dict[str, Wanted] = {}
    if wanted.spot and wanted.straal:
        tries[gettext("Iets verder weg")] = replace(wanted, straal=None, volgorde="dichtst")
    if wanted.children or wanted.leeftijd:
        tries[gettext("Voor een andere leeftijd")] = replace(wanted, children=(), leeftijd=None)
    if wanted.between or wanted.days or wanted.deel or wanted.vakantie:
        other = replace(wanted, between=None, days=(), deel="", vakantie=False)
        tries[gettext("Op een ander moment")] = replace(other, volgorde="eerst")
    return tries


def _anything(wanted: Wanted) -> tuple[str, Wanted]:
    """Where no single wish stands in the way: what there is, nearest or first."""
    if wanted.spot:
        return gettext("Dit is er wel in je buurt"), Wanted(spot=wanted.spot, volgorde="dichtst")
    return gettext("Dit is er wel"), Wanted(volgorde="eerst")


def with_cards(hits: dict[str, Sequence[Hit]], *, now: datetime) -> list[tuple[str, list[SafeString]]]:
    """The cards of these hits, each activity once, under the first words that it was found by.

    What went since it was found is left out, and so are words under which nothing is left.
    """
    seen: set[int] = set()
    kept = {}
    for words, found in hits.items():
        kept[words] = [hit for hit in found if hit.activity_id not in seen]
        seen.update(hit.activity_id for hit in found)
    under = {words: rendered(found, now=now) for words, found in kept.items()}
    return [(words, cards) for words, cards in under.items() if cards]
