"""`/activiteiten/`: everything that is on offer, found by words, place, age, day, price, language and access."""

from functools import partial

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from activities.cards import rendered
from activities.forms.search import ORDERS
from activities.map import home_on_the_map
from activities.question import Question, ask
from activities.results_panel import panel
from activities.search import find
from activities.search.wanted import Found
from activities.templatetags.search import COUNTED, found_words
from activities.way_on import way_on
from huizen.access import public
from huizen.frames import framed
from huizen.links import absolute, path_of, query_without
from huizen.shared_pages import shared
from huizen.vocabulary import OfferType
from huizen.words import count

PER_PAGE = 20
MEANINGS = 3
#: A wish, its value, and the words on the button.
QUICK = (
    ("wanneer", "vandaag", _("Vandaag nog")),
    ("wanneer", "weekend", _("In het weekend")),
    ("gratis", "1", _("Gratis")),
    ("vrij", "1", _("Zonder inschrijven")),
)
THINGS = {"house": _("Huis"), "partner": _("Partner"), "page": _("Hulp")}


@require_safe
@public
@shared
@vary_on_headers("HX-Request")
def activity_list(request):
    """The cards that fit; the whole search stands in the address, so it can be shared.

    htmx asks for the part with the cards and the counts alone; after "back" the browser loads the whole page anew.
    """
    now = timezone.now()
    question = ask(request.GET, now=now)
    found, page, page_note = _page(question, request.GET.get("pagina", ""), now)
    context = {
        "question": question,
        "form": question.form,
        "place": question.place,
        "found": found,
        "counts": found.counts,
        "page": page,
        "heading": _heading(question, page),
        "cards": rendered(found.hits, now=now),
        "total": found.total,
        "found_words": found_words(found.total),
        "chips": question.chips(),
        "orders": _orders(question),
        "things": [(thing, gettext(THINGS[thing.kind])) for thing in found.things],
        "notes": [note for note in (*question.notes, page_note) if note],
        "now": now,
        **_links(question, found),
    }
    if not found.total:
        context |= way_on(question, now=now)
    if _asks_part(request):
        return render(request, "activities/results_swap.html", context)
    return _whole_page(request, context, now)


def _whole_page(request, context: dict, now):
    question, query = context["question"], query_without(request.GET)
    shape = {
        "is_search": question.is_search,
        "tiles": settings.MAP_TILES_URL,
        "credit": settings.MAP_TILES_CREDIT,
    }
    places = {
        "heading": context["heading"],
        "canonical": context["canonical"],
        "words": question.words,
        "panel": panel(question, context["counts"], chips=len(context["chips"]), now=now),
        "found_words": context["found_words"],
        "part": render_to_string("activities/results_part.html", context, request),
        "points_url": context["points_url"],
        "home_on_the_map": home_on_the_map(question.place.found),
        "calendar_url": _with(path_of("search_calendar"), query),
        # A feed of less than one place or House is that of everything.
        "feed_url": _with(path_of("new_offer"), query if {"huis", "plaats"} & request.GET.keys() else ""),
    }
    return framed(request, "activities/results.html", shape=shape, places=places, now=now)


def _with(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _heading(question: Question, page: Page) -> str:
    """'Activiteiten rond Mol, bladzijde 2'."""
    place = question.place.found
    around = place and gettext("rond %(name)s") % {"name": place.name}
    number = page.number > 1 and gettext("bladzijde %(number)s") % {"number": page.number}
    what = " ".join(filter(None, (gettext("Activiteiten"), around)))
    return f"{what}, {number}" if number else what


def _asks_part(request) -> bool:
    return request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request


def _page(question: Question, asked: str, now) -> tuple[Found, Page, str]:
    """What the asked page holds; the last page, with a sentence, where the asked one does not exist."""
    wanted = _number(asked)
    number = wanted or 1
    find_some = partial(find, question.wanted, now=now, counting=COUNTED)
    found = find_some(start=(number - 1) * PER_PAGE, stop=number * PER_PAGE)
    paginator = Paginator(range(found.total), PER_PAGE)
    if wanted and number <= paginator.num_pages:
        return found, paginator.page(number), ""
    page = paginator.page(min(number, paginator.num_pages))
    if page.number != number:
        start = (page.number - 1) * PER_PAGE
        found = find_some(start=start, stop=start + PER_PAGE)
    pages = count(paginator.num_pages, "bladzijde", "bladzijden")
    return (
        found,
        page,
        gettext("Die bladzijde is er niet. Er is %(pages)s. Je ziet bladzijde %(number)s.")
        % {"pages": pages, "number": page.number},
    )


def _number(asked: str) -> int | None:
    """The number of a page: 1 where none is asked, None for what is no such number."""
    if not asked:
        return 1
    return int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) <= 6 and int(asked) else None


def _meanings(question: Question) -> list[tuple[str, str]]:
    """The kinds of offer that her words mean, surest first, each with the address of that kind alone."""
    if question.wanted.soort:
        return []
    sure = sorted(question.understood.offer_types.items(), key=lambda pair: (-pair[1], pair[0]))
    kinds = [OfferType(code) for code, _label in sure[:MEANINGS] if code in OfferType]
    return [(gettext(kind.label), question.with_choice(soort=kind.value)) for kind in kinds]


def _links(question: Question, found: Found) -> dict:
    """The searches that lie one tap away."""
    other = question.other_place
    return {
        "canonical": absolute(question.address()),
        "map_url": question.address("activity_map"),
        "points_url": question.address("map_api"),
        "quick": _quick(question, found),
        "meanings": _meanings(question),
        "suggestion": found.suggestion and question.with_choice(q=found.suggestion),
        "other_place_url": other and question.with_choice(plaats=other.value),
    }


def _quick(question: Question, found: Found) -> list[dict]:
    """What people choose most, where she did not yet and it gives something: a tap without opening the panel."""
    busy = {choice.name for choice in (*question.chosen, *question.taken)}
    counted = [
        {"words": gettext(words), "url": question.with_choice(**{name: value}), "count": number}
        for name, value, words in QUICK
        if name not in busy and (number := found.counts.get(name, {}).get(value))
    ]
    return counted if found.total else []


def _orders(question: Question) -> tuple[tuple[str, str], ...]:
    """The orders that make sense here; the usual one stands first, and not in the address."""
    wanted = question.wanted
    usual = "beste" if wanted.q else "buurt" if wanted.spot else "eerst"
    sensible = [code for code, _label in ORDERS if wanted.spot or code not in ("buurt", "dichtst")]
    if not wanted.q:
        sensible.remove("beste")
    labels = dict(ORDERS)
    return (("", labels[usual]), *((code, labels[code]) for code in sensible if code != usual))
