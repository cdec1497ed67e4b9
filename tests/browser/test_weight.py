"""What a page weighs on the wire, of a busy House: a first visit fits one bar of signal, a second one a third of that."""

import datetime as dt
import select
import socket
import threading
from urllib.parse import urlsplit

import pytest

from tests.browser.pages import PUBLIC
from tests.factories import ActivityFactory, SessionFactory

pytestmark = pytest.mark.browser
#: HTML, styles, scripts and pictograms, headers and all (docs/scaling.md).
FIRST, SECOND = 50 * 1024, 15 * 1024
#: Who asks for a map to move about in, asks for Leaflet.
ON_REQUEST = {"map to move about in"}
BUSY = 24


class Line:
    """A telephone line between the browser and the portal, with a meter: headers, scripts and workers, all of it."""

    def __init__(self, portal: str):
        address = urlsplit(portal)
        self.portal, self.bytes = ("127.0.0.1", address.port), 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self.open, daemon=True).start()

    def open(self):
        while True:
            try:
                browser, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=[browser], daemon=True).start()

    def carry(self, browser: socket.socket):
        with browser, socket.create_connection(self.portal) as portal:
            ways = {browser: portal, portal: browser}
            while True:
                for end in select.select(list(ways), [], [])[0]:
                    try:
                        piece = end.recv(65536)
                        ways[end].sendall(piece)
                    except OSError:
                        return
                    if not piece:
                        return
                    self.bytes += len(piece) * (end is portal)

    def close(self):
        self.door.close()

    def visit(self, page, path: str) -> int:
        """How many bytes the portal sent for this page, and for what it asked for by itself."""
        before = self.bytes
        page.goto(path, wait_until="networkidle")
        page.wait_for_function("navigator.serviceWorker.ready.then(Boolean)")
        return self.bytes - before


@pytest.fixture
def line(live_portal):
    """A line with a meter."""
    line = Line(live_portal.url)
    yield line
    line.close()


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


def weighed(browser, live_portal, line, path: str) -> tuple[int, int]:
    """Bytes of a first visit with an empty browser, and of the next one."""
    proxy = {"server": line.address, "bypass": "<-loopback>"}
    context = browser.new_context(
        base_url=live_portal.url, viewport={"width": 360, "height": 740}, proxy=proxy
    )
    page = context.new_page()
    first = line.visit(page, path)
    page.goto("about:blank")
    second = line.visit(page, path)
    context.close()
    return first, second


def test_every_page_is_light(browser, live_portal, line, busy):
    weights = {
        name: weighed(browser, live_portal, line, address.path.format(**busy))
        for name, address in PUBLIC.items()
        if name not in ON_REQUEST
    }
    for name, (first, second) in sorted(weights.items(), key=lambda row: -row[1][0]):
        print(f"{first / 1024:6.1f} {second / 1024:6.1f} KB  {name}")
    assert min(second for _, second in weights.values()) > 0
    assert {name: first for name, (first, _) in weights.items() if first > FIRST} == {}
    assert {name: second for name, (_, second) in weights.items() if second > SECOND} == {}
