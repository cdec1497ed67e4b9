"""The results in a real browser: choices answer at once, "back" brings the last ones, and the map takes a keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import ActivityFactory, SessionFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def offers(baldemore):
    """Beside the free baby massage of Mol something that costs money, on the same day and place."""
    paid = ActivityFactory(
        house=baldemore.house,
        location=baldemore.activity.location,
        slug="zwemmen-mol",
        title="Samen zwemmen",
        price_kind="paid",
        price_cents=300,
    )
    SessionFactory(activity=paid, original_start=baldemore.session.starts_at)
    return baldemore


@pytest.fixture
def wide(browser, live_portal):
    context = browser.new_context(base_url=live_portal.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def box(page, name):
    return page.locator(f"input[name={name}]").last


def test_a_choice_answers_at_once_and_keeps_focus_address_and_counts(offers, wide):
    wide.goto("/activiteiten/?q=samen&binnen=1")
    group = wide.locator("summary", has_text="Prijs en inschrijven")
    group.click()
    before = wide.evaluate("window.kept = document.querySelector('#zoeken')") is not None
    box(wide, "gratis").check()
    expect(wide.locator("#gevonden")).to_have_text("Niets gevonden")
    expect(wide).to_have_url(
        re.compile(r"/activiteiten/\?q=samen&binnen=1&gratis=1$|/activiteiten/\?q=samen&gratis=1&binnen=1$")
    )
    assert before
    assert wide.evaluate("window.kept === document.querySelector('#zoeken')")
    assert wide.evaluate("document.activeElement.name") == "gratis"
    box(wide, "gratis").uncheck()
    expect(wide.locator("#gevonden")).to_have_text("1 activiteit")


def test_back_brings_the_cards_and_the_choices_of_before(offers, wide):
    wide.goto("/activiteiten/")
    wide.locator("summary", has_text="Prijs en inschrijven").click()
    box(wide, "gratis").check()
    expect(wide.locator("article")).to_have_count(1)
    wide.go_back()
    expect(wide.locator("article")).to_have_count(2)
    expect(box(wide, "gratis")).not_to_be_checked()


def test_a_line_that_fails_gets_a_sentence_and_keeps_the_cards(offers, wide):
    wide.goto("/activiteiten/")
    wide.locator("summary", has_text="Prijs en inschrijven").click()
    wide.context.set_offline(True)
    box(wide, "gratis").check()
    expect(wide.get_by_role("alert")).to_contain_text("Misschien is je internet even weg.")
    expect(wide.locator("article")).to_have_count(2)
    wide.context.set_offline(False)
    wide.get_by_role("link", name="Probeer het opnieuw").click()
    expect(wide.locator("article")).to_have_count(1)


def test_a_half_typed_birth_month_holds_up_nothing_and_is_named_at_its_field(offers, wide):
    wide.goto("/activiteiten/")
    month, note = wide.locator("input[name=geboren]"), wide.locator("#geboren-half")
    month.press_sequentially("03")
    wide.locator("summary", has_text="Prijs en inschrijven").click()
    expect(note).to_have_text("Kies een maand en een jaar, zoals 3/2025.")
    box(wide, "gratis").check()
    expect(wide.locator("#gevonden")).to_have_text("1 activiteit")
    expect(note).to_be_visible()
    expect(month).to_have_attribute("aria-invalid", "true")
    month.fill("2024-03")
    month.blur()
    expect(note).to_be_hidden()
    expect(wide).to_have_url(re.compile("geboren=2024-03"))


def test_without_javascript_the_button_does_the_same(offers, browser, live_portal):
    context = browser.new_context(
        base_url=live_portal.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/activiteiten/")
    page.locator("summary", has_text="Kies wat past").click()
    page.locator("summary", has_text="Prijs en inschrijven").click()
    box(page, "gratis").check()
    page.get_by_role("button", name="Toon wat past").click()
    assert page.locator("article").count() == 1
    page.get_by_role("link", name="Kaart").click()
    page.get_by_role("link", name="Mol: 1 activiteit").first.click()
    assert page.locator("h1").inner_text() == "Activiteiten rond Mol"
    context.close()


def test_the_map_opens_beside_the_list_and_takes_the_keyboard(offers, wide):
    wide.goto("/activiteiten/?plaats=2400-mol")
    wide.get_by_role("link", name="Kaart").click()
    marker = wide.locator(".map-marker")
    expect(marker).to_have_count(1)
    assert marker.get_attribute("aria-label") == "Antennepunt Mol: 2 activiteiten"
    marker.focus()
    wide.keyboard.press("Enter")
    expect(wide.locator(".map-list a").first).to_be_focused()
    wide.keyboard.press("Enter")
    expect(wide).to_have_url(re.compile("/activiteiten/(babymassage|zwemmen)-mol/$"))


def test_the_place_of_the_phone_is_asked_for_and_not_in_the_address(offers, browser, live_portal):
    mol = offers.activity.location
    context = browser.new_context(
        base_url=live_portal.url,
        viewport={"width": 1280, "height": 800},
        geolocation={"latitude": mol.lat, "longitude": mol.lon},
        permissions=["geolocation"],
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "dichtbij" in request.url else None)
    page.goto("/activiteiten/")
    page.get_by_role("button", name="Gebruik mijn plek").click()
    expect(page).to_have_url(re.compile(r"plaats=2400-mol$"))
    assert [url.partition("?")[2] for url in asked] == [f"lat={mol.lat:.2f}&lon={mol.lon:.2f}"]
    context.close()
