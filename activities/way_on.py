"""Where nothing fits: the wish that stands in the way, what is nearly right, and who to ask."""

from dataclasses import replace
from datetime import datetime

from activities.nearest_house import with_opening
from activities.question import Question
from activities.search import cards, find, without
from activities.search.wanted import Hit, Wanted
from huizen.models import House

FEW = 3


def way_on(question: Question, *, now: datetime) -> dict:
    """Where nothing fits: what one wish less would give, what is nearly right, and who to call."""
    wanted = question.wanted
    ways = [
        {"words": words, "count": number, "url": question.address_without(wish)}
        for wish, number in without(wanted, now=now).items()
        if number and (words := question.label_of(wish))
    ]
    house = question.place.house or (
        House.objects.published().filter(slug=wanted.huis).first() if wanted.huis else None
    )
    return {
        "ways_on": list({way["url"]: way for way in ways}.values()),
        "nearly": _nearly(wanted, now),
        "house": house and with_opening(house, now),
    }


def _nearly(wanted: Wanted, now) -> list[tuple[str, list]]:
    """What is almost right, under words that say what is different: further, at another age, at another time."""
    tries: dict[str, Wanted] = {}
    if wanted.spot and wanted.straal:
        tries["Iets verder weg"] = replace(wanted, straal=None, volgorde="dichtst")
    if wanted.children or wanted.leeftijd:
        tries["Voor een andere leeftijd"] = replace(wanted, children=(), leeftijd=None)
    if wanted.between or wanted.days or wanted.deel or wanted.vakantie:
        other = replace(wanted, between=None, days=(), deel="", vakantie=False)
        tries["Op een ander moment"] = replace(other, volgorde="eerst")
    hits: dict[str, list[Hit]] = {
        words: list(find(one, now=now, stop=FEW).hits) for words, one in tries.items()
    }
    return _with_cards(hits)


def _with_cards(hits: dict[str, list[Hit]]) -> list[tuple[str, list]]:
    """The cards of these hits, each activity once, under the first words that it was found by."""
    seen: set[int] = set()
    kept = {}
    for words, found in hits.items():
        kept[words] = [hit for hit in found if hit.activity_id not in seen]
        seen.update(hit.activity_id for hit in found)
    rows = iter(cards([hit for found in kept.values() for hit in found]) if seen else [])
    return [(words, [next(rows) for _ in found]) for words, found in kept.items() if found]
