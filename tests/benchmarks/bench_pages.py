"""Pages over one kept connection, each beside a page that costs nothing to make (tests/benchmarks/bare.py).

What counts is the time of the processor: the rate that a web process reaches is one over that, whatever else the machine
does meanwhile. The clock on the wall stands beside it. `pytest tests/benchmarks/bench_pages.py -s`
"""

import http.client
import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import quote

import pytest
from django.core.management import call_command

from activities.models import Activity
from config.embedded.ports import free_port
from tests import processes
from tests.benchmarks.bench_search import GROUPS, WORDS

ROUNDS = 300
BARE = ["/kaal/"]
PLACES = ["2400", "heusden", "antwerpne", "gent", "1050", "sint-ni", "Louvain", "meulebeke"]
SEARCHES = ["baby", "spelen", "mijn baby slaapt niet", "babymasage", "nederlands oefenen", "opvang"]
#: What nobody asked before: more questions than a process remembers, so that each is read and matched anew.
NEW_WORDS = [f"{one} {other}" for one in WORDS for other in WORDS if one != other] + [
    f"{one} met {group} in je buurt" for one in WORDS for group in GROUPS
]
#: The pages, their addresses in turn, and the part of the bare page's rate that they must reach when the page itself is
#: not kept (its parts may be: docs/adr/0014-what-never-changes-is-made-once.md).
PAGES = {
    "home": (["/"], 0.25),
    "home of a place": (["/?plaats=2400-mol"], 0.25),
    "results": (["/activiteiten/?plaats=2400-mol&gratis=1"], 0.25),
    "results with words": ([f"/activiteiten/?q={quote(q)}&gratis=1&leeftijd=baby" for q in SEARCHES], 0.25),
    "results, new words": ([f"/activiteiten/?q={quote(q)}&gratis=1&leeftijd=baby" for q in NEW_WORDS], None),
    "house": (["/huizen/baldemore/"], 0.25),
    "activity": ([], 0.25),
    "houses": (["/huizen/"], None),
    "/api/plaatsen": ([f"/api/plaatsen?q={quote(q)}" for q in PLACES], 0.5),
    "/api/zoek": ([f"/api/zoek?q={quote(q)}" for q in SEARCHES], 0.25),
}
ASKED_AGAIN = 0.6


@pytest.mark.django_db(transaction=True)
def test_pages(tmp_path):
    """A table: what the processor does for a page, what part of the bare rate that is, and the same when it is asked again."""
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    slugs = Activity.objects.published().order_by("pk").values_list("slug", flat=True)[:10]
    pages = PAGES | {"activity": ([f"/activiteiten/{slug}/" for slug in slugs], PAGES["activity"][1])}
    with (
        closing(Portal(tmp_path / "fresh.log", SHARED_PAGE_SECONDS="0")) as fresh,
        closing(Portal(tmp_path / "kept.log", SHARED_PAGE_SECONDS="600")) as kept,
    ):
        fresh.measure(BARE)  # the first pages of a process pay for what all later ones use
        bare = fresh.measure(BARE).processor
        print(f"\n{HEADING}")
        for name, (paths, budget) in {"bare": (BARE, None), **pages}.items():
            print(line(name, fresh.measure(paths), kept.measure(paths), bare, budget))


HEADING = (
    f"{'page':<20}{'first ms':>9}{'ms':>7}{'p95':>7}{'cpu ms':>8}{'of bare':>9}{'budget':>8}"
    f"{'again':>8}{'budget':>8}{'KB':>7}"
)


@dataclass
class Measured:
    """Milliseconds of each request on the wall, of the very first one, and of the processor on average; and bytes."""

    first: float
    times: list[float]
    processor: float
    size: int


def line(name: str, page: Measured, again: Measured, bare: float, budget: float | None) -> str:
    asked = f"{budget:>8.0%}" if budget else f"{'':>8}"
    return (
        f"{name:<20}{page.first:>9.1f}{statistics.median(page.times):>7.2f}{statistics.quantiles(page.times, n=20)[-1]:>7.2f}"
        f"{page.processor:>8.2f}{bare / page.processor:>9.0%}{asked}"
        f"{bare / again.processor:>8.0%}{ASKED_AGAIN:>8.0%}{page.size / 1024:>7.1f}"
    )


class Portal:
    """A web server of one process, and one visitor who keeps her connection, and her session where she has one."""

    def __init__(self, log, *, cookie: str = "", **environment):
        port = free_port()
        self.headers = {"Accept-Encoding": "gzip, deflate, br", "Cookie": cookie}
        self.server = processes.web_server(
            log,
            port,
            application="tests.benchmarks.bare_wsgi:application",
            PORTAL_URL=f"http://localhost:{port}",
            CHANGES_CHECK_SECONDS="1",
            **environment,
        )
        self.connection = http.client.HTTPConnection("localhost", port)

    def measure(self, paths: list[str], rounds: int = ROUNDS) -> Measured:
        """What these addresses cost in turn, after a round that does not count."""
        self.connection.close()  # the server may have hung up on who was silent for long
        first = self.timed(paths[0])
        for path in paths:
            self.get(path)
        before = self.server.processor_seconds()
        times = [self.timed(path) for path in islice(cycle(paths), rounds)]
        processor = (self.server.processor_seconds() - before) / rounds * 1000
        return Measured(first, times, processor, len(self.get(paths[0])))

    def timed(self, path: str) -> float:
        begin = time.perf_counter()
        self.get(path)
        return (time.perf_counter() - begin) * 1000

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, path
        return body

    def close(self) -> None:
        self.connection.close()
        self.server.stop()
