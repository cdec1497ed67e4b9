"""From what somebody types to the place she means."""

import csv
import random
from collections import defaultdict
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huizen.finder import find_places, place_by_key
from huizen.finder.names import plain
from huizen.models import House, Municipality, WorkingArea
from huizen.reference_data import FOLDER, localities, municipalities
from tests.factories import HouseFactory, MunicipalityFactory, WorkingAreaFactory

DAY = date(2026, 11, 21)
TOWNS = {row["nis_code"]: row for row in municipalities()}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def labels(q: str, *, exact: bool = True) -> list[str]:
    return [place.label for place in find_places(q, day=DAY) if place.exact >= exact]


def shared_names() -> list[str]:
    """Names that belong to more than one municipality of today, read from the files."""
    owners = defaultdict(set)
    for row in TOWNS.values():
        owners[plain(row["name"])].add(row["merged_into_id"] or row["nis_code"])
    for row in localities():
        owners[plain(row["name"])].add(row["municipality_id"])
    return sorted(name for name, towns in owners.items() if len(towns) > 1)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2400", ["2400 Mol"]),
        ("B-2400", ["2400 Mol"]),
        ("b 2400", ["2400 Mol"]),
        ("2400 Mol", ["2400 Mol"]),
        ("Mol (2400)", ["2400 Mol"]),
        ("  mOL ", ["2400 Mol"]),
        ("2018", ["2018 Antwerpen"]),
        ("1050", ["1050 Elsene", "1050 Brussel"]),
        ("1050 Brussel", ["1050 Brussel"]),
        ("1040", ["1040 Etterbeek", "1040 Brussel"]),
        ("2880", ["2880 Bornem"]),
        ("2880 Hingene", ["2880 Hingene (Bornem)"]),
        ("2400 Balen", ["2400 Mol", "2490 Balen"]),
        ("9130", ["9130 Beveren (Beveren-Kruibeke-Zwijndrecht)"]),
        ("Antwerp", ["Antwerpen"]),
        ("Anvers", ["Antwerpen"]),
        ("Ghent", ["9000 Gent"]),
        ("Gand", ["9000 Gent"]),
        ("Brussels", ["1000 Brussel"]),
        ("Bruxelles", ["1000 Brussel"]),
        ("Bruges", ["8000 Brugge"]),
        ("Ostend", ["8400 Oostende"]),
        ("Malines", ["2800 Mechelen"]),
        ("Louvain", ["3000 Leuven"]),
        ("Ypres", ["8900 Ieper"]),
        ("Ieper", ["8900 Ieper"]),
        ("Ixelles", ["1050 Elsene"]),
        ("Molenbeek", ["1080 Sint-Jans-Molenbeek"]),
        ("Woluwe", ["1200 Sint-Lambrechts-Woluwe", "1150 Sint-Pieters-Woluwe"]),
        ("Sint-Joost", ["1210 Sint-Joost-ten-Node"]),
        ("St.-Niklaas", ["9100 Sint-Niklaas"]),
        ("st niklaas", ["9100 Sint-Niklaas"]),
        ("'s gravenwezel", ["2970 's-Gravenwezel (Schilde)"]),
        ("O.L.V. Waver", ["2861 Onze-Lieve-Vrouw-Waver (Sint-Katelijne-Waver)"]),
        ("heusden", ["3550 Heusden (Heusden-Zolder)", "9070 Heusden (Destelbergen)"]),
        ("Lievegem", ["Lievegem"]),
        ("Ham", ["3945 Ham (Tessenderlo-Ham)"]),
        ("Meerbeek", ["3078 Meerbeek (Kortenberg)"]),
        ("Meerbeke", ["9402 Meerbeke (Ninove)"]),
        ("Moerbeke", ["9180 Moerbeke (Lokeren)", "9500 Moerbeke (Geraardsbergen)"]),
    ],
)
def test_what_is_typed_gives_what_is_meant(typed, meant):
    assert labels(typed) == meant


@pytest.mark.parametrize("name", shared_names())
def test_a_shared_name_offers_a_choice_of_every_municipality_that_bears_it(name):
    owners = {
        row["merged_into_id"] or row["nis_code"] for row in TOWNS.values() if plain(row["name"]) == name
    }
    owners |= {row["municipality_id"] for row in localities() if plain(row["name"]) == name}

    assert {place.municipality.pk for place in find_places(name, day=DAY) if place.exact} == owners


