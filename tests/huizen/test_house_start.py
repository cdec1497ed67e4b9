"""A new House in an hour: what is there and what is missing follows from the rows, and the way back stays."""

import datetime as dt

import pytest
from django.urls import reverse

from huizen.house_start import lacks, progress, with_parts
from huizen.models import House
from huizen.models.location import OpeningHours
from huizen.roles import Role
from huizen.start_tile import incomplete_houses
from huizen.vocabulary import Pillar
from tests.factories import (
    NOW,
    ActivityFactory,
    ContactFactory,
    HouseFactory,
    LocationFactory,
    MembershipFactory,
    PartnershipFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db
EVERYTHING = [
    "minstens één gemeente",
    "minstens één plek",
    "een telefoonnummer",
    "een mailadres",
    "een paar zinnen over het Huis",
    "preventieve gezondheidszorg",
    "opvoedingsondersteuning",
    "ontmoeting en sociale cohesie",
    "minstens één partner",
    "minstens één contactpersoon",
    "minstens één gepubliceerde activiteit",
    "het Huis is zichtbaar voor ouders",
]


def missing(house):
    return lacks(with_parts(House.objects.filter(pk=house.pk), now=NOW).get())


def fill(house):
    """All that a House needs."""
    House.objects.filter(pk=house.pk).update(
        phone="014 00 00 00", email="huis@voorbeeld.example", intro="Kom binnen.", is_published=True
    )
    WorkingAreaFactory(house=house)
    place = LocationFactory(house=house)
    OpeningHours.objects.create(location=place, weekday=0, opens_at=dt.time(9), closes_at=dt.time(12))
    ContactFactory(organisation=PartnershipFactory(house=house).organisation)
    for pillar in Pillar:
        ActivityFactory(house=house, pillar=pillar)
    return place


def test_an_empty_house_lacks_everything():
    assert missing(HouseFactory(is_published=False)) == EVERYTHING


def test_a_full_house_lacks_nothing_and_the_rows_of_another_do_not_count():
    house, other = HouseFactory(), HouseFactory(is_published=False)
    fill(house)
    assert missing(house) == []
    assert missing(other) == EVERYTHING


def test_each_thing_that_goes_is_missing_again():
    house = HouseFactory()
    place = fill(house)
    place.opening_hours.all().delete()
    assert missing(house) == ["uren bij elke plek"]
    place.by_appointment = True
    place.save()
    assert missing(house) == []
    house.working_areas.update(until=NOW.date() - dt.timedelta(1))
    house.partnerships.update(until=NOW.date() - dt.timedelta(1))
    house.activities.filter(pillar=Pillar.SOCIAL_COHESION).update(status="archived")
    assert missing(house) == [
        "minstens één gemeente",
        "ontmoeting en sociale cohesie",
        "minstens één partner",
        "minstens één contactpersoon",
    ]


def test_the_steps_stand_in_their_order():
    house = with_parts(House.objects.filter(pk=HouseFactory().pk), now=NOW).get()
    assert [each.step.title for each in progress(house)] == [
        "Werkingsgebied",
        "Plekken en uren",
        "Contact",
        "De drie pijlers",
        "Eerste partners",
        "Eerste activiteiten",
        "Wat ouders zien",
    ]


def test_the_desk_tells_of_each_house_that_is_not_complete(house, coordinator, django_assert_num_queries):
    full = MembershipFactory(user=coordinator).house
    fill(full)
    fill(house)
    house.refresh_from_db()
    House.objects.filter(pk=house.pk).update(phone="")
    coordinator.roles  # noqa: B018 read once a request
    with django_assert_num_queries(1):
        [tile] = incomplete_houses(coordinator, NOW)
    assert tile.text == "Bij Baldemore ontbreekt nog: een telefoonnummer."
    House.objects.filter(pk=house.pk).update(email="", intro="", is_published=False)
    [much] = incomplete_houses(coordinator, NOW)
    assert much.text.endswith("een telefoonnummer, een mailadres, een paar zinnen over het Huis en nog 1.")
    assert tile.url == reverse("house_start", args=[house.slug])


def test_the_page_says_what_is_missing_and_leads_there(client, house, coordinator):
    words = client.get(reverse("house_start", args=[house.slug])).content.decode()
    assert "1 van de 7 stappen is klaar. Nu: werkingsgebied." in words
    assert f'href="{reverse("working_area", args=[house.slug])}?start={house.slug}"' in words
    fill(house)
    words = client.get(reverse("house_start", args=[house.slug])).content.decode()
    assert "Alle 7 stappen zijn klaar" in words
    assert reverse("house_detail", args=[house.slug]) in words


def test_the_queries_do_not_grow(client, house, coordinator, django_assert_max_num_queries):
    fill(house)
    address = reverse("house_start", args=[house.slug])
    client.get(address)
    for number in (1, 3):
        for _ in range(number):
            LocationFactory(house=house)
        with django_assert_max_num_queries(9):
            client.get(address)


def test_only_who_keeps_the_house_sees_its_start(client, house, coordinator):
    assert client.get(reverse("house_start", args=[HouseFactory().slug])).status_code == 404
    assert client.post(reverse("house_start", args=[house.slug])).status_code == 405
    client.force_login(MembershipFactory(house=house, role=Role.STAFF).user)
    assert client.get(reverse("house_start", args=[house.slug])).status_code == 403


def test_the_way_back_stays_also_after_a_form(client, house, coordinator):
    back = reverse("house_start", args=[house.slug])
    address = f"{reverse('house_edit', args=[house.slug])}?start={house.slug}"
    assert f'<a href="{back}">Terug naar het begin' in client.get(address).content.decode()
    kept = client.post(reverse("house_check", args=[house.slug]) + f"?start={house.slug}")
    assert kept.url == f"{reverse('house_manage', args=[house.slug])}?start={house.slug}"
    assert "Terug naar het begin" not in client.get(reverse("desk")).content.decode()


@pytest.mark.parametrize("forged", ["//kwaad.example", "a/b", '"><script>', "", "\0", "é"])
def test_a_forged_way_back_is_no_link(client, coordinator, forged):
    page = client.get(reverse("desk"), {"start": forged}).content.decode()
    assert "Terug naar het begin" not in page
