"""Text of twice the size, with the spacing of WCAG 1.4.12, or with our own two buttons pressed: every page still says all it said."""

from pathlib import Path

import pytest

from tests.browser.pages import MINE, PUBLIC

pytestmark = pytest.mark.browser
SHEETS = {
    "twice the size": "html { font-size: 200% !important; }",
    "wider spaced": """
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }""",
    "our own buttons": "",
}
PRESSED = "(on) => on ? document.documentElement.dataset.reading = 'groot ruim' : delete document.documentElement.dataset.reading"
WIDTHS = (320, 1280)
#: The policy of the pages refuses a style of somebody else, as it should: an adopted sheet is the visitor's own.
ADOPT = "(text) => { const s = new CSSStyleSheet(); s.replaceSync(text); document.adoptedStyleSheets = [s]; }"
UNFOLD = "for (const one of document.querySelectorAll('main details')) one.open = true"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOST = (Path(__file__).parent / "text_faults.js").read_text()


def faults(page, address, sizes=SHEETS):
    page.goto(address.path)
    if address.press:
        page.locator(address.press).first.click()
        page.wait_for_load_state("networkidle")
    page.evaluate(UNFOLD)
    wrong = []
    for name, sheet in sizes.items():
        page.evaluate(ADOPT, sheet)
        page.evaluate(PRESSED, name == "our own buttons")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            sideways = page.evaluate(SIDEWAYS)
            lost = page.evaluate(LOST) + ([f"{sideways} px sideways"] if sideways else [])
            wrong += [f"{address.path} {name} {width}: {what}" for what in lost]
    return wrong


def test_public_pages_lose_nothing(page, addresses):
    wrong = []
    for address in PUBLIC.values():
        wrong += faults(page, address._replace(path=address.path.format(**addresses)))
    assert wrong == []


def test_pages_of_a_parent_lose_nothing(page, addresses, cookies):
    page.context.add_cookies(cookies(addresses["parent"]))
    wrong = []
    for address in MINE.values():
        wrong += faults(page, address._replace(path=address.path.format(**addresses)))
    assert wrong == []


def test_the_measure_itself_sees_what_is_lost(page, addresses):
    """A control: the same measure finds text that is cut off, over other text, or beyond the edge."""
    address = PUBLIC["help"]
    broken = {
        "cut off": "main p { block-size: 8px; overflow: hidden; }",
        "over each other": "main h2 { margin-block-end: -60px !important; }",
        "beyond the edge": "main p { margin-inline-start: -60px !important; }",
    }
    for word, sheet in broken.items():
        assert any(word in fault for fault in faults(page, address, {word: sheet})), word
