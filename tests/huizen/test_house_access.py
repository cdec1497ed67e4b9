"""Who may edit a House, and what that costs."""

from datetime import date, time

import pytest

from huizen.models import OpeningException, OpeningHours
from huizen.roles import Role
from tests.factories import (
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db


def pages(location, area, rule, exception):
    return {
        "get": [
            "/beheer/huis/mol/",
            "/beheer/huis/mol/gegevens/",
            "/beheer/huis/mol/werkingsgebied/",
            "/beheer/huis/mol/nieuwe-plek/",
            f"/beheer/huis/gebied/{area.pk}/beeindigen/",
            f"/beheer/huis/plek/{location.pk}/",
            f"/beheer/huis/plek/{location.pk}/uren/",
        ],
        "post": [
            "/beheer/huis/mol/nagekeken/",
            f"/beheer/huis/plek/{location.pk}/uit-gebruik/",
            f"/beheer/huis/plek/{location.pk}/in-gebruik/",
            f"/beheer/huis/plek/{location.pk}/andere-dagen/",
            f"/beheer/huis/uren/{rule.pk}/weg/",
            f"/beheer/huis/andere-dagen/{exception.pk}/weg/",
        ],
    }


@pytest.fixture
def addresses(house):
    location = LocationFactory(house=house)
    return pages(
        location,
        WorkingAreaFactory(house=house),
        OpeningHours.objects.create(location=location, weekday=0, opens_at=time(9), closes_at=time(12)),
        OpeningException.objects.create(location=location, since=date(2026, 7, 1), until=date(2026, 7, 2)),
    )


def answers(client, addresses) -> set[int]:
    found = {getattr(client, method)(url).status_code for method, urls in addresses.items() for url in urls}
    return found | {client.post(url).status_code for url in addresses["get"] if url != "/beheer/huis/mol/"}


def test_a_coordinator_opens_every_page(client, coordinator, addresses):
    assert {client.get(url).status_code for url in addresses["get"]} == {200}
    assert {client.get(url).status_code for url in addresses["post"]} == {405}
    assert client.post("/beheer/huis/mol/").status_code == 405


def test_a_coordinator_of_another_house_finds_nothing(client, addresses):
    client.force_login(MembershipFactory().user)

    assert answers(client, addresses) == {404}


@pytest.mark.parametrize("role", [Role.STAFF, Role.PARTNER_EDITOR])
def test_only_a_coordinator_may(client, house, addresses, role):
    client.force_login(MembershipFactory(house=house, role=role).user)

    assert answers(client, addresses) == {403}


def test_a_stranger_is_asked_to_sign_in(client, addresses):
    assert answers(client, addresses) == {302}


def test_who_keeps_one_house_goes_straight_to_it(client, coordinator):
    assert client.get("/beheer/huis/").url == "/beheer/huis/mol/"


def test_who_keeps_two_houses_chooses(client, coordinator):
    MembershipFactory(user=coordinator, house=HouseFactory(name="Het Nest"))

    assert [house.name for house in client.get("/beheer/huis/").context["houses"]] == [
        "Baldemore",
        "Het Nest",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_places(
    client, house, coordinator, django_assert_max_num_queries, count
):
    for location in LocationFactory.create_batch(count, house=house):
        location.opening_hours.create(weekday=0, opens_at=time(9), closes_at=time(12))
        WorkingAreaFactory(house=house)

    with django_assert_max_num_queries(10):
        client.get("/beheer/huis/mol/")


def test_a_number_that_is_too_large_is_simply_not_found(client, coordinator):
    assert client.get(f"/beheer/huis/plek/{10**30}/").status_code == 404
