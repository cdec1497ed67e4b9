"""The desk of the agency: 25 projects alone, and among 240 with ten years and fifty thousand figures of indicators.

The yardstick is the page that costs nothing to make, in the same run. What must hold: as for the lists of a coordinator,
as many lines cost little more among many projects than alone. All 25 have a report to read, as the 25 that are shown
first of 240; the page of 240 holds as much. A file holds every project: what it may cost is asked of none.
`pytest tests/benchmarks/bench_desk.py -s`
"""

import datetime as dt
import statistics
from contextlib import closing

import pytest
from django.db import connection
from django.utils import timezone

from projects.models import Figure, ProgressReport, Project, ReportState
from tests.benchmarks.bench_pages import BARE, Measured, Portal
from tests.benchmarks.many_projects import add_projects, make_programme
from tests.projects.builders import make_officer

ALONE, AMONG, YEARS, ROUNDS = 25, 240, 10, 20
OF_ITSELF = 0.8
PAGES = {
    "desk": "/opgroeien/",
    "desk of one year": "/opgroeien/?jaar={year}",
    "desk as it stood": "/opgroeien/?op={then}",
    "desk with a report": "/opgroeien/antwoord/{report}/",
    "comparison": "/opgroeien/vergelijken/",
    "timeline": "/opgroeien/tijdlijn/",
}
FILES = {
    "desk, CSV": "/opgroeien/projecten.csv",
    "desk, XLSX": "/opgroeien/projecten.xlsx",
    "comparison, CSV": "/opgroeien/vergelijken.csv",
    "comparison, XLSX": "/opgroeien/vergelijken.xlsx",
    "timeline, CSV": "/opgroeien/tijdlijn.csv",
}


@pytest.mark.django_db(transaction=True)
def test_desk(tmp_path, client):
    """A table: what each page takes on the wall and of the processor, beside the bare page; and beside itself with 25."""
    client.force_login(make_officer())
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    call, small = make_programme(YEARS), {}
    with closing(Portal(tmp_path / "desk.log", cookie=cookie)) as portal:
        for more in (ALONE, AMONG - ALONE):
            add_projects(call, more, all_wait=more == ALONE)
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            portal.measure(BARE)  # the first pages of a process pay for what all later ones use
            bare = portal.measure(BARE).processor
            print(
                f"\n{Project.objects.count()} projects, {Figure.objects.count():,} figures, bare {bare:.2f} ms\n{HEADING}"
            )
            for name, path in (PAGES | FILES).items():
                page = portal.measure([path.format(**_facts(call))], rounds=ROUNDS)
                share = bare / page.processor
                print(_line(name, page, share, small.setdefault(name, share)))


HEADING = f"{'page':<20}{'ms':>8}{'cpu ms':>8}{'of bare':>9}{'of 25':>7}{'budget':>8}{'KB':>7}"


def _line(name: str, page: Measured, share: float, small: float) -> str:
    """`share`: its rate as a part of that of the bare page, of now and of 25 projects (`small`): what else runs counts for both."""
    budget = f"{OF_ITSELF:>8.0%}" if name in PAGES else " " * 8
    return (
        f"{name:<20}{statistics.median(page.times):>8.1f}{page.processor:>8.1f}{share:>9.1%}"
        f"{share / small:>7.0%}{budget}{page.size / 1024:>7.1f}"
    )


def _facts(call) -> dict:
    """What the addresses are filled in with."""
    waiting = ProgressReport.objects.filter(project__call=call, state=ReportState.SUBMITTED)
    today = timezone.localdate()
    return {
        "year": today.year - 1,
        "then": (today - dt.timedelta(days=100)).isoformat(),
        "report": waiting.earliest("pk").pk,
    }
