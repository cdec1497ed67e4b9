"""The agency founds Houses, says where they stand, and lets the first people in."""

import datetime as dt

import pytest
from django.urls import reverse

from huizen.models import Event, House, Invitation, Membership
from huizen.roles import Role
from tests.factories import (
    HouseFactory,
    MembershipFactory,
    MunicipalityFactory,
    UserFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = MembershipFactory(role=Role.OFFICER, house=None).user
    client.force_login(user)
    return user


def facts(municipality, **others):
    return {
        "name": "Huis van het Kind Voorbeeld",
        "form": "physical",
        "municipality": municipality.pk,
        "since": "2026-01-01",
        "coordinator": "els@voorbeeld.example",
    } | others


def test_a_house_is_founded_and_its_coordinator_invited(client, officer):
    municipality = MunicipalityFactory()
    client.post(reverse("house_found"), facts(municipality))
    house = House.objects.get()
    assert (house.slug, house.is_published) == ("voorbeeld", False)
    assert house.working_areas.get().municipality == municipality
    assert Invitation.objects.get().email == "els@voorbeeld.example"
    assert [event.verb for event in Event.objects.order_by("pk")] == ["founded", "added", "invited"]
    assert client.get(reverse("house_detail", args=["voorbeeld"])).status_code == 404


def test_a_second_house_of_that_name_gets_an_address_of_its_own(client, officer):
    for _ in range(2):
        client.post(reverse("house_found"), facts(MunicipalityFactory()))
    assert sorted(House.objects.values_list("slug", flat=True)) == ["voorbeeld", "voorbeeld-2"]


def test_a_municipality_with_a_house_is_not_offered(client, officer):
    area = WorkingAreaFactory()
    answer = client.post(reverse("house_found"), facts(area.municipality))
    assert answer.status_code == 422
    assert House.objects.count() == 1


def test_a_house_may_not_begin_before_the_former_one_ended(client, officer):
    area = WorkingAreaFactory(until=dt.date(2026, 6, 30))
    answer = client.post(reverse("house_found"), facts(area.municipality))
    assert "In die periode hoort deze gemeente al bij een Huis." in answer.content.decode()
    assert (House.objects.count(), Invitation.objects.count()) == (1, 0)


def test_a_wrong_form_keeps_what_was_typed(client, officer):
    answer = client.post(reverse("house_found"), facts(MunicipalityFactory(), coordinator="geen adres"))
    assert "geen adres" in answer.content.decode()
    assert not House.objects.exists()


def test_recognised_and_subsidised_are_two_ticks_in_the_logbook(client, officer):
    house = HouseFactory()
    client.post(reverse("house_standing", args=[house.slug]), {"is_recognised": "on", "is_published": "on"})
    house.refresh_from_db()
    assert (house.is_recognised, house.is_subsidised, house.is_published) == (True, False, True)
    assert Event.objects.get().changes == {"is_recognised": [False, True]}


def test_nothing_changed_is_nothing_told(client, officer):
    house = HouseFactory()
    client.post(reverse("house_standing", args=[house.slug]), {"is_published": "on"})
    assert not Event.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_as_often_for_one_house_as_for_three(
    client, officer, django_assert_num_queries, rows
):
    for _ in range(rows):
        MembershipFactory()
    client.get(reverse("network_list"))
    with django_assert_num_queries(5):
        client.get(reverse("network_list"))


def test_a_house_is_found_by_a_part_of_its_name(client, officer):
    HouseFactory(name="Huis van het Kind Mol")
    HouseFactory(name="Huis van het Kind Lier")
    page = client.get(reverse("network_list"), {"q": "mol"})
    assert [house.name for house in page.context["page"]] == ["Huis van het Kind Mol"]
    assert "Geen Huis gevonden" in client.get(reverse("network_list"), {"q": "xyz"}).content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.STAFF, Role.ABB_READER])
@pytest.mark.parametrize("name", ["network_list", "house_found"])
def test_others_do_not_see_the_network(client, role, name):
    house = HouseFactory() if role != Role.ABB_READER else None
    client.force_login(MembershipFactory(role=role, house=house).user)
    assert client.get(reverse(name)).status_code == 403


def test_who_installed_the_portal_invites_the_first_officer(client):
    client.force_login(UserFactory(is_superuser=True))
    client.post(reverse("team"), {"email": "opgroeien@voorbeeld.example", "role": Role.OFFICER})
    assert Invitation.objects.get().role == Role.OFFICER
    assert not Membership.objects.exists()
