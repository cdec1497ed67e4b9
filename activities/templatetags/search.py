"""The choices of the results page, each with a place for how many it would give (activities/results_panel.py).

In Python: eighty choices through a template take ten times as long.
"""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from activities.forms.search import SearchForm
from activities.forms.search_fields import Flag, Several
from activities.results_panel import count_sign, slot
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


@register.filter
def found_words(total: int) -> str:
    """'12 activiteiten', or 'Niets gevonden'."""
    return count(total, "activiteit", "activiteiten", none=gettext("Niets gevonden"))
