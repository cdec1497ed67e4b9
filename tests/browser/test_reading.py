"""Larger and clearer letters below every page: at once, remembered by this browser alone, and undone by the same press."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
#: What the page wears when its body begins, before anything of it is drawn.
FIRST_SIGHT = """
new MutationObserver((_, watch) => {
  if (!document.body) return;
  window.firstSight = document.documentElement.dataset.reading ?? "";
  watch.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def button(page, name):
    return page.get_by_role("button", name=name)


def letters(page) -> tuple[float, str]:
    """The size of the letters in pixels, and the first family."""
    size, family = page.evaluate(
        "(({ fontSize, fontFamily }) => [fontSize, fontFamily])(getComputedStyle(document.body))"
    )
    return float(size.removesuffix("px")), family.partition(",")[0]


def test_letters_grow_at_once_stay_so_on_every_page_and_go_back(page, baldemore):
    page.add_init_script(FIRST_SIGHT)
    page.goto("/")
    usual = letters(page)
    button(page, "Grotere letters").click()
    button(page, "Duidelijke letters").click()
    chosen = letters(page)
    assert chosen == (pytest.approx(1.3 * usual[0]), "Verdana")
    page.goto("/huizen/baldemore/")
    assert (letters(page), page.evaluate("window.firstSight")) == (chosen, "groot ruim")
    expect(button(page, "Grotere letters")).to_have_attribute("aria-pressed", "true")
    button(page, "Grotere letters").click()
    button(page, "Duidelijke letters").click()
    assert letters(page) == usual
    page.reload()
    assert (letters(page), page.evaluate("window.firstSight")) == (usual, "")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.getItem('lezen')") is None


def test_arabic_letters_stay_joined(page, baldemore):
    page.goto("/ar/")
    button(page, "حروف أوضح").click()
    spaces = page.evaluate(
        "['main h1', 'main p'].map((s) => getComputedStyle(document.querySelector(s)).letterSpacing)"
    )
    assert set(spaces) <= {"0px", "normal"}


def test_without_a_script_or_a_memory_nothing_is_promised(browser, live_portal, baldemore):
    context = browser.new_context(base_url=live_portal.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("Grotere letters")).to_be_hidden()
    context.close()
    context = browser.new_context(base_url=live_portal.url)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('nee'); } });"
    )
    page = context.new_page()
    page.goto("/")
    usual = letters(page)
    button(page, "Grotere letters").click()
    assert letters(page)[0] == pytest.approx(1.3 * usual[0])
    context.close()
