"""The map: where the results are, as a drawing with links, as GeoJSON, and from where you stand."""

import datetime as dt

import pytest
from django.conf import settings as portal
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import (
    ActivityFactory,
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
    ScheduleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def town(name, postcode, col, row, **facts):
    made = MunicipalityFactory(name=name, tile_col=col, tile_row=row, **facts)
    LocalityFactory(name=name, postcode=postcode, municipality=made, lat=made.lat, lon=made.lon)
    return made


def offer(place, **facts):
    made = ActivityFactory(location=place, **facts)
    SessionFactory(activity=made, original_start=timezone.now() + dt.timedelta(days=1))
    return made


@pytest.fixture
def geel():
    return town("Geelveld", "2440", 20, 5, lat=51.16, lon=4.99)


@pytest.fixture
def gent():
    return town("Gentveld", "9000", 3, 8, lat=51.05, lon=3.72)


def hexagons(response):
    return {one.name: one.count for one in response.context["drawing"].hexagons}


def test_each_municipality_says_how_much_it_has(client, geel, gent):
    place = LocationFactory(municipality=geel)
    offer(place)
    offer(place, price_kind="paid", price_cents=100)
    assert hexagons(client.get("/activiteiten/kaart/")) == {"Geelveld": 2, "Gentveld": 0}
    assert hexagons(client.get("/activiteiten/kaart/?gratis=1")) == {"Geelveld": 1, "Gentveld": 0}


def test_what_lies_in_a_former_municipality_counts_for_the_present_one(client, geel):
    former = MunicipalityFactory(
        name="Vroegerveld", merged_into=geel, valid_until=dt.date(2024, 12, 31), lat=51.1, lon=5.0
    )
    offer(LocationFactory(municipality=former))
    assert hexagons(client.get("/activiteiten/kaart/")) == {"Geelveld": 1}


def test_a_municipality_is_a_link_to_its_list_with_the_same_choices(client, geel):
    offer(LocationFactory(municipality=geel))
    page = client.get("/activiteiten/kaart/?gratis=1").content.decode()
    assert 'href="/activiteiten/?gratis=1&amp;plaats=2440-geelveld&amp;straal=10"' in page
    assert 'aria-label="Geelveld: 1 activiteit"' in page


def test_numbers_of_a_drawing_have_points_and_no_commas(client, geel):
    geel.tile_row = 3
    geel.save()
    offer(LocationFactory(municipality=geel))
    assert 'x="20.5" y="2.60"' in client.get("/activiteiten/kaart/").content.decode()


def test_around_a_chosen_place_only_its_neighbours_are_drawn(client, geel, gent):
    drawing = client.get("/activiteiten/kaart/?plaats=2440-geelveld").context["drawing"]
    assert [(one.name, one.is_home) for one in drawing.hexagons] == [("Geelveld", True)]


def test_without_any_municipality_there_is_a_page(client):
    assert client.get("/activiteiten/kaart/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/activiteiten/kaart/", "/api/kaart", "/api/kaart/gemeenten", "/api/dichtbij"]
)
def test_the_map_only_reads(client, path):
    assert client.post(path).status_code == 405


def test_points_of_one_place_are_one_feature_with_its_offers(client, geel):
    place = LocationFactory(municipality=geel, name="De Speelvogel", lat=51.161234, lon=4.991234)
    for number in range(8):
        offer(place, title=f"Zingen {number}", age_min=0, age_max=18)
    offer(LocationFactory(kind="online", municipality=None))
    found = client.get("/api/kaart").json()
    (feature,) = found["features"]
    assert (found["type"], found["total"]) == ("FeatureCollection", 9)
    assert feature["geometry"] == {"type": "Point", "coordinates": [4.99123, 51.16123]}
    assert (feature["properties"]["name"], feature["properties"]["count"]) == ("De Speelvogel", 8)
    assert len(feature["properties"]["offers"]) == 6
    assert feature["properties"]["offers"][0]["facts"].endswith("0 tot 18 maanden · Gratis")


def test_a_point_says_of_what_has_no_dates_how_it_goes_on(client, geel):
    activity = ActivityFactory(location=LocationFactory(municipality=geel))
    ScheduleFactory(activity=activity, kind="by_appointment", dates=[], starts_at=None, ends_at=None)

    feature = client.get("/api/kaart").json()["features"][0]

    assert feature["properties"]["offers"][0]["facts"].startswith("Op afspraak · ")


def test_points_without_coordinates_lie_in_the_middle_of_their_municipality(client, geel):
    offer(LocationFactory(municipality=geel))
    (feature,) = client.get("/api/kaart").json()["features"]
    assert feature["geometry"]["coordinates"] == [4.99, 51.16]


@pytest.mark.parametrize("path", ["/activiteiten/kaart/?plaats=2440", "/api/kaart?plaats=2440"])
def test_the_map_takes_the_same_queries_however_many_points(client, geel, path):
    numbers = []
    for more in (1, 2):
        for _ in range(more):
            offer(LocationFactory(municipality=geel))
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_the_land_is_every_municipality_of_today(client, geel):
    assert client.get("/api/kaart/gemeenten").json() == {"municipalities": [["Geelveld", 51.16, 4.99, 0]]}


def test_the_nearest_place_is_told_and_nothing_is_kept(client, geel, gent):
    response = client.get("/api/dichtbij?lat=51.17&lon=5.02")
    assert response.json() == {"key": "2440-geelveld", "label": "2440 Geelveld"}
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("lat=a&lon=b", 400),
        ("lat=48.85&lon=2.35", 404),
        ("lat=nan&lon=nan", 404),
        ("lat=1e309&lon=5", 404),
    ],
)
def test_a_position_that_is_none_or_not_here(client, geel, query, status):
    response = client.get(f"/api/dichtbij?{query}")
    assert (response.status_code, "error" in response.json()) == (status, True)


def test_no_third_party_is_allowed_without_tiles():
    assert portal.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] == ["'self'", "data:"]
