"""What a page weighs on the wire, of a busy House: a first visit fits one bar of signal, a second one a third of that."""

import datetime as dt
import http.client
import re
import select
import socket
import threading
import urllib.request
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest

from tests.browser.pages import PUBLIC
from tests.factories import ActivityFactory, SessionFactory

pytestmark = pytest.mark.browser
#: HTML, styles, scripts and pictograms, headers and all, with what the worker puts by for who has no signal (docs/scaling.md).
FIRST, SECOND = 50 * 1024, 15 * 1024
#: The page itself, without headers.
HTML = 15 * 1024
#: Who asks for a map to move about in, asks for Leaflet.
ON_REQUEST = {"map to move about in"}
BUSY = 24


class Line:
    """A line between the browser and the portal with two meters: what the page needs, and what its worker puts by.

    Everything counts, headers too. What Chromium wants from its maker (CONNECT) does not go through.
    """

    def __init__(self, portal: str):
        self.portal = ("127.0.0.1", urlsplit(portal).port)
        self.page = self.reserve = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self.open, daemon=True).start()

    def open(self):
        with suppress(OSError):
            while True:
                browser, _ = self.door.accept()
                threading.Thread(target=self.carry, args=[browser], daemon=True).start()

    def carry(self, browser: socket.socket):
        """Both ways until one of them hangs up; on one connection answers follow their questions."""
        with suppress(OSError), browser, socket.create_connection(self.portal) as portal:
            for_worker = False
            while True:
                for end in select.select([browser, portal], [], [])[0]:
                    piece = end.recv(65536)
                    if not piece or piece.startswith(b"CONNECT"):
                        return
                    if end is browser:
                        for_worker = b"/sw.js" in piece  # asked, or asked by
                        portal.sendall(piece)
                    else:
                        self.count(len(piece), for_worker)
                        browser.sendall(piece)

    def count(self, size: int, for_worker: bool):
        if for_worker:
            self.reserve += size
        else:
            self.page += size

    def close(self):
        self.door.close()

    def visit(self, page, path: str) -> tuple[int, int]:
        """How many bytes the portal sent for this page, and how many for what can be read without signal later."""
        before = self.page, self.reserve
        page.goto(path, wait_until="networkidle")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        return self.page - before[0], self.reserve - before[1]


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


def weighed(browser, live_portal, line, path: str) -> tuple[int, int, int]:
    """Bytes of a first visit with an empty browser, of the next one, and of what the worker puts by."""
    proxy = {"server": line.address, "bypass": "<-loopback>"}
    context = browser.new_context(
        base_url=live_portal.url, viewport={"width": 360, "height": 740}, proxy=proxy
    )
    page = context.new_page()
    first, reserve = line.visit(page, path)
    page.goto("about:blank")
    second, reserve_again = line.visit(page, path)
    context.close()
    return first, second + reserve_again, reserve


@pytest.mark.minutes
def test_every_page_is_light(browser, live_portal, line, busy):
    weights = {
        name: weighed(browser, live_portal, line, address.path.format(**busy))
        for name, address in PUBLIC.items()
        if name not in ON_REQUEST
    }
    for name, sizes in sorted(weights.items(), key=lambda row: -row[1][0]):
        print(*(f"{size / 1024:6.1f}" for size in sizes), "KB ", name)
    assert {name: sizes for name, sizes in weights.items() if sizes[0] + sizes[2] > FIRST} == {}
    assert {name: sizes for name, sizes in weights.items() if sizes[1] > SECOND} == {}
    assert {name: sizes for name, sizes in weights.items() if not (sizes[0] and sizes[2])} == {}


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_the_page_itself_is_light_in_what_every_browser_reads(live_portal, busy, encoding):
    paths = {name: address.path.format(**busy) for name, address in PUBLIC.items()}
    sizes = {name: size(f"{live_portal.url}{path}", encoding) for name, path in paths.items()}
    assert {name: size for name, size in sizes.items() if size > HTML} == {}


def size(url: str, encoding: str) -> int:
    """The bytes of a page as it goes over the wire, be it one that says that something is gone."""
    address = urlsplit(url)
    with closing(http.client.HTTPConnection(address.netloc)) as connection:
        path = f"{address.path}?{address.query}"
        connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        assert answer.headers["Content-Encoding"] == encoding
        return len(answer.read())


def test_files_come_in_brotli_and_in_gzip_for_who_reads_no_other(live_portal):
    page = urllib.request.urlopen(f"{live_portal.url}/").read().decode()
    for path in re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page):
        assert size(f"{live_portal.url}{path}", "br") < size(f"{live_portal.url}{path}", "gzip")
