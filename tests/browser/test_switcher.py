"""The quick switcher in a real browser: the keyboard alone leads on, and a form does without a script."""

import pytest

from tests.factories import MembershipFactory, PartnershipFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def partnership(live_portal):
    return PartnershipFactory(organisation__name="Bibliotheek Mol")


@pytest.fixture
def desk(partnership, cookies, browser, live_portal):
    """A desk on a laptop; asked for with `java_script_enabled=False` it has no scripts."""
    opened = []

    def open_desk(**options):
        context = browser.new_context(base_url=live_portal.url, locale="nl-BE", **options)
        opened.append(context)
        context.add_cookies(cookies(MembershipFactory(house=partnership.house).user))
        page = context.new_page()
        page.goto("/beheer/")
        return page

    yield open_desk
    for context in opened:
        context.close()


def field(page):
    return page.get_by_label("Snel naar een partner, activiteit of pagina")


@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_letters_arrows_and_enter_lead_on(desk, partnership, key):
    page = desk()
    page.keyboard.press(key)
    page.keyboard.type("bibloth")
    option = page.get_by_role("option", name="Bibliotheek Mol")
    option.wait_for()
    assert option.get_attribute("aria-selected") == "true"
    assert field(page).get_attribute("aria-activedescendant") == option.get_attribute("id")

    page.keyboard.press("Enter")

    page.wait_for_url(f"**/beheer/partners/{partnership.pk}/")


def test_the_arrows_go_round_and_escape_keeps_what_was_typed(desk):
    page = desk()
    page.keyboard.press("Control+k")
    page.keyboard.type("p")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert options.count() > 1
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert field(page).get_attribute("aria-expanded") == "false"
    assert field(page).input_value() == "p"


def test_the_slash_can_be_switched_off(desk):
    page = desk()
    page.goto("/beheer/zoek/")
    page.get_by_label("Ook met /").uncheck()
    page.goto("/beheer/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")


def test_without_scripts_the_form_leads_to_a_page(desk, partnership):
    page = desk(java_script_enabled=False)
    field(page).fill("bibloth")
    field(page).press("Enter")
    page.get_by_role("link", name="Bibliotheek Mol").click()
    assert page.url.endswith(f"/beheer/partners/{partnership.pk}/")
