"""The places of a House, and where they lie."""

import pytest

from huizen.models import Location
from tests.factories import (
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
)
from tests.huizen.house_forms import PLACE, verbs

pytestmark = pytest.mark.django_db


def test_a_place_gets_its_municipality_from_the_postcode(client, house, coordinator, mol):
    answer = client.post("/beheer/huis/mol/nieuwe-plek/", PLACE)

    place = Location.objects.get()
    assert answer.url == f"/beheer/huis/plek/{place.pk}/uren/"
    assert (place.house, place.municipality, place.town, place.lat, place.lon) == (
        house,
        mol,
        "Mol",
        51.19,
        5.12,
    )
    assert place.address == "Rondplein 1, 2400 Mol"
    assert verbs() == ["added"]


def test_a_postcode_of_two_municipalities_asks_which(client, house, coordinator):
    for name, primary in (("Elsene", True), ("Brussel", False)):
        LocalityFactory(
            postcode="1050", name=name, municipality=MunicipalityFactory(name=name), is_primary=primary
        )

    answer = client.post("/beheer/huis/mol/nieuwe-plek/", PLACE | {"postcode": "1050"})
    assert answer.context["form"].errors == {
        "town": ["Deze postcode hoort bij Brussel of Elsene. Schrijf welke plaats het is."]
    }

    client.post("/beheer/huis/mol/nieuwe-plek/", PLACE | {"postcode": "1050", "town": "brussel"})
    assert Location.objects.get().municipality.name == "Brussel"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"postcode": "9999"}, "postcode"),
        ({"postcode": ""}, "postcode"),
        ({"postcode": "24000"}, "postcode"),
        ({"lat": "10"}, "lat"),
        ({"lon": "nan"}, "lon"),
        ({"kind": "castle"}, "kind"),
        ({"wheelchair": "maybe"}, "wheelchair"),
        ({"name": "\x00"}, "name"),
    ],
)
def test_a_wrong_place_is_said_at_the_field(client, house, coordinator, mol, facts, field):
    answer = client.post("/beheer/huis/mol/nieuwe-plek/", PLACE | facts)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Location.objects.count() == 0


def test_a_place_online_lies_nowhere(client, house, coordinator):
    client.post("/beheer/huis/mol/nieuwe-plek/", PLACE | {"kind": "online", "postcode": "", "street": ""})

    assert Location.objects.values_list("municipality", "lat").get() == (None, None)


def test_a_place_that_moves_lies_where_it_moved_to(client, house, coordinator, mol):
    place = LocationFactory(house=house, municipality=mol, postcode="2400", town="Mol", lat=51.19, lon=5.12)
    LocalityFactory(
        postcode="2490", name="Balen", municipality=MunicipalityFactory(name="Balen"), lat=51.17, lon=5.17
    )

    client.post(
        f"/beheer/huis/plek/{place.pk}/",
        PLACE | {"postcode": "2490", "town": "", "lat": "51.19", "lon": "5.12"},
    )

    place.refresh_from_db()
    assert (place.municipality.name, place.town, place.lat, place.lon) == ("Balen", "Balen", 51.17, 5.17)


def test_coordinates_that_somebody_gave_stay(client, house, coordinator, mol):
    place = LocationFactory(house=house, municipality=mol, postcode="2400", town="Mol", lat=51.2, lon=5.1)

    client.post(f"/beheer/huis/plek/{place.pk}/", PLACE | {"town": "Mol", "lat": "51.2", "lon": "5.1"})

    place.refresh_from_db()
    assert (place.lat, place.lon) == (51.2, 5.1)


def test_a_place_goes_out_of_use_and_comes_back(client, house, coordinator):
    place = LocationFactory(house=house)

    client.post(f"/beheer/huis/plek/{place.pk}/uit-gebruik/")
    assert not Location.objects.in_use().exists()

    client.post(f"/beheer/huis/plek/{place.pk}/in-gebruik/")
    assert Location.objects.in_use().get() == place
    assert verbs() == ["retired", "reopened"]
