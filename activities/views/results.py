"""`/activiteiten/`: everything that is on offer, found by words, place, age, day and price."""

import re

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from activities import search
from activities.forms.search import SearchForm
from activities.place_choice import PlaceChoice, chosen_place
from huizen.access import public
from huizen.models import House
from huizen.words import count

PER_PAGE = 20
COUNTED = ("leeftijd", "element", "gratis", "vrij")


@require_safe
@public
def activity_list(request):
    """The cards that fit; the whole search stands in the address, so it can be shared."""
    now = timezone.now()
    form = SearchForm(request.GET)
    form.is_valid()
    place = chosen_place(request.GET.get("plaats", ""), day=timezone.localdate(now))
    wanted = form.wanted(spot=place.spot, now=now)
    asked = request.GET.get("pagina", "")
    first = (int(asked) - 1) * PER_PAGE if re.fullmatch(r"[1-9]\d{0,4}", asked, re.ASCII) else 0
    found = search.find(wanted, now=now, start=first, stop=first + PER_PAGE)
    page, page_note = _page(found.total, asked)
    if first != (page.number - 1) * PER_PAGE:
        first = (page.number - 1) * PER_PAGE
        found = search.find(wanted, now=now, start=first, stop=first + PER_PAGE)
    context = {
        "form": form,
        "place": place,
        "page": page,
        "activities": search.cards(found.hits),
        "total": found.total,
        "choices": _choices(form, found.counts),
        "chips": _chips(request, form, place),
        "notes": [note for note in (*form.notes(), place.note, page_note) if note],
        "is_search": bool(form.chosen()),
        "now": now,
    }
    if not found.total:
        context |= _way_on(request, form, wanted, place, now)
    template = (
        "activities/results_part.html"
        if request.htmx and not request.htmx.boosted
        else "activities/results.html"
    )
    return render(request, template, context)


def _page(total: int, number):
    """The asked page; another one, with a sentence, where the asked one does not exist."""
    paginator = Paginator(range(total), PER_PAGE)
    try:
        return paginator.page(number or 1), ""
    except (EmptyPage, PageNotAnInteger):
        page = paginator.get_page(number)
        pages = count(paginator.num_pages, "bladzijde", "bladzijden")
        return page, f"Die bladzijde is er niet. Er is {pages}. Je ziet bladzijde {page.number}."


def _choices(form: SearchForm, counts: dict[str, dict[str, int]]) -> dict[str, list[dict]]:
    """For each counted choice: its words, how many it would give, and whether it is chosen."""
    return {
        name: [
            {
                "value": code,
                "label": label,
                "count": counts[name].get(code, 0),
                "chosen": form[name].value() == code,
            }
            for code, label in form.choices_of(name)
        ]
        for name in COUNTED
    }


def _chips(request, form: SearchForm, place: PlaceChoice) -> list[dict]:
    """What was chosen, each with the address of the same search without it."""
    chips = [{"words": words, "url": _without(request, name)} for name, words in form.chosen()]
    if place.found:
        chips.append({"words": place.found.label, "url": _without(request, "plaats", "straal")})
    return chips


def _without(request, *names: str) -> str:
    query = request.GET.copy()
    for name in (*names, "pagina"):
        query.pop(name, None)
    return f"{reverse('activity_list')}?{query.urlencode()}" if query else reverse("activity_list")


def _way_on(request, form: SearchForm, wanted, place: PlaceChoice, now) -> dict:
    """Where nothing fits: what one wish less would give, and who to call."""
    labels = dict(form.chosen())
    counts = search.without(wanted, now=now)
    ways = [
        {"words": labels[name], "count": number, "url": _without(request, name)}
        for name, number in counts.items()
        if number and name in labels
    ]
    if (dated := counts.get("moment")) and (
        names := [name for name in ("wanneer", "dag", "deel") if name in labels]
    ):
        ways.append(
            {"words": " ".join(labels[n] for n in names), "count": dated, "url": _without(request, *names)}
        )
    house = place.house or House.objects.published().filter(slug=wanted.huis).first()
    return {"ways_on": ways, "house": house}
