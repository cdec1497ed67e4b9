"""The field in which people say where they live."""

from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from huizen.directory import Listed
from huizen.finder import FoundPlace
from huizen.links import path_of
from huizen.models import Location

register = template.Library()


@register.inclusion_tag("components/place_field.html")
def place_field(
    place: FoundPlace | None = None,
    asked: str = "",
    label: str = gettext_lazy("Waar woon je?"),
    name: str = "plaats",
    field_id: str = "plaats",
) -> dict:
    """One field for a postcode or a place, inside a form that GETs. `place`: the one that is known already.

    With JavaScript it suggests while you type and remembers the place in the browser; a form with
    `data-place-follow` goes to the remembered place by itself, a link with `data-place-forget` forgets it.
    """
    return {
        "place": place,
        "value": place.label if place else asked,
        "label": label,
        "name": name,
        "field_id": field_id,
        "source": path_of("place_api"),
    }


@register.simple_tag
def house_row(row: Listed) -> SafeString:
    """One line of the directory. In Python: two hundred of them through a template take ten times as long."""
    signs = [("quiet", gettext("Voorbeeld"))] * row.house.is_demo + [
        ("good", gettext("Erkend"))
    ] * row.house.is_recognised
    return format_html(
        '<li><a href="{}">{}</a>{} <span class="muted">{}</span></li>',
        reverse("house_detail", args=[row.house.slug]),
        row.house,
        format_html_join("", ' <span class="badge is-{}">{}</span>', signs),
        ", ".join(town.name for town in row.towns),
    )


@register.filter
def phone_link(number: str) -> str:
    """A number as a telephone dials it: "+32 14 00 00 00" → "+3214000000"."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


@register.filter
def phone_words(number: str) -> str:
    """A number as people read it, in one piece: no line breaks in it, and its parts keep their order in Arabic."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def route_link(place: Location) -> str:
    """The way to a place, in a planner that opens only when somebody taps it: by its position, or by its address."""
    if place.lat is not None and place.lon is not None:
        return f"https://www.openstreetmap.org/directions?route=%3B{place.lat:.5f}%2C{place.lon:.5f}"
    return f"https://www.openstreetmap.org/search?query={quote(place.address)}"
