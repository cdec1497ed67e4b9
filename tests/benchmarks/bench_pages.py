"""How fast pages answer over a kept connection, against a page that asks nothing of the database.

`pytest tests/benchmarks/bench_pages.py -s`
"""

import http.client
import statistics
import time
from contextlib import closing
from urllib.parse import quote, urlsplit

import pytest
from django.core.management import call_command

ROUNDS = 40
PLACES = ["2400", "heusden", "antwerpne", "gent", "1050", "sint-ni", "Louvain", "meulebeke"]
PAGES = {
    "a page without the database": "/robots.txt",
    "/api/plaatsen": [f"/api/plaatsen?q={quote(q)}" for q in PLACES],
    "home": "/",
    "home of a place": "/?plaats=2400-mol",
    "results": "/activiteiten/?plaats=2400-mol&gratis=1",
    "house": "/huizen/baldemore/",
    "houses": "/huizen/",
    "projects": "/projecten/",
}


@pytest.mark.django_db(transaction=True)
def test_pages(live_portal):
    """A table: median and 95th percentile in milliseconds, and the size on the wire."""
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    print(f"\n{'page':<30}{'median ms':>10}{'p95 ms':>10}{'KB':>8}")
    with closing(http.client.HTTPConnection(urlsplit(live_portal.url).netloc)) as connection:
        for name, paths in PAGES.items():
            times, size = timed(connection, [paths] if isinstance(paths, str) else paths)
            middle, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            print(f"{name:<30}{middle:>10.1f}{high:>10.1f}{size / 1024:>8.1f}")


def timed(connection, paths) -> tuple[list[float], int]:
    """Milliseconds of each request after a first round that does not count, and the bytes of the last."""
    times = []
    for turn in range(ROUNDS + 1):
        for path in paths:
            begin = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            size = len(answer.read())
            assert answer.status == 200, path
            if turn:
                times.append((time.perf_counter() - begin) * 1000)
    return times, size
