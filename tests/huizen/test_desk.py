"""The desk: what waits, most urgent first, of all Houses of a person or of the one that she chose."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from huizen.models import House
from huizen.roles import Permission, Role
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    IdeaFactory,
    MeetingInvitationFactory,
    MembershipFactory,
    ReportFactory,
    SessionFactory,
)
from tests.huizen.test_house_start import fill

pytestmark = pytest.mark.django_db
DESK = reverse("desk")
#: What the whole page may ask of the database.
MOST_QUERIES = 15


def work(house):
    """One of each kind of thing that waits."""
    soon = timezone.now() + dt.timedelta(days=2)
    activity = ActivityFactory(house=house, checked_on=timezone.localdate())
    ReportFactory(activity=activity)
    IdeaFactory(house=house)
    SessionFactory(activity=activity, original_start=soon, capacity=1, confirmed_count=1, waiting_count=1)
    MeetingInvitationFactory(
        meeting__house=house, meeting__starts_at=soon, meeting__ends_at=soon + dt.timedelta(hours=2)
    )
    ActivityFactory(house=house, status="to_check")


def titles(client, **query):
    return [tile.title for tile in client.get(DESK, query).context["tiles"]]


def test_what_waits_stands_in_order_of_urgency(client, house, coordinator):
    work(house)
    assert titles(client) == [
        "Klopt er iets niet?",
        "Maak het Huis volledig",
        "Wachtlijsten",
        "Bereid het overleg voor",
        "Verborgen",
        "Meedenken",
    ]


def test_when_all_is_done_the_desk_says_so(client, house, coordinator):
    fill(house)
    house.activities.update(checked_on=timezone.localdate())
    page = client.get(DESK)
    assert page.context["tiles"] == []
    assert "Alles is gedaan" in page.content.decode()


def test_the_work_of_another_house_is_not_hers(client, house, coordinator):
    work(HouseFactory())
    assert titles(client) == ["Maak het Huis volledig"]


def test_who_has_two_houses_chooses_one_or_all(client, house, coordinator):
    other = MembershipFactory(user=coordinator, house__name="Zandhoven", role=Role.STAFF).house
    work(other)
    assert titles(client, huis=house.slug) == ["Maak het Huis volledig"]
    assert "Meedenken" in titles(client, huis=other.slug)
    assert titles(client) == titles(client, huis="onbekend") != titles(client, huis=other.slug)
    page = client.get(DESK, {"huis": other.slug}).content.decode()
    assert f'<a href="?huis={other.slug}" aria-current="true">Zandhoven</a>' in page
    assert f'<a href="{DESK}">Alle Huizen</a>' in page


def test_who_has_one_house_sees_no_choice(client, house, coordinator):
    assert "Alle Huizen" not in client.get(DESK).content.decode()


def test_looking_at_one_house_never_shows_more(house, coordinator):
    mine, foreign = MembershipFactory(user=coordinator, role=Role.STAFF).house, HouseFactory()
    assert set(House.objects.where(coordinator, Permission.EDIT_OFFER)) == {house, mine}
    assert set(House.objects.where(coordinator.within(mine), Permission.EDIT_OFFER)) == {mine}
    assert set(House.objects.where(coordinator.within(mine), Permission.EDIT_HOUSE)) == set()
    assert set(House.objects.where(coordinator.within(foreign), Permission.EDIT_OFFER)) == set()
    assert not coordinator.within(mine).may(Permission.EDIT_HOUSE)
    assert coordinator.may(Permission.EDIT_HOUSE)


def test_the_page_asks_little_however_much_waits(client, house, coordinator):
    work(house)
    client.get(DESK)
    counted = []
    for number in (0, 2):
        for _ in range(number):
            work(house)
            work(MembershipFactory(user=coordinator).house)
        with CaptureQueriesContext(connection) as queries:
            client.get(DESK)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= MOST_QUERIES


def test_the_desk_is_for_who_has_a_role(client, house):
    assert client.get(DESK).status_code == 302
    client.force_login(MembershipFactory(house=None, role=Role.ABB_READER).user)
    assert client.get(DESK).status_code == 403
    client.force_login(MembershipFactory(house=house).user)
    assert client.post(DESK).status_code == 405