def test_thirty_names_are_shared():
    assert len(shared_names()) == 30


@pytest.mark.parametrize(
    "row", [row for row in TOWNS.values() if row["merged_into_id"]], ids=lambda row: row["name"]
)
def test_every_old_name_leads_to_the_municipality_of_today(row):
    found = [place.municipality.pk for place in find_places(row["name"], day=DAY) if place.exact]

    assert found[0] == row["merged_into_id"]


@pytest.mark.parametrize(
    "row", [row for row in TOWNS.values() if not row["merged_into_id"]], ids=lambda row: row["name"]
)
def test_a_municipality_ranks_first_under_its_own_name(row):
    first = find_places(row["name"], day=DAY)[0]

    assert (first.exact, first.municipality.pk, first.name) == (True, row["nis_code"], row["name"])


def test_every_postcode_is_known_and_leads_to_its_municipalities():
    towns = defaultdict(set)
    for row in localities():
        towns[row["postcode"]].add(row["municipality_id"])

    found = {code: {place.municipality.pk for place in find_places(code, day=DAY)} for code in towns}

    assert found == towns


def test_every_place_that_is_offered_can_stand_in_an_address():
    with (FOLDER / "localities.csv").open(encoding="utf-8") as file:
        asked = {value for row in csv.DictReader(file) for value in (row["postcode"], row["name"])}
    offered = {place.slug: place for q in asked for place in find_places(q, day=DAY)}

    lost = [
        slug
        for slug, place in offered.items()
        if place_by_key(slug, day=DAY).municipality != place.municipality
    ]

    assert lost == []
    assert len(offered) > 1000


@pytest.mark.parametrize("key", ["2400-mol", "2400-MOL", "2400", "mol", "Mol"])
def test_an_address_may_name_a_place_in_several_ways(key):
    assert place_by_key(key, day=DAY).label == "2400 Mol"


@pytest.mark.parametrize("key", ["", "heusden", "1050", "moll", "9999-nergens", "\x00", "x" * 10_000])
def test_an_address_that_does_not_mean_one_place_gives_none(key):
    assert place_by_key(key, day=DAY) is None


def test_typing_shows_what_begins_so_the_most_people_first():
    assert labels("an", exact=False)[:2] == ["Antwerpen", "1070 Anderlecht"]
    assert labels("24", exact=False)[0] == "2400 Mol"
    assert labels("panne", exact=False)[0] == "8660 De Panne"


def test_one_letter_is_not_enough():
    assert find_places("a", day=DAY) == []


def test_a_guess_is_never_exact_and_at_most_three():
    found = find_places("Turnhotu", day=DAY)

    assert [(place.label, place.exact) for place in found] == [("2300 Turnhout", False)]
    assert len(find_places("Sint-Martens-Lirede", day=DAY)) <= 3


def slips(name: str, chance: random.Random) -> list[str]:
    """A name with one letter dropped, one doubled, two swapped."""
    at = chance.randrange(len(name) - 1)
    return [
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    ]


def test_a_typing_error_in_a_long_name_still_offers_it():
    chance = random.Random(2026)
    towns = [row for row in TOWNS.values() if not row["merged_into_id"] and len(row["name"]) >= 6]
    tries = [(row["nis_code"], typed) for row in towns for typed in slips(row["name"], chance)]

    missed = [
        typed for nis, typed in tries if nis not in {p.municipality.pk for p in find_places(typed, day=DAY)}
    ]

    assert len(missed) / len(tries) <= 0.02, missed


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.text(max_size=200))
def test_no_text_is_too_odd(q):
    assert len(find_places(q, day=DAY)) <= 12
    place_by_key(q, day=DAY)


# The Houses behind the places.


def serve(nis_code: str, house: House, since=date(2015, 1, 1), until=None) -> WorkingArea:
    town = Municipality.objects.get(pk=nis_code)
    return WorkingAreaFactory(house=house, municipality=town, since=since, until=until)


