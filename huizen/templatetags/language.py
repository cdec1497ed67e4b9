"""In which language something stands: marked for screen readers and browsers, and the links to the other languages."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop, override

from huizen.folded_templates import constant
from huizen.languages import BY_CODE, DUTCH, Language, language_of, language_of_page
from huizen.page_language import address_in, speaks
from huizen.reading import Passage, Reading
from huizen.roles import Permission
from huizen.welcome import WELCOME_LANGUAGES

register = template.Library()


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


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context) -> dict:
    """The portal in another language by that language's own name: this page where it is offered, else a page of welcome."""
    request = context.get("request")
    here = language_of_page()
    codes = [DUTCH, *WELCOME_LANGUAGES, *(code for code in speaks() if code not in WELCOME_LANGUAGES)]
    links = [(language_of(code), _link(request, code)) for code in dict.fromkeys(codes) if code != here.code]
    return {"links": [(language, url) for language, url in links if url]}


def _link(request, code: str) -> str:
    """Where a language is found: the same page, or what we say in welcome; nothing for Dutch on a Dutch page."""
    if code in speaks() and _has_other_languages(request):
        return address_in(code, request.get_full_path())
    if code == DUTCH:
        return reverse("home")
    return reverse("welcome", args=[code])


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context) -> dict:
    """For searching machines: the same page in each language in which the portal speaks."""
    request, codes = context.get("request"), speaks()
    if len(codes) == 1 or not _has_other_languages(request):
        return {"links": []}
    return {"links": [(code, f"{settings.PORTAL_URL}{address_in(code, request.path)}") for code in codes]}


def _has_other_languages(request) -> bool:
    """Whether this page also stands under the address of another language: what is for staff, or only here, does not."""
    match = getattr(request, "resolver_match", None)
    if match is None or request.method == "POST":
        return False
    return match.url_name != "welcome" and not isinstance(getattr(match.func, "access", None), Permission)


@register.inclusion_tag("components/page_is_translation.html", takes_context=True)
def page_is_translation(context) -> dict:
    """The line that the law asks for on every page that is not in Dutch, with the way to the Dutch."""
    request = context.get("request")
    here = language_of_page()
    url = address_in(DUTCH, request.get_full_path()) if request and here.code != DUTCH else ""
    return {"url": url}


@register.inclusion_tag("components/read_aloud.html")
@constant
def read_aloud(part: str = "#inhoud") -> dict:
    """A button that reads a part of the page aloud; hidden where the browser has no voice of its language."""
    return {"part": part}
