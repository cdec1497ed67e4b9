"""Every kind of page: no accessibility rule broken, nothing sideways, nothing from elsewhere, no script that fails.

Each page is looked at in three of the nine screens below, so that every width and every palette comes by;
`EVERY_SCREEN=1` looks at all nine (some minutes more); `PICTURES=folder` keeps what was seen, for people to look at.
"""

import os
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import MINE, PUBLIC
from tests.browser.staff_pages import EDITOR, JURY, LEADER, OFFICE, STAFF

pytestmark = pytest.mark.browser
WIDTHS = (320, 768, 1280)
PALETTES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
#: Latin squares: whichever of the three a page gets, it is seen at each width and in each palette once.
SQUARES = [[(width, list(PALETTES)[(at + turn) % 3]) for at, width in enumerate(WIDTHS)] for turn in range(3)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "for (const one of document.querySelectorAll('main details')) one.open = true"


def screens_of(number: int) -> list[tuple[int, str]]:
    """The screens for the page with this number."""
    if "EVERY_SCREEN" in os.environ:
        return [screen for square in SQUARES for screen in square]
    return SQUARES[number % 3]


def faults(browser, live_portal, name, address, screens, *, cookies=()):
    """Open a page, unfold all of it, and look at it on each screen; what was wrong, as sentences."""
    # Without motion: a colour that is still on its way to another one is measured wrongly.
    context = browser.new_context(base_url=live_portal.url, locale="nl-BE", reduced_motion="reduce")
    context.set_default_timeout(10_000)
    context.add_cookies(list(cookies))
    page, wrong = context.new_page(), []
    listen(page, urlparse(live_portal.url).netloc, wrong)
    page.goto(address.path)
    if "?next=" in page.url:
        wrong.append("asks to sign in")
    if address.press:
        page.locator(address.press).first.click()
        page.wait_for_load_state("networkidle")
    page.evaluate(UNFOLD)
    for width, palette in screens:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**PALETTES[palette])
        wrong += [f"{width} {palette}: {fault}" for fault in look(page)]
        if "PICTURES" in os.environ:
            file = f"{name.replace(' ', '_')}-{width}-{palette}.png"
            page.screenshot(path=Path(os.environ["PICTURES"]) / file, full_page=True)
    context.close()
    return [f"{address.path} {what}" for what in wrong]


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
    for rule in Axe().run(page).response["violations"]:
        wrong += [f"axe {rule['id']}: {node['target']}" for node in rule["nodes"][:3]]
    return wrong


@pytest.mark.parametrize("third", range(3))
def test_public_pages_have_no_fault(browser, live_portal, addresses, third):
    wrong = []
    for number, (name, page) in enumerate(PUBLIC.items()):
        if number % 3 == third:
            address = page._replace(path=page.path.format(**addresses))
            wrong += faults(browser, live_portal, name, address, screens_of(number // 3))
    assert wrong == []


@pytest.mark.parametrize(
    ("pages", "who"),
    [(MINE, "parent"), (OFFICE, "officer"), (LEADER, "leader"), (EDITOR, "partner_editor"), (JURY, "juror")],
)
def test_pages_of_who_signed_in_have_no_fault(browser, live_portal, addresses, cookies, pages, who):
    signed_in = cookies(addresses[who])
    wrong = []
    for number, (name, page) in enumerate(pages.items()):
        address = page._replace(path=page.path.format(**addresses))
        wrong += faults(browser, live_portal, name, address, screens_of(number), cookies=signed_in)
    assert wrong == []


@pytest.mark.parametrize("third", range(3))
def test_pages_of_a_coordinator_have_no_fault(browser, live_portal, addresses, baldemore, cookies, third):
    signed_in = cookies(baldemore.coordinator)
    wrong = []
    for number, (name, page) in enumerate(STAFF.items()):
        if number % 3 == third:
            address = page._replace(path=page.path.format(**addresses))
            wrong += faults(browser, live_portal, name, address, screens_of(number // 3), cookies=signed_in)
    assert wrong == []
