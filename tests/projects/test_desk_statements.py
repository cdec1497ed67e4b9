"""Forty projects cost as many statements as three, on every page and in every file of the desk."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.models import ProgressReport
from tests.benchmarks.many_projects import add_projects, make_programme
from tests.projects.builders import make_officer

pytestmark = pytest.mark.django_db
#: What a page of staff may ask.
MOST = 15
THEN = (timezone.localdate() - dt.timedelta(days=100)).isoformat()
ADDRESSES = [
    reverse("agency"),
    reverse("agency") + f"?jaar={timezone.localdate().year - 1}&toon=lezen&doelstelling=integration",
    reverse("agency") + f"?op={THEN}",
    reverse("agency_csv"),
    reverse("agency_xlsx"),
    reverse("comparison"),
    reverse("comparison_file", args=["csv"]),
    reverse("comparison_file", args=["xlsx"]),
    reverse("project_timeline"),
    reverse("timeline_file", args=["csv"]),
    reverse("timeline_file", args=["xlsx"]),
]


def test_every_page_costs_the_same(client):
    call = make_programme(years=3)
    add_projects(call, 3)
    client.force_login(make_officer())
    report = ProgressReport.objects.filter(state="submitted").earliest("pk")
    addresses = [*ADDRESSES, reverse("desk_answer", args=[report.pk])]

    def statements() -> dict[str, int]:
        return {address: count(client, address) for address in addresses}

    few = statements()
    add_projects(call, 37)
    assert statements() == few
    both = few.pop(addresses[-1])
    assert {address: number for address, number in few.items() if number > MOST} == {}
    # Without a script a report that is read on the desk is two pages in one.
    assert both <= 2 * MOST


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
