"""Pages over one kept connection, each beside a page that costs nothing to make (tests/benchmarks/bare.py).

`pytest tests/benchmarks/bench_pages.py -s`
"""

import http.client
import statistics
import time
from contextlib import closing
from itertools import cycle, islice
from urllib.parse import quote

import pytest
from django.core.management import call_command

from config.embedded.ports import free_port
from tests import processes

ROUNDS = 150
BARE = ["/kaal/"]
PLACES = ["2400", "heusden", "antwerpne", "gent", "1050", "sint-ni", "Louvain", "meulebeke"]
SEARCHES = ["baby", "spelen", "mijn baby slaapt niet", "babymasage", "nederlands oefenen", "opvang"]
#: The pages, their addresses in turn, and the part of the bare page's speed that they must reach when nothing is kept.
PAGES = {
    "home": (["/"], 0.25),
    "home of a place": (["/?plaats=2400-mol"], 0.25),
    "results": (["/activiteiten/?plaats=2400-mol&gratis=1"], 0.25),
    "results with words": ([f"/activiteiten/?q={quote(q)}&gratis=1&leeftijd=baby" for q in SEARCHES], 0.25),
    "house": (["/huizen/baldemore/"], 0.25),
    "houses": (["/huizen/"], None),
    "/api/plaatsen": ([f"/api/plaatsen?q={quote(q)}" for q in PLACES], 0.5),
}
ASKED_AGAIN = 0.6


@pytest.mark.django_db(transaction=True)
def test_pages(tmp_path):
    """A table: milliseconds, what part of the bare speed that is, the same when it is asked again, and KB on the wire."""
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    with (
        closing(Portal(tmp_path / "fresh.log", SHARED_PAGE_SECONDS="0")) as fresh,
        closing(Portal(tmp_path / "kept.log", SHARED_PAGE_SECONDS="600")) as kept,
    ):
        yardstick = fresh.median(BARE)
        print(f"\n{'page':<22}{'ms':>7}{'p95':>7}{'speed':>8}{'budget':>8}{'again':>8}{'budget':>8}{'KB':>7}")
        print(f"{'bare':<22}{yardstick:>7.2f}")
        for name, (paths, budget) in PAGES.items():
            print(line(name, yardstick, fresh.times(paths), kept.median(paths), budget, fresh.size(paths[0])))


def line(name, yardstick, times, again, budget, size) -> str:
    middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    asked = f"{budget:>8.0%}" if budget else f"{'':>8}"
    return (
        f"{name:<22}{middle:>7.2f}{high:>7.2f}{yardstick / middle:>8.0%}{asked}"
        f"{yardstick / again:>8.0%}{ASKED_AGAIN:>8.0%}{size / 1024:>7.1f}"
    )


class Portal:
    """A web server of one process, and one visitor who keeps her connection."""

    def __init__(self, log, **environment):
        port = free_port()
        self.server = processes.web_server(
            log,
            port,
            application="tests.benchmarks.bare_wsgi:application",
            PORTAL_URL=f"http://localhost:{port}",
            CHANGES_CHECK_SECONDS="1",
            **environment,
        )
        self.connection = http.client.HTTPConnection("localhost", port)

    def times(self, paths: list[str]) -> list[float]:
        """Milliseconds of each request, after a round that does not count."""
        for path in paths:
            self.get(path)
        return [self.timed(path) for path in islice(cycle(paths), ROUNDS)]

    def timed(self, path: str) -> float:
        begin = time.perf_counter()
        self.get(path)
        return (time.perf_counter() - begin) * 1000

    def median(self, paths: list[str]) -> float:
        return statistics.median(self.times(paths))

    def size(self, path: str) -> int:
        return len(self.get(path))

    def get(self, path: str) -> bytes:
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, path
        return body

    def close(self) -> None:
        self.connection.close()
        self.server.stop()
