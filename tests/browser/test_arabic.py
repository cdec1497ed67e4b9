"""A mother who reads Arabic: from the welcome through a search in her language to an activity, all from the right."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import ActivityTranslationFactory, HouseTranslationFactory

pytestmark = pytest.mark.browser

TITLE = "تدليك الرضع"


@pytest.fixture
def in_arabic(baldemore):
    ActivityTranslationFactory(
        activity=baldemore.activity, language="ar", title=TITLE, summary="تعالي مع طفلك."
    )
    HouseTranslationFactory(house=baldemore.house, language="ar", intro="", sources={})
    return baldemore


def look(page):
    """What is wrong with a page, as sentences."""
    wrong = []
    if extra := page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
        wrong.append(f"{extra} px sideways")
    for rule in Axe().run(page).response["violations"]:
        wrong.append(f"axe {rule['id']}: {rule['nodes'][0]['target']}")
    return [f"{page.url}: {what}" for what in wrong]


def test_from_welcome_to_an_activity_in_arabic(page, in_arabic):
    page.goto("/")
    page.locator("footer").get_by_role("link", name="العربية").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert look(page) == []

    page.goto("/welkom/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.get_by_role("heading", level=1).inner_text() == "أهلاً وسهلاً"
    assert page.locator("#zinnen > li").count() == 10
    assert page.locator("#zinnen").evaluate("list => getComputedStyle(list).direction") == "rtl"
    assert look(page) == []

    page.get_by_role("link", name="حضانة أطفال").click()
    assert "/ar/activiteiten/" in page.url
    assert look(page) == []

    page.get_by_role("searchbox").fill("babymassage")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**q=babymassage**")
    page.locator(".offer-card a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == TITLE
    assert "هذه ترجمة" in page.locator("main").inner_text()
    assert "غدًا" in page.locator("main").inner_text()
    assert look(page) == []

    page.locator("header").get_by_role("link", name="Nederlands").click()
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.get_by_role("heading", level=1).inner_text() == "Babymassage"


@pytest.mark.parametrize("path", ["/ar/", "/ar/huizen/", "/ar/huizen/baldemore/", "/ar/hulp/", "/ar/aanmelden/", "/fr/", "/en/activiteiten/"])  # fmt: skip
def test_no_page_has_a_fault_in_another_language(page, in_arabic, path):
    page.goto(path)
    assert look(page) == []


def test_the_page_is_read_aloud_where_there_is_a_voice(browser, live_portal, in_arabic):
    """Chromium here has no voices, so the page gets one; what is said, and in which language, is ours."""
    context = browser.new_context(base_url=live_portal.url)
    context.add_init_script(
        """
        const said = (window.said = []);
        const voices = [{ lang: "ar-SA" }, { lang: "nl-BE" }];
        Object.defineProperty(window, "speechSynthesis", { value: {
          getVoices: () => voices, speak: (speech) => said.push([speech.lang, speech.text]), cancel() {}, pending: true,
        }});
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        """
    )
    page = context.new_page()
    page.goto("/activiteiten/babymassage-mol/?taal=ar")
    button = page.get_by_role("button", name="Lees voor")
    button.focus()
    page.keyboard.press("Enter")
    said = page.evaluate("window.said")
    assert ["ar-SA", TITLE] in said
    assert ["nl-BE", "Voor wie"] in said
    assert page.get_by_role("button", name="Stop met voorlezen").is_visible()
    context.close()


def test_no_button_to_read_aloud_where_there_is_no_voice(page, in_arabic):
    page.goto("/activiteiten/babymassage-mol/")
    assert page.get_by_role("button", name="Lees voor").count() == 0
