"""What a page weighs on the wire, of a busy House: a first visit fits one bar of signal, a second one half of that."""

import datetime as dt

import pytest

from tests.browser.pages import PUBLIC
from tests.factories import ActivityFactory, SessionFactory

pytestmark = pytest.mark.browser
#: HTML, styles, scripts and pictograms, headers and all (docs/scaling.md).
FIRST, SECOND = 50 * 1024, 15 * 1024
#: Who asks for a map to move about in, asks for Leaflet.
ON_REQUEST = {"map to move about in"}
BUSY = 24


@pytest.fixture
def busy(baldemore, addresses):
    """More offer than one page of results shows, with long texts, and a week full of moments."""
    for number in range(BUSY):
        activity = ActivityFactory(
            house=baldemore.house,
            location=baldemore.activity.location,
            title=f"Samen spelen en Nederlands oefenen met je kind {number}",
            summary="Kom spelen met je kind. Er is koffie en thee, en iemand die met jou Nederlands oefent.",
            description="We zingen samen. We lezen een boek. Je kind speelt met andere kinderen. " * 12,
            element=["support", "encounter", "activities"][number % 3],
        )
        for day in range(6):
            start = baldemore.session.starts_at + dt.timedelta(days=day, minutes=number)
            SessionFactory(activity=activity, original_start=start)
    return addresses


class Wire:
    """Counts what comes over the line, headers too; what the browser still had does not come."""

    def __init__(self, page):
        self.bytes = 0
        client = page.context.new_cdp_session(page)
        client.send("Network.enable")
        client.on("Network.loadingFinished", self.add)

    def add(self, event):
        self.bytes += int(event["encodedDataLength"])

    def visit(self, page, path: str) -> int:
        self.bytes = 0
        page.goto(path, wait_until="networkidle")
        return self.bytes


def weighed(browser, live_portal, path: str) -> tuple[int, int]:
    """Bytes of a first visit with an empty browser, and of the next one."""
    context = browser.new_context(base_url=live_portal.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire = Wire(page)
    first = wire.visit(page, path)
    page.goto("about:blank")
    second = wire.visit(page, path)
    context.close()
    return first, second


def test_every_page_is_light(browser, live_portal, busy):
    weights = {
        name: weighed(browser, live_portal, address.path.format(**busy))
        for name, address in PUBLIC.items()
        if name not in ON_REQUEST
    }
    heaviest = sorted(weights.items(), key=lambda row: -row[1][0])
    for name, (first, second) in heaviest:
        print(f"{first / 1024:6.1f} {second / 1024:6.1f} KB  {name}")
    assert {name: first for name, (first, _) in weights.items() if first > FIRST} == {}
    assert {name: second for name, (_, second) in weights.items() if second > SECOND} == {}
