"""The menus: links that know where you are, and the menu of staff."""

from itertools import groupby

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from huizen.navigation import Entry
from huizen.templatetags.ui import icon

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_link(context, url: str, text: str, name: str = "") -> SafeString:
    """A link of a menu, marked when this page lies under it; nothing while nobody has built the address."""
    if not url:
        return mark_safe("")
    here = _current(url, _path(context))
    current = format_html(' aria-current="{}"', here) if here else ""
    return format_html('<li><a href="{}"{}>{}{}</a></li>', url, current, icon(name) if name else "", text)


@register.simple_tag
def staff_home(entries: list[Entry]) -> str:
    """Where the work of somebody begins: the first page of her menu, "" for who has none."""
    return next((url for entry in entries if (url := _address(entry))), "")


@register.inclusion_tag("components/staff_menu.html", takes_context=True)
def staff_menu(context, entries: list[Entry]) -> dict:
    """The staff menu, with the one entry marked under which this page lies; pages that do not exist are left out."""
    path = _path(context)
    links = [(url, entry) for entry in entries if (url := _address(entry))]
    here = _nearest(links, path)
    return {
        "here": here.label if here else "",
        "parts": [
            (part, [(url, entry.label, _mark(url, path) if entry is here else "") for url, entry in inside])
            for part, inside in groupby(links, key=lambda link: link[1].part)
        ],
    }


def _nearest(links: list[tuple[str, Entry]], path: str) -> Entry | None:
    """The entry under which a page lies: the one with the longest address that the page begins with.

    An address that others lie under (Vandaag, /beheer/) is only itself: else it would claim what belongs to nobody.
    """
    above = {url for url, _ in links for other, _ in links if other != url and other.startswith(url)}
    near = [
        (len(start), entry)
        for url, entry in links
        for start in (url, *entry.also)
        if path == start or (path.startswith(start) and start not in above)
    ]
    return max(near, key=lambda one: one[0])[1] if near else None


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _path(context) -> str:
    return getattr(context.get("request"), "path", "")


def _mark(url: str, path: str) -> str:
    return "page" if path == url else "true"


def _current(url: str, path: str) -> str:
    """What `aria-current` says of a link: this very page, or one that lies under it."""
    return _mark(url, path) if path == url or (url != "/" and path.startswith(url)) else ""
