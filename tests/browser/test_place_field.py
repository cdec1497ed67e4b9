"""The field in which people say where they live, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.factories import LocalityFactory, MunicipalityFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def places(live_portal):
    for postcode, name in (("2400", "Mol"), ("2490", "Balen")):
        LocalityFactory(postcode=postcode, name=name, municipality=MunicipalityFactory(name=name))


def field(page):
    return page.get_by_role("combobox", name="Waar woon je?")


def test_the_keyboard_chooses_a_place(places, page):
    page.goto("/")
    field(page).press_sequentially("mo")
    page.locator("[role=option]").first.wait_for()
    field(page).press("ArrowDown")
    assert field(page).get_attribute("aria-activedescendant") == page.locator(
        "[role=option]"
    ).first.get_attribute("id")

    field(page).press("Enter")

    page.wait_for_url("**/?plaats=2400-mol")


def test_the_place_is_remembered_and_forgotten_with_one_tap(places, page):
    page.goto("/huizen/")
    field(page).press_sequentially("2490")
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/huizen/?plaats=2490-balen")

    page.goto("/")
    page.wait_for_url("**/?plaats=2490-balen")

    page.get_by_role("link", name="Andere plaats").click()
    page.wait_for_url("**/?plaats=")
    page.goto("/")
    assert field(page).input_value() == ""


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(places, page):
    page.goto("/huizen/")
    field(page).press_sequentially("ba")
    page.locator("[role=option]").first.wait_for()

    field(page).press("Escape")

    assert field(page).get_attribute("aria-expanded") == "false"
    assert field(page).input_value() == "ba"


def test_without_scripts_the_form_still_answers(places, browser, live_portal):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_portal.url}/huizen/")
    page.get_by_label("Waar woon je?").fill("2400")
    page.get_by_role("button", name="Zoek", exact=True).click()

    expect(page.get_by_text("Voor 2400 Mol kennen we nog geen Huis.")).to_be_visible()
    context.close()


def test_who_is_known_sees_her_house_and_the_first_moment_before_she_scrolls(browser, live_portal, baldemore):
    context = browser.new_context(base_url=live_portal.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto("/?plaats=2400-mol")
    for seen in (page.get_by_text("Bel 0000 00 00 01"), page.locator(".offer-card .fact").nth(1)):
        box = seen.bounding_box()
        assert box["y"] + box["height"] <= 740
    context.close()
