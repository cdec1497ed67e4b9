"""`/opgroeien/netwerk/`: municipalities with and without a House, what each House has, and what is empty, by name."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.models import Activity
from projects.network.facts import network
from projects.network.map import map_of
from projects.network.picture import (
    Covered,
    gaps_of_domains,
    gaps_of_houses,
    gaps_of_policies,
    gaps_of_towns,
    provinces,
)
from tests.attendance_factories import HeadcountFactory
from tests.factories import (
    ActivityFactory,
    HouseFactory,
    MunicipalityFactory,
    ScheduleFactory,
    SessionFactory,
    WorkingAreaFactory,
)
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
PAGE = reverse("network_picture")
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def now_network(**facts):
    now = timezone.now()
    return network(**{"on": timezone.localdate(now), "year": now.year, "now": now, **facts})


def town(name, **facts):
    """A municipality with a place on the map."""
    return MunicipalityFactory(name=name, tile_col=facts.pop("tile_col", 3), tile_row=2, **facts)


def merged(name, into, since):
    """A former municipality."""
    return MunicipalityFactory(name=name, merged_into=into, valid_until=since)


def offer(house, **facts):
    """An activity with a moment to come."""
    activity = ActivityFactory(house=house, checked_on=timezone.localdate(), **facts)
    SessionFactory(activity=activity, original_start=timezone.now() + DAY)
    return activity


def serves(house, municipality, **facts):
    return WorkingAreaFactory(house=house, municipality=municipality, **facts)


def test_a_municipality_is_served_wholly_in_part_or_not():
    house = HouseFactory(name="Huis")
    serves(house, town("Aalst"))
    town("Beerse")
    new = town("Charlie")
    serves(house, merged("Charlie-Noord", new, dt.date(2024, 12, 31)))
    merged("Charlie-Zuid", new, dt.date(2024, 12, 31))
    found = now_network().towns
    assert [(each.municipality.name, each.covered, each.left_out) for each in found] == [
        ("Aalst", Covered.WHOLE, []),
        ("Beerse", Covered.NONE, []),
        ("Charlie", Covered.PART, ["Charlie-Zuid"]),
    ]
    assert [(gap.title, gap.names) for gap in gaps_of_towns(found)] == [
        ("Gemeenten zonder Huis: 1", ["Beerse"]),
        ("Gemeenten met een Huis in een deel: 1", ["Charlie (niet: Charlie-Zuid)"]),
    ]
    assert [tile.sign for tile in map_of(found).tiles] == ["", "×", "½"]


def test_all_former_parts_together_are_the_whole():
    new, one, other = town("Nieuw"), HouseFactory(name="Eén"), HouseFactory(name="Twee")
    serves(one, merged("Oud A", new, dt.date(2024, 12, 31)))
    serves(other, merged("Oud B", new, dt.date(2024, 12, 31)))
    [found] = now_network().towns
    assert (found.covered, [house.name for house in found.houses]) == (Covered.WHOLE, ["Eén", "Twee"])


def test_as_it_stood_on_a_day():
    serves(HouseFactory(), town("Aalst"), since=dt.date(2020, 1, 1), until=dt.date(2024, 12, 31))
    assert now_network().towns[0].covered == Covered.NONE
    assert now_network(on=dt.date(2024, 6, 1)).towns[0].covered == Covered.WHOLE


def test_what_a_house_has_and_lacks():
    house = serves(HouseFactory(name="Huis"), town("Aalst")).house
    offer(
        house,
        offer_type="consultation_clinic",
        pillar="preventive_health",
        life_domains=["health", "prenatal"],
    )
    offer(house, offer_type="play_meet", pillar="social_cohesion", life_domains=["health"])
    ActivityFactory(house=house, life_domains=["housing"])
    [line] = now_network().lines
    assert (line.offers, line.missing_pillars) == (2, ["Opvoedingsondersteuning"])
    assert {label: number for label, number, _ in line.domain_cells if number} == {
        "Gezondheid": 2,
        "Zwangerschap en geboorte": 1,
    }
    assert {label: number for label, number, _ in line.policy_cells if number} == {
        "Welzijn, gezondheid en gezin": 2
    }
    assert ("Geen aanbod in wonen", ["Huis"]) in gaps_of_policies([line])
    assert ("Geen aanbod in de pijler opvoedingsondersteuning", ["Huis"]) in gaps_of_houses([line])
    assert ("Geen aanbod rond wonen", ["Huis"]) in gaps_of_domains([line])


def test_how_fresh_the_offer_is():
    house = serves(HouseFactory(), town("Aalst")).house
    today = timezone.localdate()
    for checked_on, status in ((today, "published"), (today - 300 * DAY, "published"), (today, "to_check")):
        ActivityFactory(house=house, checked_on=checked_on, status=status)
    ActivityFactory(house=house, status=Activity.Status.DRAFT)
    [line] = now_network().lines
    assert (line.fresh, line.old, line.hidden) == (1, 1, 1)


def counted(house, families, starts_at):
    session = SessionFactory(activity=ActivityFactory(house=house), original_start=starts_at)
    HeadcountFactory(session=session, families=families)


def test_the_reach_of_a_year_beside_the_year_before():
    house = serves(HouseFactory(), town("Aalst")).house
    now = timezone.now()
    counted(house, 9, now - DAY)
    counted(house, 4, now - 365 * DAY)
    counted(HouseFactory(), 100, now - DAY)
    [line] = now_network(year=(now - DAY).year).lines
    assert (line.reach.families, line.before.families, line.reach.moments) == (9, 4, 1)


def test_by_province():
    both = HouseFactory(name="Beide")
    serves(both, town("Aalst", province="Oost-Vlaanderen"))
    serves(both, town("Mol", province="Antwerpen"))
    town("Geel", province="Antwerpen")
    found = now_network()
    assert [(line.label, line.whole, line.towns, line.houses) for line in provinces(*found)] == [
        ("Antwerpen", 1, 2, 1),
        ("Oost-Vlaanderen", 1, 1, 1),
        ("Samen", 2, 3, 1),
    ]
    assert [each.municipality.name for each in found.in_province("Antwerpen").towns] == ["Geel", "Mol"]


def test_the_page_has_a_map_and_names_what_is_empty(officer):
    serves(HouseFactory(name="Huis"), town("Aalst"))
    town("Beerse")
    page = officer.get(PAGE).content.decode()
    assert "<title>Aalst: Huis</title>" in page
    assert "<title>Beerse: geen Huis</title>" in page
    assert "Gemeenten zonder Huis: 1" in page


@pytest.mark.parametrize("view", ["huizen", "domeinen", "beleid"])
def test_the_other_views(officer, view):
    serves(HouseFactory(name="Huis Els"), town("Aalst"))
    page = officer.get(PAGE, {"beeld": view}).content.decode()
    assert "Huis Els" in page
    assert "geen" in page
    assert "Huis Els" not in officer.get(PAGE, {"beeld": view, "provincie": "Limburg"}).content.decode()


def test_only_houses_that_lack_something(officer):
    full = serves(HouseFactory(name="Huis Vol"), town("Aalst")).house
    serves(HouseFactory(name="Huis Leeg"), town("Beerse"))
    for pillar in ("preventive_health", "parenting_support", "social_cohesion"):
        offer(full, pillar=pillar)
    answer = officer.get(PAGE, {"beeld": "huizen", "toon": "pijler"})
    assert [line.house.name for line in answer.context["page"]] == ["Huis Leeg"]


@pytest.mark.parametrize(
    "query", [{"provincie": "Parijs"}, {"jaar": "9" * 40}, {"op": "gisteren"}, {"toon": "x"}, {"op": "\x00"}]
)
def test_nonsense_is_said_and_changes_nothing(officer, query):
    serves(HouseFactory(), town("Aalst"))
    assert officer.get(PAGE, query | {"beeld": "huizen"}).status_code == 422
    assert officer.get(reverse("network_export", args=["huizen", "csv"]), query).status_code == 302
    assert officer.get(PAGE, {"beeld": "x", "pagina": "9999999"}).status_code == 200


def test_the_files_hold_the_tables(officer):
    house = serves(HouseFactory(name="=Huis"), town("Aalst")).house
    offer(house, life_domains=["health"])
    [head, line] = csv_rows(officer.get(reverse("network_export", args=["huizen", "csv"])).content)
    assert dict(zip(head, line, strict=True)) | {
        "Huis": "'=Huis",
        "Gemeenten": "Aalst",
        "Aanbod": "1",
        "Gezondheid": "1",
        "Wonen": "0",
    } == dict(zip(head, line, strict=True))
    [_, row] = csv_rows(officer.get(reverse("network_export", args=["gemeenten", "csv"])).content)
    assert row[1:3] + row[4:6] == ["Aalst", "Antwerpen", "helemaal", "'=Huis"]
    assert officer.get(reverse("network_export", args=["huizen", "xlsx"])).status_code == 200
    for what, kind in (("huizen", "pdf"), ("ouders", "csv")):
        assert officer.get(reverse("network_export", args=[what, kind])).status_code == 404


@pytest.mark.parametrize("address", [PAGE, reverse("network_export", args=["huizen", "csv"])])
def test_only_for_the_agency(client, address):
    assert client.get(address).url.startswith("/aanmelden/")
    for user in (make_coordinator(HouseFactory()), make_parent(), make_abb_reader()):
        client.force_login(user)
        assert client.get(address).status_code == 403
    client.force_login(make_officer())
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("view", ["", "huizen", "domeinen", "beleid"])
def test_three_houses_cost_as_much_as_one(officer, view):
    def more(number):
        for _ in range(number):
            house = serves(HouseFactory(), town(f"Stad {MunicipalityFactory().pk}")).house
            ScheduleFactory(activity=offer(house))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(PAGE, {"beeld": view}).status_code == 200
        return len(captured)

    more(1)
    queries()
    one = queries()
    more(2)
    assert queries() == one
    assert one <= 14
