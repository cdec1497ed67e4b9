"""`/huizen/<slug>/`: one House, for parents and on paper."""

import datetime as dt

import pytest
from django.utils import timezone

from huizen.models import OpeningException, OpeningHours
from huizen.open_places import places_in_use
from huizen.roles import Role
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    SessionFactory,
    UserFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db


def page_of(client, house):
    response = client.get(f"/huizen/{house.slug}/")
    assert response.status_code == 200
    return response


def fill(house):
    """One row of everything that the page shows."""
    place = LocationFactory(house=house, name="De Speelvogel", street="Werft 1", postcode="2440", town="Geel")
    OpeningHours.objects.create(location=place, weekday=0, nth=1, opens_at=dt.time(9), closes_at=dt.time(12))
    in_two_days = timezone.localdate() + dt.timedelta(days=2)
    OpeningException.objects.create(location=place, since=in_two_days, until=in_two_days, reason="brugdag")
    WorkingAreaFactory(house=house)
    SessionFactory(
        activity=ActivityFactory(house=house, title="Samen zingen"),
        original_start=timezone.now() + dt.timedelta(days=1),
    )
    PartnershipFactory(
        house=house, organisation=OrganisationFactory(name="Partner Pluim", life_domains=["housing"])
    )
    MembershipFactory(house=house, user=UserFactory(name="Els"), is_public=True, function="onthaal")


def test_the_page_tells_what_a_house_is(client):
    house = HouseFactory(
        phone="014 00 00 00",
        email="huis@voorbeeld.example",
        intro="Welkom.",
        participation="Kom naar de ouderraad.",
    )
    fill(house)
    page = page_of(client, house).content.decode()
    told = (
        "Welkom.",
        "tel:014000000",
        "Werft 1, 2440 Geel",
        "maandag van de maand van 9 tot 12 uur",
        "brugdag",
        "Samen zingen",
        "Ontmoeting",
        "Wonen",
        "Partner Pluim",
        "Els",
        "onthaal",
        "Kom naar de ouderraad.",
        f"/huizen/{house.slug}/agenda.ics",
        "<svg",
    )
    assert [words for words in told if words not in page] == []


def test_what_is_not_known_is_said_not_to_be_known(client):
    page = page_of(client, HouseFactory()).content.decode()
    assert "We weten nog niet waar dit Huis is" in page
    assert page.count("Weten we niet") == 3


def test_a_house_without_a_building_says_so(client):
    assert "geen eigen gebouw" in page_of(client, HouseFactory(form="virtual")).content.decode()


def test_demo_houses_are_plainly_demo(client):
    assert "zijn verzonnen" in page_of(client, HouseFactory(is_demo=True)).content.decode()


def test_nobody_is_named_who_did_not_choose_so(client):
    house = HouseFactory()
    MembershipFactory(house=house, user=UserFactory(name="Verborgen"))
    MembershipFactory(
        house=house, user=UserFactory(name="Vertrokken"), is_public=True, ended_at=timezone.now()
    )
    MembershipFactory(house=house, user=UserFactory(name="Els"), is_public=True, role=Role.STAFF)
    assert page_of(client, house).context["people"] == [{"name": "Els", "function": "", "role": "Medewerker"}]


def test_a_number_stays_in_one_piece_and_in_its_order_in_arabic(client):
    house = HouseFactory(phone="014 00 00 00")
    page = page_of(client, house).content.decode()
    assert "Bel 014\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00\N{NO-BREAK SPACE}00" in page


def test_partners_stand_by_what_they_help_with_only_while_they_are_partners(client):
    house = HouseFactory()
    both = PartnershipFactory(
        house=house, organisation=OrganisationFactory(life_domains=["housing", "health"])
    )
    vague = PartnershipFactory(house=house)
    PartnershipFactory(house=house, until=dt.date(2021, 1, 1))
    assert page_of(client, house).context["partners"] == [
        ("Gezondheid", [both.organisation]),
        ("Wonen", [both.organisation]),
        ("Andere partners", [vague.organisation]),
    ]


def test_a_hidden_house_and_an_unknown_one_are_not_there(client):
    assert client.get(f"/huizen/{HouseFactory(is_published=False).slug}/").status_code == 404
    assert client.get("/huizen/bestaat-niet/").status_code == 404


def test_the_page_only_reads(client):
    assert client.post(f"/huizen/{HouseFactory().slug}/").status_code == 405


def test_a_house_takes_five_queries_however_many_rows_and_none_until_something_changes(
    client, django_assert_num_queries
):
    house = HouseFactory()
    for number in (1, 2):
        for _ in range(number):
            fill(house)
        places_in_use(house.pk)  # they are in memory, for all Houses at once
        # Three of the eight, and the one, ask what changed: outside a transaction that is at most once a second.
        for asked in (8, 1):
            with django_assert_num_queries(asked):
                client.get(f"/huizen/{house.slug}/")
