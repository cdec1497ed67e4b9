"""The lists of page types are whole: a page that is on none of them would never be looked at."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import SimpleNamespace
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.urls import Resolver404, get_resolver, resolve

from huizen.page_language import split
from huizen.roles import Permission
from tests.browser.pages import MINE, PUBLIC
from tests.browser.staff_pages import EDITOR, JURY, LEADER, OFFICE, STAFF

#: Public addresses that are no page of a family: files, answers to a button, the letters of the demo, invitations of staff.
NO_PAGES = {
    "activity_calendar", "agenda_document_by_link", "calendar_change", "data_download", "editor_invitation_accept", "family_calendar", "health",
    "house_calendar", "invitation_accept", "letter", "letter_attachment", "letter_html", "letterbox_empty", "logo",
    "manifest", "map_api", "map_land_api", "meeting_agenda_file", "meeting_answer_agenda", "meeting_answer_calendar", "near_api", "new_offer", "place_api", "place_hold",
    "metrics", "open_figures_csv", "open_figures_json", "provider_event", "story_image",
    "place_let_go", "robots", "saved_slugs", "saved_take_over", "saved_toggle", "search_api", "search_calendar",
    "search_answered", "search_empty", "service_worker", "session_calendar", "sitemap", "sitemap_part",
}  # fmt: skip


#: What staff fetch and is no page.
NO_STAFF_PAGES = {
    "agency_csv", "agency_xlsx", "agreement_file", "import_example_csv", "import_example_xlsx", "import_faults", "offer_export_csv", "offer_export_xlsx",
    "offer_import_example_csv", "offer_import_example_xlsx", "offer_import_faults", "partner_export_csv",
    "partner_export_xlsx", "reach_file", "resource_file", "sign_up_csv", "sign_up_xlsx",
    "coverage_export", "learning_calendar", "switch_options",
    "action_csv", "action_xlsx", "agenda_document", "minutes_html", "minutes_text",
    "network_export", "survey_export", "evidence_file", "story_picture",
    "decision_csv", "decision_xlsx", "meeting_overview_csv", "meeting_overview_xlsx",
    "agency_paper", "annual_paper", "meeting_paper", "minutes_paper", "project_paper", "report_letter", "report_paper",
    "report_reminder_letter", "review_letter", "review_paper", "survey_paper",
    "comparison_file", "timeline_file",
    "amendment_file", "application_letter_paper", "application_review_letter_paper", "application_file", "application_review_file", "jury_file",
}  # fmt: skip


def views(patterns) -> Iterator[tuple[str, Callable]]:
    """All views with the names of their addresses."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback


def public_names() -> set[str]:
    """The names of all addresses that everybody, or every parent, may open."""
    found = views(get_resolver().url_patterns)
    return {name for name, view in found if getattr(view, "access", None) in ("public", "members")}


def staff_names(rf) -> set[str]:
    """The names of all addresses that somebody with a permission may open; what is only sent to is no page."""
    request = rf.get("/")
    request.user = SimpleNamespace(may=lambda permission: False)
    names = set()
    for name, view in views(get_resolver().url_patterns):
        if isinstance(getattr(view, "access", None), Permission):
            with suppress(PermissionDenied):
                if view(request).status_code == 405:
                    continue
            names.add(name)
    return names


def name_of(path: str) -> str:
    """The name of the address of a page; "" for the one that does not exist."""
    plain = split(path.partition("?")[0])[1]
    for key in ("1", str(UUID(int=1))):
        with suppress(Resolver404):
            return resolve(re.sub(r"\{\w+\}", key, plain)).url_name
    return ""


def test_every_public_page_is_looked_at():
    looked_at = {name_of(page.path) for page in (*PUBLIC.values(), *MINE.values())}

    assert public_names() - looked_at == NO_PAGES


def test_every_page_of_staff_is_looked_at(rf):
    pages = [*STAFF.values(), *OFFICE.values(), *LEADER.values(), *EDITOR.values(), *JURY.values()]
    looked_at = {name_of(page.path) for page in pages}

    assert staff_names(rf) - looked_at == NO_STAFF_PAGES
