"""The list of page types is whole: a public page that is not on it would never be looked at."""

import re

from django.urls import Resolver404, get_resolver, resolve

from huizen.page_language import split
from tests.browser.pages import MINE, PUBLIC

#: Public addresses that are no page of a family: files, answers to a button, the letters of the demo, invitations of staff.
NO_PAGES = {
    "activity_calendar", "calendar_change", "data_download", "editor_invitation_accept", "family_calendar", "health",
    "house_calendar", "invitation_accept", "letter", "letter_attachment", "letter_html", "letterbox_empty", "logo",
    "manifest", "map_api", "map_land_api", "meeting_answer_calendar", "near_api", "new_offer", "place_api", "place_hold",
    "place_let_go", "robots", "saved_slugs", "saved_take_over", "saved_toggle", "search_api", "search_calendar",
    "search_answered", "search_empty", "service_worker", "session_calendar", "sitemap", "sitemap_part",
}  # fmt: skip


def public_names(patterns) -> set[str]:
    """The names of all addresses that everybody, or every parent, may open."""
    names = set()
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            names |= public_names(pattern.url_patterns)
        elif getattr(pattern.callback, "access", None) in ("public", "members"):
            names.add(pattern.name)
    return names


def name_of(path: str) -> str:
    """The name of the address of a page; "" for the one that does not exist."""
    plain = re.sub(r"\{\w+\}", "1", split(path.partition("?")[0])[1])
    try:
        return resolve(plain).url_name
    except Resolver404:
        return ""


def test_every_public_page_is_looked_at():
    looked_at = {name_of(page.path) for page in (*PUBLIC.values(), *MINE.values())}

    assert public_names(get_resolver().url_patterns) - looked_at == NO_PAGES
