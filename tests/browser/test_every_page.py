"""Every kind of page: no accessibility rule broken, nothing sideways, nothing from elsewhere, no script that fails.

Each page is looked at in three of the nine screens below, so that every width and every palette comes by;
`EVERY_SCREEN=1` looks at all nine (some minutes more); `PICTURES=folder` keeps what was seen, for people to look at.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import MINE, PUBLIC
from tests.browser.staff_pages import EDITOR, JURY, LEADER, OFFICE, STAFF, Page

pytestmark = [pytest.mark.browser, pytest.mark.minutes]
WIDTHS = (320, 768, 1280)
PALETTES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
#: Latin squares: whichever of the three a page gets, it is seen at each width and in each palette once.
SQUARES = [[(width, list(PALETTES)[(at + turn) % 3]) for at, width in enumerate(WIDTHS)] for turn in range(3)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe().axe_script
#: Only what is wrong comes back: all that is right as well is much more.
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then((found) => found.violations)"
UNFOLD = "for (const one of document.querySelectorAll('main details')) one.open = true"


def screens_of(number: int) -> list[tuple[int, str]]:
    """The screens for the page with this number."""
    if "EVERY_SCREEN" in os.environ:
        return [screen for square in SQUARES for screen in square]
    return SQUARES[number % 3]


@pytest.fixture
def tab(browser, live_portal):
    """One tab for all pages of a test, as people have: a new browser for each page took longer than looking at it."""
    # Without motion: a colour that is still on its way to another one is measured wrongly.
    context = browser.new_context(base_url=live_portal.url, locale="nl-BE", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def faults(tab, live_portal, addresses):
    """What was wrong with each of these pages on its screens, as sentences: `faults(name, page, screens)`."""
    heard = []
    listen(tab, urlparse(live_portal.url).netloc, heard)

    def of(name: str, page: Page, screens) -> list[str]:
        path, seen = page.path.format(**addresses), []
        tab.goto(path)
        if "?next=" in tab.url:
            seen.append("asks to sign in")
        open_whole(tab, page.press)
        for width, palette in screens:
            tab.set_viewport_size({"width": width, "height": 800})
            tab.emulate_media(**PALETTES[palette])
            seen += [f"{width} {palette}: {fault}" for fault in look(tab)]
            if "PICTURES" in os.environ:
                file = f"{name.replace(' ', '_')}-{width}-{palette}.png"
                tab.screenshot(path=Path(os.environ["PICTURES"]) / file, full_page=True)
        wrong = [f"{path} {what}" for what in heard + seen]
        heard.clear()
        return wrong

    return of


def open_whole(tab, press: str) -> None:
    """Press the button, unfold all of it, and load axe, once for all screens."""
    if press:
        tab.locator(press).first.click()
        tab.wait_for_load_state("networkidle")
    tab.evaluate(UNFOLD)
    tab.evaluate(AXE)


def listen(page, host, wrong):
    """Note scripts that fail and files from elsewhere; that the page itself is a 404 is no fault here."""
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on(
        "console",
        lambda said: (
            wrong.append(f"console: {said.text}")
            if said.type == "error" and said.location["url"] != page.url
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            wrong.append(f"elsewhere: {request.url}")
            if request.url.startswith("http") and urlparse(request.url).netloc != host
            else None
        ),
    )


def look(page):
    wrong = []
    if extra := page.evaluate(SIDEWAYS):
        wrong.append(f"{extra} px sideways")
    for rule in page.evaluate(VIOLATIONS):
        wrong += [f"axe {rule['id']}: {node['target']}" for node in rule["nodes"][:3]]
    return wrong


@pytest.mark.parametrize("third", range(3))
def test_public_pages_have_no_fault(faults, third):
    wrong = []
    for number, (name, page) in enumerate(PUBLIC.items()):
        if number % 3 == third:
            wrong += faults(name, page, screens_of(number // 3))
    assert wrong == []


@pytest.mark.parametrize(
    ("pages", "who"),
    [(MINE, "parent"), (OFFICE, "officer"), (LEADER, "leader"), (EDITOR, "partner_editor"), (JURY, "juror")],
)
def test_pages_of_who_signed_in_have_no_fault(tab, faults, addresses, cookies, pages, who):
    tab.context.add_cookies(cookies(addresses[who]))
    wrong = []
    for number, (name, page) in enumerate(pages.items()):
        wrong += faults(name, page, screens_of(number))
    assert wrong == []


@pytest.mark.parametrize("third", range(3))
def test_pages_of_a_coordinator_have_no_fault(tab, faults, baldemore, cookies, third):
    tab.context.add_cookies(cookies(baldemore.coordinator))
    wrong = []
    for number, (name, page) in enumerate(STAFF.items()):
        if number % 3 == third:
            wrong += faults(name, page, screens_of(number // 3))
    assert wrong == []


def test_the_look_itself_sees_what_is_wrong(tab, faults):
    """A control: a page that has each kind of fault, and after it one without."""
    assert faults("help", PUBLIC["help"], screens_of(0)) == []
    tab.add_init_script(
        """if (location.pathname === '/hulp/') addEventListener('DOMContentLoaded', () => {
            document.body.insertAdjacentHTML('beforeend', '<img src="/bestaat-niet.png">');
            document.body.lastElementChild.style.minWidth = '2000px';
            throw new Error('kapot');
        })"""
    )
    wrong = "\n".join(faults("help", PUBLIC["help"], screens_of(0)))
    for width, palette in screens_of(0):
        assert f"{width} {palette}: axe image-alt" in wrong
        assert re.search(rf"{width} {palette}: \d+ px sideways", wrong)
    for sound in ("script: kapot", "console: Failed to load resource"):
        assert sound in wrong
    assert faults("privacy", PUBLIC["privacy"], screens_of(1)) == []
