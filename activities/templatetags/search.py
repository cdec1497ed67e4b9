"""The choices of the results page: those that can be made, each with a place for how many it would give
(activities/results_panel.py), and those that were made.

In Python: eighty choices through a template take ten times as long.
"""

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from activities.forms.search import SearchForm
from activities.forms.search_fields import Flag, Several
from activities.question import Chip
from activities.results_panel import count_sign, slot
from huizen.links import path_of
from huizen.templatetags.ui import icon
from huizen.words import count

register = template.Library()

#: What is counted, in the order of the page.
COUNTED = (
    "leeftijd", "straks", "wanneer", "dag", "deel", "gratis", "korting", "vrij", "plaatsvrij", "nederlands",
    "taal", "rolstoel", "buggy", "opvang", "binnen", "element", "vraag",
)  # fmt: skip
#: The groups of the panel, by the wishes in them.
GROUPS = {
    "kind": ("geboren", "leeftijd", "straks", "alle"),
    "wanneer": ("wanneer", "dag", "deel", "van", "tot"),
    "prijs": ("gratis", "korting", "vrij", "plaatsvrij"),
    "taal": ("nederlands", "taal"),
    "toegang": ("rolstoel", "buggy", "opvang", "binnen"),
    "wat": ("element", "vraag"),
}
OPEN_ANYWAY = ("kind", "wanneer")
CHOSEN, OPEN, SWAPPED = mark_safe(" checked"), mark_safe(" open"), mark_safe(' hx-swap-oob="true"')


@register.simple_tag(takes_context=True)
def options(context, *names: str) -> SafeString:
    """The choices of these wishes as boxes to tick; where one must be chosen, as buttons with the open one first."""
    form = context["question"].form
    return mark_safe("".join(_options(form, name) for name in names))  # noqa: S308 each is escaped


def _options(form: SearchForm, name: str) -> SafeString:
    field = form.fields[name]
    now = _now(form, name)
    kind = "checkbox" if isinstance(field, Flag | Several) else "radio"
    rows = [(code, label, code in now) for code, label in form.choices_of(name)]
    if kind == "radio":
        rows.insert(0, ("", _open_words(field), not now))
    boxes = [_box(kind, name, code, label, chosen) for code, label, chosen in rows]
    return mark_safe("".join(boxes))  # noqa: S308 each is escaped


def _box(kind: str, name: str, code: str, label, chosen: bool) -> str:
    """One choice. Written out, for eighty of them stand on a page."""
    words = escape(gettext(str(label)))
    return (
        f'<label class="choice"><input type="{kind}" name="{name}" value="{escape(code)}"{CHOSEN if chosen else ""}>'
        f"<span>{words}</span>{slot(name, code)}</label>"
    )


def _open_words(field) -> str:
    return next((label for code, label in getattr(field, "choices", ()) if not code), "Alles")


def _now(form: SearchForm, name: str) -> list[str]:
    value = form[name].value()
    return [value] if isinstance(value, str) and value else value or []


@register.simple_tag(takes_context=True)
def counts_swapped(context) -> SafeString:
    """Every count of the panel, for htmx to put in the place of the old one: the panel itself stays as it is."""
    counts, form = context["counts"], context["question"].form
    found = [
        count_sign(name, code, counts.get(name, {}), SWAPPED)
        for name in COUNTED
        for code, _ in form.choices_of(name)
    ]
    return mark_safe("".join(found))  # noqa: S308 each is escaped


@register.simple_tag(takes_context=True)
def group_open(context, group: str) -> SafeString | str:
    """Whether a group of choices stands open: the first ones, and those in which something was chosen."""
    chosen = {choice.name for choice in context["question"].chosen}
    return OPEN if group in OPEN_ANYWAY or chosen.intersection(GROUPS[group]) else ""


@register.simple_tag
def chosen_wishes(chips: Sequence[Chip]) -> SafeString:
    """What she chose and what her words say, each a link that takes it away."""
    if not chips:
        return mark_safe("")
    away, cross = escape(gettext("Haal weg:")), icon("cross")
    links = "".join(_chip(chip, away, cross) for chip in chips)
    if len(chips) > 1:
        nothing = escape(gettext("Wis alles"))
        links += f'<li><a href="{path_of("activity_list")}">{nothing}</a></li>'
    return _row("chosen", gettext("Je koos"), links)


def _chip(chip: Chip, away: str, cross: str) -> str:
    understood = ' class="is-understood"' if chip.typed else ""
    differs = chip.typed and chip.typed.lower() != chip.words.lower()
    typed = f'<span class="typed">{escape(chip.typed)}: </span>' if differs else ""
    return (
        f'<li><a href="{escape(chip.url)}"{understood}><span class="visually-hidden">{away} </span>'
        f"{typed}<bdi>{escape(chip.words)}</bdi> {cross}</a></li>"
    )


@register.simple_tag
def quick_wishes(wishes: Sequence[dict]) -> SafeString:
    """What people choose most, each a link that adds it, with how many there would be."""
    if not wishes:
        return mark_safe("")
    plus = icon("plus")
    links = "".join(
        f'<li><a class="is-quick" href="{escape(wish["url"])}">{plus}{escape(wish["words"])}'
        f' <span class="choice-count">{wish["count"]}</span></a></li>'
        for wish in wishes
    )
    return _row("chosen is-quick-row", gettext("Kies snel"), links)


@register.simple_tag
def links_in_a_row(links: Sequence[tuple[str, str]]) -> SafeString:
    """Words and where they lead, with commas between."""
    made = [f'<a href="{escape(url)}">{escape(words)}</a>' for words, url in links]
    return mark_safe(", ".join(made))  # noqa: S308 each is escaped


def _row(kind: str, label: str, links: str) -> SafeString:
    made = f'<ul class="{kind}" aria-label="{escape(label)}">{links}</ul>'
    return mark_safe(made)  # noqa: S308 each link is escaped


@register.simple_tag
def order_choices(orders: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The orders that make sense, as the choices of a list."""
    return _order_choices(orders, chosen, get_language())


@lru_cache
def _order_choices(orders: tuple[tuple[str, str], ...], chosen: str, _language: str) -> SafeString:
    choices = [
        f'<option value="{code}"{" selected" if code == chosen else ""}>{escape(gettext(label))}</option>'
        for code, label in orders
    ]
    return mark_safe("".join(choices))  # noqa: S308 each is escaped


@register.filter
def found_words(total: int) -> str:
    """'12 activiteiten', or 'Niets gevonden'."""
    return count(total, "activiteit", "activiteiten", none=gettext("Niets gevonden"))
