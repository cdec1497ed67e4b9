"""In which language something stands: marked for screen readers and browsers, and the links to the other languages."""

from functools import cache

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop, override

from huizen.folded_templates import constant
from huizen.languages import BY_CODE, DUTCH, Language, language_of, language_of_page, speaks
from huizen.links import path_of
from huizen.page_language import address_in
from huizen.reading import Passage, Reading
from huizen.roles import Permission
from huizen.welcome import WELCOME_LANGUAGES

register = template.Library()
#: Where the address goes in a link that is kept.
_URL = "{url}"


@register.simple_tag
def page_language() -> Language:
    """The language of the page, for the attributes of `<html>`."""
    return language_of_page()


@register.simple_tag
def in_language(thing: "Passage | Language") -> SafeString:
    """The attributes of a piece of text in another language than the page; nothing where it is the same."""
    language = thing.language if isinstance(thing, Passage) else thing
    if language == language_of_page():
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', language.tag, language.direction)


@register.simple_tag
@constant
def in_dutch() -> SafeString:
    """The attributes of what people typed in Dutch (a title, a name), on a page in another language."""
    return in_language(BY_CODE[DUTCH])


@register.inclusion_tag("components/translation_switch.html")
def translation_switch(reading: Reading) -> dict:
    """In which languages one can read this text."""
    return {
        "reading": reading,
        "offered": [language for language in reading.choices if language != reading.language],
    }


@register.inclusion_tag("components/translation_notice.html")
def translation_notice(reading: Reading) -> dict:
    """That what stands here is a translation, in the words of the page and in its own; nothing for Dutch.

    Below what people come for: the label at the top says so already.
    """
    marked = gettext_noop("Dit is een vertaling. De Nederlandse tekst geldt.")
    with override(reading.language.code):
        in_own_words = gettext(marked)
    return {
        "reading": reading,
        "in_own_words": in_own_words if in_own_words != gettext(marked) else "",
    }


# Written out: they stand on every page, and a template of its own costs each of them half as much again.
@register.simple_tag(takes_context=True)
def language_links(context) -> SafeString:
    """The portal in another language by that language's own name: this page where it is offered, else a page of welcome."""
    request = context.get("request")
    here = language_of_page()
    codes = [code for code in dict.fromkeys((DUTCH, *WELCOME_LANGUAGES, *speaks())) if code != here.code]
    links = [_language_link(code, here).replace(_URL, escape(_link(request, code))) for code in codes]
    listed = mark_safe("".join(links))  # noqa: S308 made below, with escaped addresses
    return format_html('<ul class="cluster" aria-label="{}">{}</ul>', gettext("Andere talen"), listed)


@cache
def _language_link(code: str, here: Language) -> str:
    """Kept for each language that a page speaks: what is marked as another one depends on it."""
    language = language_of(code)
    return format_html(
        '<li><a href="{}" hreflang="{}"{}>{}</a></li>', _URL, code, in_language(language), language.own_name
    )


def _link(request, code: str) -> str:
    """Where a language is found: the same page, or what we say in welcome; nothing for Dutch on a Dutch page."""
    if code in speaks() and _has_other_languages(request):
        return address_in(code, request.get_full_path())
    if code == DUTCH:
        return path_of("home")
    return path_of("welcome", code)


@register.simple_tag(takes_context=True)
def alternates(context) -> SafeString:
    """For searching machines: the same page in each language in which the portal speaks."""
    request, codes = context.get("request"), speaks()
    if len(codes) == 1 or not _has_other_languages(request):
        return mark_safe("")
    begin = '<link rel="alternate" hreflang="'
    links = (
        f'{begin}{code}" href="{settings.PORTAL_URL}{escape(address_in(code, request.path))}">'
        for code in codes
    )
    return mark_safe("".join(links))  # noqa: S308 the path is escaped, the rest is ours


def _has_other_languages(request) -> bool:
    """Whether this page also stands under the address of another language: what is for staff, or only here, does not."""
    match = getattr(request, "resolver_match", None)
    if match is None or request.method == "POST":
        return False
    return match.url_name != "welcome" and not isinstance(getattr(match.func, "access", None), Permission)


@register.simple_tag(takes_context=True)
def page_is_translation(context) -> SafeString:
    """The line that the law asks for on every page that is not in Dutch, with the way to the Dutch."""
    request = context.get("request")
    if request is None or language_of_page().code == DUTCH:
        return mark_safe("")
    return format_html(
        '<p class="demo-bar">{} <a href="{}" hreflang="nl" lang="nl-BE" dir="ltr">Nederlands</a></p>',
        gettext("Vertaling van het Nederlands."),
        address_in(DUTCH, request.get_full_path()),
    )


@register.inclusion_tag("components/read_aloud.html")
@constant
def read_aloud(part: str = "#inhoud") -> dict:
    """A button that reads a part of the page aloud; hidden where the browser has no voice of its language."""
    return {"part": part}
