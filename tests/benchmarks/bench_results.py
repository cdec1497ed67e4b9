"""The results page with words, two filters and all counts, not kept, in a network of 1,000, 10,000 and 100,000 activities.

`pytest tests/benchmarks/bench_results.py -s`
"""

from contextlib import closing
from urllib.parse import quote

import pytest

from tests.benchmarks.bench_pages import BARE, Portal
from tests.benchmarks.bench_search import SIZES, WORDS, fill

RESULTS = [f"/activiteiten/?q={quote(word)}+met+je+kind&gratis=1&leeftijd=baby" for word in WORDS]
OF_BARE, OF_ITSELF, MEGABYTES = 0.25, 0.7, 150


@pytest.mark.django_db(transaction=True)
def test_results(tmp_path):
    """A table: what part of the bare rate, what part of its own rate at 1,000, and what the process holds in memory."""
    small = 0.0
    print(
        f"\n{'activities':<12}{'cpu ms':>8}{'of bare':>9}{'budget':>8}{'of 1,000':>10}{'budget':>8}{'MB':>7}{'budget':>8}"
    )
    for number in SIZES:
        fill(number)
        with closing(Portal(tmp_path / f"{number}.log", SHARED_PAGE_SECONDS="0")) as portal:
            portal.measure(RESULTS)  # the first pages of a process pay for what all later ones use
            bare, page = portal.measure(BARE).processor, portal.measure(RESULTS).processor
            megabytes = portal.server.megabytes()
        small = small or page
        print(
            f"{number:<12,}{page:>8.2f}{bare / page:>9.0%}{OF_BARE:>8.0%}{small / page:>10.0%}{OF_ITSELF:>8.0%}"
            f"{megabytes:>7.0f}{MEGABYTES if number == 10_000 else '':>8}"
        )