def houses(q: str, *, day: date = DAY) -> list[tuple[str, str | None]]:
    return [(p.label, p.house.name if p.house else None) for p in find_places(q, day=day) if p.exact]


def test_a_place_knows_the_house_that_serves_it():
    serve("13025", HouseFactory(name="Baldemore"))

    assert houses("2400") == [("2400 Mol", "Baldemore")]
    assert houses("Ezaart") == []
    assert houses("2490") == [("2490 Balen", None)]


def test_the_old_house_of_meulebeke_pittem_wingene_and_ruiselede_is_found_after_the_mergers():
    old = HouseFactory(name="Meulebeke, Pittem, Wingene en Ruiselede")
    for nis_code in ("37007", "37011", "37018", "37012"):
        serve(nis_code, old)
    serve("37015", HouseFactory(name="Tielt"))

    assert houses("Meulebeke") == [("8760 Meulebeke (Tielt)", old.name)]
    assert houses("8755") == [("8755 Ruiselede (Wingene)", old.name)]
    assert houses("Pittem") == [("8740 Pittem", old.name)]
    assert houses("Wingene") == [("8750 Wingene", old.name)]
    assert houses("Tielt") == [
        ("8760 Meulebeke (Tielt)", old.name),
        ("8700 Tielt", "Tielt"),
        ("3390 Tielt (Tielt-Winge)", None),
    ]
    assert place_by_key("8700-tielt", day=DAY).house.name == "Tielt"


def test_a_municipality_that_kept_its_code_is_a_part_of_itself():
    serve("11002", HouseFactory(name="Antwerpen"))
    assert houses("Antwerpen") == [("Antwerpen", "Antwerpen")]

    serve("11007", HouseFactory(name="Borsbeek"))

    assert houses("Antwerpen") == [("2000 Antwerpen", "Antwerpen"), ("2150 Borsbeek (Antwerpen)", "Borsbeek")]
    assert houses("2018") == [("2018 Antwerpen", "Antwerpen")]
    assert houses("Deurne")[0] == ("2100 Deurne (Antwerpen)", "Antwerpen")


def test_parts_without_a_house_of_their_own_have_that_of_the_whole():
    serve("44085", HouseFactory(name="Lievegem"))

    assert houses("Lievegem") == [("Lievegem", "Lievegem")]
    assert houses("9950") == [("9950 Waarschoot (Lievegem)", "Lievegem")]


def test_a_house_is_only_found_on_the_days_it_serves_the_place():
    serve("13025", HouseFactory(name="Vroeger"), until=date(2025, 12, 31))
    serve("13025", HouseFactory(name="Nu"), since=date(2026, 1, 1))

    assert houses("Mol", day=date(2025, 12, 31)) == [("2400 Mol", "Vroeger")]
    assert houses("Mol", day=date(2026, 1, 1)) == [("2400 Mol", "Nu")]
    assert houses("Mol", day=date(2014, 12, 31)) == [("2400 Mol", None)]


def test_a_house_that_parents_do_not_see_is_not_found():
    serve("13025", HouseFactory(is_published=False))

    assert houses("Mol") == [("2400 Mol", None)]


def test_a_change_is_seen_at_once_by_who_makes_it():
    house = HouseFactory(name="Oud")
    area = serve("13025", house)
    assert houses("Mol") == [("2400 Mol", "Oud")]

    House.objects.filter(pk=house.pk).update(name="Nieuw")
    assert houses("Mol") == [("2400 Mol", "Nieuw")]

    area.delete()
    assert houses("Mol") == [("2400 Mol", None)]


def test_a_new_municipality_is_found_without_a_postcode():
    MunicipalityFactory(name="Nieuwstad-aan-Zee")

    assert labels("nieuwstad aan zee") == ["Nieuwstad-aan-Zee"]


def test_what_a_page_adds_to_a_house_does_not_stay():
    serve("13025", HouseFactory())
    find_places("Mol", day=DAY)[0].house.name = "Iets anders"

    assert find_places("Mol", day=DAY)[0].house.name != "Iets anders"


def test_finding_takes_one_query_however_much_is_found(django_assert_num_queries):
    find_places("Mol", day=DAY)

    for q in ("Mol", "24", "sint"):
        with django_assert_num_queries(1):
            find_places(q, day=DAY)
