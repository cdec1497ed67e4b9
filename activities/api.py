"""`/api/zoek`: the search of the results page for programs; every choice of its address counts here too."""

from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities.kept_offer import KeptOffer
from activities.models import Activity
from activities.question import Question, ask
from activities.search import find
from activities.search.wanted import Found, Hit, Thing
from huizen.access import public
from huizen.shared_pages import shared

PER_PAGE = 20
#: So many things besides activities can be found.
MOST_THINGS = 3
#: A House that was named comes first; a partner or a page after so many activities.
BEFORE_OTHERS = 5
#: What is told of an activity.
FACTS = (
    "pk", "title", "slug", "summary", "offer_type", "element", "house__name", "house__slug",
    "location", "location__name", "location__town",
)  # fmt: skip


@require_safe
@public
@shared
def search(request: HttpRequest) -> JsonResponse:
    """Twenty results a page, best first: activities, and the Houses, partners and pages that the words name."""
    now = timezone.now()
    question = ask(request.GET, now=now)
    page = _number(request.GET.get("pagina", ""))
    start = (page - 1) * PER_PAGE
    found = find(question.wanted, now=now, start=max(0, start - MOST_THINGS), stop=start + PER_PAGE)
    results = _in_a_row(found, _activities(found.hits, now=now), start)
    return JsonResponse(
        {
            "total": found.total + len(found.things),
            "page": page,
            "results": results,
            "understood": _understood(question, found),
            "counts": found.counts,
            "notes": question.notes,
        }
    )


def _in_a_row(found: Found, activities: list[dict], start: int) -> list[dict]:
    """One page of all results as one list: Houses, the first activities, partners and pages, the other activities."""
    if start:
        # What stands before this page holds all the things; so many activities moved on.
        return activities[MOST_THINGS - len(found.things) :][:PER_PAGE]
    houses = [_thing(thing) for thing in found.things if thing.kind == "house"]
    others = [_thing(thing) for thing in found.things if thing.kind != "house"]
    return [*houses, *activities[:BEFORE_OTHERS], *others, *activities[BEFORE_OTHERS:]][:PER_PAGE]


def _number(asked: str) -> int:
    """The number of the page; the first where it is none."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 and int(asked) else 1


def _thing(thing: Thing) -> dict:
    return {**_EMPTY, "kind": thing.kind, "title": thing.title, "url": thing.url, "text": thing.text}


def _made(numbers: list[int], _day: date) -> dict[int, dict]:
    rows = Activity.objects.published().filter(pk__in=numbers)
    return {row["pk"]: _facts(row) for row in rows.values(*FACTS)}


def _facts(row: dict) -> dict:
    return {
        "kind": "activity",
        "title": row["title"],
        "url": reverse("activity_detail", args=[row["slug"]]),
        "text": row["summary"],
        "offer_type": row["offer_type"],
        "element": row["element"],
        "house": {"name": row["house__name"], "url": reverse("house_detail", args=[row["house__slug"]])},
        "place": row["location"] and {"name": row["location__name"], "town": row["location__town"]},
    }


_kept = KeptOffer(_made)


def _activities(hits: Sequence[Hit], *, now: datetime) -> list[dict]:
    """The activities of hits in their order; one that went since it was found is left out."""
    known = _kept.of([hit.activity_id for hit in hits], day=timezone.localdate(now))
    return [known[hit.activity_id] | _moment(hit) for hit in hits if hit.activity_id in known]


def _moment(hit: Hit) -> dict:
    return {
        "distance_km": None if hit.distance_km is None else round(hit.distance_km, 1),
        "next_session": hit.starts_at and {"starts_at": hit.starts_at, "ends_at": hit.ends_at},
        "ongoing": hit.ongoing or None,
        "fits_from": hit.fits_from,
    }


#: What a thing that is no activity leaves open.
_EMPTY = dict.fromkeys(
    ["offer_type", "element", "house", "place", "distance_km", "next_session", "ongoing", "fits_from"]
)


def _understood(question: Question, found: Found) -> dict:
    """How the words were read: what was taken from them, what they mean, and how they were mended."""
    read = question.understood
    return {
        "words": read.words,
        "choices": [
            {"name": choice.name, "value": choice.value, "label": choice.label, "typed": choice.typed}
            for choice in question.taken
        ],
        "concepts": read.concepts,
        "offer_types": read.offer_types,
        "life_domains": read.life_domains,
        "corrected": found.corrected,
        "suggestion": found.suggestion,
    }
