"""The field in which people say where they live."""

from django import template
from django.urls import reverse

from huizen.finder import FoundPlace
from huizen.opening import exception_in_words, rule_in_words

register = template.Library()


@register.inclusion_tag("components/place_field.html")
def place_field(
    place: FoundPlace | None = None,
    asked: str = "",
    label: str = "Waar woon je?",
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
        "source": reverse("place_api"),
    }


@register.filter
def phone_link(number: str) -> str:
    """A number as a telephone dials it: "+32 14 00 00 00" → "+3214000000"."""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


register.filter("rule_in_words", rule_in_words)
register.filter("exception_in_words", exception_in_words)
