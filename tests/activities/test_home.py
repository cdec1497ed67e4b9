"""`/`: where you live, your House, and what is on nearby."""

import datetime as dt

import pytest
from django.utils import timezone

from huizen.models import OpeningHours
from tests.activities.test_cards import title_of
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
    SessionFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """A House that serves Geelveld."""
    house = HouseFactory(name="Huis Geelveld", phone="014 00 00 00")
    locality = LocalityFactory(postcode="2440", name="Geelveld")
    WorkingAreaFactory(house=house, municipality=locality.municipality)
    return house


def soon(title, hours=1, **facts):
    activity = ActivityFactory(title=title, **facts)
    SessionFactory(activity=activity, original_start=timezone.now() + dt.timedelta(hours=hours))
    return activity


def test_without_a_place_home_is_for_flanders_and_brussels(client):
    soon("Samen zingen")
    page = client.get("/").content.decode()
    told = (
        "Waar woon je?",
        "in Vlaanderen en Brussel",
        "Samen zingen",
        "element=support",
        "vraag=slapen",
        "Ik ben zwanger",
    )
    assert [words for words in told if words not in page] == []


def test_a_known_place_shows_its_house_and_what_is_near(client, house):
    soon("Ver", location=LocationFactory(lat=50.0, lon=3.0))
    soon("Dichtbij", hours=2, location=LocationFactory(lat=51.19, lon=5.11))
    response = client.get("/?plaats=geelveld")
    assert response.context["house"] == house
    assert list(map(title_of, response.context["cards"])) == ["Dichtbij"]
    assert "tel:014000000" in response.content.decode()


def test_a_known_place_is_not_asked_again_and_changes_with_one_tap(client, house):
    known, unknown = (client.get(path).content.decode() for path in ("/?plaats=geelveld", "/"))
    assert ('<div class="search-field" hidden>' in known, 'href="/?plaats="' in known) == (True, True)
    assert '<div class="search-field" hidden>' not in unknown


def test_the_name_of_a_place_says_its_town_once(client):
    soon("Spelen", location=LocationFactory(name="Speelhuis Geel", town="Geel"))
    soon("Zingen", hours=2, location=LocationFactory(name="De Werft", town="Geel"))
    page = client.get("/").content.decode()
    assert ("Speelhuis Geel, Geel" in page, "De Werft, Geel" in page) == (False, True)


@pytest.mark.parametrize(
    ("hours", "lat", "heading"),
    [
        (2, 51.19, "Deze week in je buurt"),
        (240, 51.19, "Binnenkort in je buurt"),
        (2, 50.0, "Binnenkort, iets verder"),
    ],
)
def test_the_heading_says_no_more_than_is_true(client, house, hours, lat, heading):
    soon("Zingen", hours=hours, location=LocationFactory(lat=lat, lon=5.11))
    assert client.get("/?plaats=2440").context["heading"] == heading


def test_links_take_the_place_along(client, house):
    response = client.get("/?plaats=2440")
    slug = response.context["place"].found.slug
    assert f"?plaats={slug}&amp;element=support" in response.content.decode()


def test_the_house_says_whether_it_is_open(client, house):
    place = LocationFactory(house=house, name="Het Huis", street="Werft 1", town="Geel")
    LocationFactory(house=house, name="Zonder uren")
    for weekday in range(7):
        OpeningHours.objects.create(
            location=place, weekday=weekday, opens_at=dt.time(0), closes_at=dt.time(23, 59)
        )
    shown = client.get("/?plaats=2440").context
    assert (shown["nearest"], shown["opening"].open) == (place, True)


def test_a_place_without_a_house_is_said_honestly(client):
    LocalityFactory(postcode="2440", name="Geelveld")
    assert "We weten niet welk Huis bij Geelveld hoort" in client.get("/?plaats=2440").content.decode()


def test_two_places_of_one_name_are_a_choice(client):
    for postcode in ("2440", "9000"):
        LocalityFactory(postcode=postcode, name="Hoekstraten", municipality=MunicipalityFactory())
    assert "Welke plaats bedoel je?" in client.get("/?plaats=Hoekstraten").content.decode()


@pytest.mark.parametrize("typed", ["xyzxyz", "%00", "%F0%9F%98%80", "1" * 500, "0"])
def test_a_place_that_does_not_exist_is_said(client, typed):
    response = client.get(f"/?plaats={typed}")
    assert response.status_code == 200
    assert response.context["place"].found is None


def test_an_empty_portal_says_so(client):
    assert "Er staat nog niets klaar" in client.get("/").content.decode()


def test_home_takes_the_same_queries_however_many_cards(client, house, django_assert_max_num_queries):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            soon("Zingen", location=LocationFactory(house=house))
        client.get("/?plaats=2440")
        with django_assert_max_num_queries(4) as queries:
            client.get("/?plaats=2440")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_home_only_reads(client):
    assert client.post("/").status_code == 405
