"""What a coordinator keeps of the House: facts, working area, places and hours."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from huizen.actions.house import WorkingAreaError, add_working_area, end_working_area
from huizen.models import Event, House, Location, OpeningException, OpeningHours, WorkingArea
from huizen.roles import Role
from tests.factories import (
    NOW,
    HouseFactory,
    LocalityFactory,
    LocationFactory,
    MembershipFactory,
    MunicipalityFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return HouseFactory(slug="mol", name="Baldemore")


@pytest.fixture
def coordinator(client, house):
    alice = MembershipFactory(house=house).user
    client.force_login(alice)
    return alice


@pytest.fixture
def mol():
    town = MunicipalityFactory(name="Mol")
    LocalityFactory(postcode="2400", name="Mol", municipality=town, lat=51.19, lon=5.12)
    return town


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


FACTS = {"name": "Baldemore", "form": "physical", "legal_form": "", "intro": "", "participation": ""}
PLACE = {
    "name": "Het Huis",
    "kind": "house",
    "street": "Rondplein 1",
    "postcode": "2400",
    "wheelchair": "yes",
    "buggy": "yes",
    "toilet": "unknown",
    "changing_table": "no",
}
RULE = {"weekday": "2", "opens_at": "09:00", "closes_at": "12:00", "in_school_holidays": "on"}


# Who may.


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


# The facts.


def test_the_facts_are_kept_checked_and_written_down(client, house, coordinator):
    answer = client.post("/beheer/huis/mol/gegevens/", FACTS | {"phone": "014 00 00 00", "website": "mol.be"})

    house.refresh_from_db()
    assert answer.url == "/beheer/huis/mol/"
    assert (house.phone, house.website, house.checked_on) == (
        "014 00 00 00",
        "https://mol.be",
        timezone.localdate(),
    )
    assert Event.objects.get().changes["phone"] == ["", "014 00 00 00"]


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"name": ""}, "name", "Dit veld is verplicht."),
        ({"phone": "bel ons"}, "phone", "Schrijf een telefoonnummer zoals 014 00 00 00."),
        ({"phone": "014"}, "phone", "Schrijf een telefoonnummer zoals 014 00 00 00."),
        ({"form": "palace"}, "form", None),
        ({"name": "a\x00b"}, "name", None),
        ({"email": "geen adres"}, "email", None),
    ],
)
def test_a_wrong_fact_is_said_at_the_field_and_changes_nothing(
    client, house, coordinator, facts, field, sentence
):
    answer = client.post("/beheer/huis/mol/gegevens/", FACTS | facts)

    errors = answer.context["form"].errors
    assert (answer.status_code, list(errors)) == (422, [field])
    assert sentence is None or errors[field] == [sentence]
    assert House.objects.get().checked_on is None
    assert verbs() == []


def test_a_house_cannot_recognise_itself(client, house, coordinator):
    client.post("/beheer/huis/mol/gegevens/", FACTS | {"is_recognised": "on", "is_subsidised": "on"})

    assert House.objects.values_list("is_recognised", "is_subsidised").get() == (False, False)


def test_one_press_says_that_all_still_holds(client, house, coordinator):
    client.post("/beheer/huis/mol/nagekeken/")

    assert House.objects.get().checked_on == timezone.localdate()
    assert verbs() == ["checked"]


# The working area.


def test_a_municipality_is_added(client, house, coordinator, mol):
    answer = client.post("/beheer/huis/mol/werkingsgebied/", {"municipality": mol.pk, "since": "2026-01-01"})

    assert answer.status_code == 302
    assert WorkingArea.objects.values_list("municipality__name", "since", "until").get() == (
        "Mol",
        date(2026, 1, 1),
        None,
    )
    assert verbs() == ["added"]


def test_a_municipality_of_another_house_is_refused_in_words(client, house, coordinator, mol):
    WorkingAreaFactory(municipality=mol)

    answer = client.post("/beheer/huis/mol/werkingsgebied/", {"municipality": mol.pk, "since": "2026-01-01"})

    assert answer.status_code == 422
    assert "In die periode hoort deze gemeente al bij een Huis." in answer.content.decode()
    assert house.working_areas.count() == 0


def test_a_municipality_may_change_houses(client, house, coordinator, mol):
    WorkingAreaFactory(municipality=mol, until=date(2025, 12, 31))

    client.post("/beheer/huis/mol/werkingsgebied/", {"municipality": mol.pk, "since": "2026-01-01"})

    assert house.working_areas.count() == 1


def test_the_database_refuses_two_houses_at_once(house, mol):
    WorkingAreaFactory(municipality=mol, since=date(2020, 1, 1), until=date(2026, 1, 1))

    with pytest.raises(IntegrityError, match="working_area_one_house_at_a_time"), transaction.atomic():
        WorkingAreaFactory(house=house, municipality=mol, since=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="hoort deze gemeente al bij een Huis"):
        WorkingArea(house=house, municipality=mol, since=date(2025, 1, 1)).full_clean()
    WorkingAreaFactory(house=house, municipality=mol, since=date(2026, 1, 2))


def test_two_coordinators_at_once_cannot_both_have_it(house, coordinator, mol):
    WorkingAreaFactory(municipality=mol)
    area = WorkingArea(house=house, municipality=mol, since=date(2026, 1, 1))

    with pytest.raises(WorkingAreaError, match="hoort deze gemeente al bij een Huis"):
        add_working_area(area=area, by=coordinator, now=NOW)
    assert verbs() == []


def test_a_last_day_that_reaches_into_another_house_is_refused(house, coordinator, mol):
    area = WorkingAreaFactory(house=house, municipality=mol, until=date(2025, 12, 31))
    WorkingAreaFactory(municipality=mol, since=date(2026, 1, 1))
    area.until = date(2026, 6, 1)

    with pytest.raises(WorkingAreaError):
        end_working_area(area=area, by=coordinator, now=NOW)


def test_a_last_day_is_given(client, house, coordinator):
    area = WorkingAreaFactory(house=house)

    answer = client.post(f"/beheer/huis/gebied/{area.pk}/beeindigen/", {"until": "2026-12-31"})

    assert answer.url == "/beheer/huis/mol/werkingsgebied/"
    area.refresh_from_db()
    assert area.until == date(2026, 12, 31)
    assert Event.objects.get().changes == {"until": [None, "2026-12-31"]}


@pytest.mark.parametrize("until", ["", "2019-01-01", "99999-01-01", "gisteren"])
def test_a_last_day_that_cannot_be_changes_nothing(client, house, coordinator, until):
    area = WorkingAreaFactory(house=house)

    answer = client.post(f"/beheer/huis/gebied/{area.pk}/beeindigen/", {"until": until})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["until"])
    area.refresh_from_db()
    assert area.until is None


# The places.


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


# The hours.


def test_hours_are_added_and_said_in_words(client, house, coordinator):
    place = LocationFactory(house=house)

    client.post(f"/beheer/huis/plek/{place.pk}/uren/", RULE | {"nth": "-1"})
    client.post(
        f"/beheer/huis/plek/{place.pk}/uren/", RULE | {"in_school_holidays": "", "by_appointment": "on"}
    )

    page = client.get(f"/beheer/huis/plek/{place.pk}/uren/").content.decode()
    assert "Elke laatste woensdag van de maand van 9 tot 12 uur<" in page
    assert "Elke woensdag van 9 tot 12 uur, op afspraak, niet in schoolvakanties<" in page
    assert verbs() == ["added", "added"]


@pytest.mark.parametrize(
    "change", [{"closes_at": "08:00"}, {"weekday": "9"}, {"nth": "7"}, {"opens_at": "25:00"}]
)
def test_hours_that_cannot_be_are_refused(client, house, coordinator, change):
    place = LocationFactory(house=house)

    answer = client.post(f"/beheer/huis/plek/{place.pk}/uren/", RULE | change)

    assert answer.status_code == 422
    assert OpeningHours.objects.count() == 0


def test_the_sentence_of_the_database_is_shown_in_the_form(client, house, coordinator):
    place = LocationFactory(house=house)

    page = client.post(f"/beheer/huis/plek/{place.pk}/uren/", RULE | {"closes_at": "08:00"}).content.decode()

    assert "Het sluitingsuur ligt voor het openingsuur." in page
    assert 'value="08:00"' in page


def test_days_that_differ_are_added_and_taken_away(client, house, coordinator):
    place = LocationFactory(house=house)
    year = timezone.localdate().year + 1

    client.post(
        f"/beheer/huis/plek/{place.pk}/andere-dagen/",
        {"anders-since": f"{year}-07-01", "anders-until": f"{year}-08-31", "anders-reason": "zomer"},
    )

    page = client.get(f"/beheer/huis/plek/{place.pk}/uren/").content.decode()
    assert f"31 augustus {year} gesloten: zomer<" in page
    client.post(f"/beheer/huis/andere-dagen/{OpeningException.objects.get().pk}/weg/")
    assert OpeningException.objects.count() == 0
    assert verbs() == ["added", "removed"]


def test_half_an_exception_is_refused_in_words(client, house, coordinator):
    place = LocationFactory(house=house)

    answer = client.post(
        f"/beheer/huis/plek/{place.pk}/andere-dagen/",
        {"anders-since": "2026-07-01", "anders-until": "2026-07-01", "anders-opens_at": "09:00"},
    )

    assert answer.status_code == 422
    assert "Vul beide uren in, of geen van beide als het gesloten is." in answer.content.decode()


def test_the_database_refuses_half_an_exception():
    with pytest.raises(IntegrityError, match="opening_exception_hours"):
        LocationFactory().opening_exceptions.create(since=NOW, until=NOW, closes_at=time(9))


def test_hours_are_taken_away(client, house, coordinator):
    rule = LocationFactory(house=house).opening_hours.create(weekday=0, opens_at=time(9), closes_at=time(12))

    client.post(f"/beheer/huis/uren/{rule.pk}/weg/")

    assert OpeningHours.objects.count() == 0
    assert verbs() == ["removed"]


def test_a_number_that_is_too_large_is_simply_not_found(client, coordinator):
    assert client.get(f"/beheer/huis/plek/{10**30}/").status_code == 404
