"""An officer finds what waits on one screen, and answers it there."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import ProgressReport
from tests.projects.report_builders import hand_in, make_reporting_project, report_of

pytestmark = pytest.mark.browser
#: The desk, or the desk with one report open on it.
DESK = re.compile(r"/opgroeien/(antwoord/\d+/)?(\?.*)?(#lees-\d+)?$")


@pytest.fixture
def waiting(live_portal):
    """Two projects, of which one has handed in a report."""
    quiet = make_reporting_project(name="Rustig")
    project = make_reporting_project(call=quiet.call, name="Wacht op antwoord", officer=quiet.officer)
    hand_in(report_of(project))
    return report_of(project)


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_answered_without_leaving_the_desk(browser, live_portal, cookies, waiting, script):
    """With a script the report comes in under its project; without one the same desk comes back with it."""
    context = browser.new_context(base_url=live_portal.url, java_script_enabled=script)
    context.add_cookies(cookies(waiting.project.officer))
    page, seen = context.new_page(), []
    page.on("framenavigated", lambda frame: seen.append(frame.url.removeprefix(live_portal.url)))
    page.goto("/opgroeien/")
    page.get_by_role("link", name="Te lezen 1").click()
    page.get_by_role("link", name=re.compile("^Lees inhoudelijk verslag")).click()
    panel = page.locator(".desk-answer")
    expect(panel.get_by_role("heading", level=2).first).to_contain_text("Wacht op antwoord")
    panel.get_by_label("Een woord erbij").fill("Mooi gedaan.")
    panel.get_by_role("button", name="Aanvaard").click()
    expect(page.get_by_text("is verstuurd.")).to_be_visible()
    expect(page.get_by_text("Geen project om te tonen")).to_be_visible()
    assert ProgressReport.objects.get(pk=waiting.pk).state == "accepted"
    assert [url for url in seen if not DESK.search(url)] == []
    assert page.url.endswith("?toon=lezen")
    context.close()
