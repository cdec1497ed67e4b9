"""`/api/zoek`: the search of the results page for programs, with every choice of its address."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import (
    ActivityFactory,
    HouseFactory,
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
    PartnershipFactory,
    SessionFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db


def ask(client, query=""):
    response = client.get(f"/api/zoek?{query}")
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return response.json()


def soon(title="Samen zingen", **facts):
    made = ActivityFactory(title=title, **facts)
    SessionFactory(activity=made, original_start=timezone.now() + dt.timedelta(days=1))
    return made


def test_a_result_says_what_where_when_and_how_far(client):
    locality = LocalityFactory(
        postcode="2440", name="Geelveld", municipality=MunicipalityFactory(name="Geelveld")
    )
    house = HouseFactory(name="Huis van het Kind Geelveld")
    WorkingAreaFactory(house=house, municipality=locality.municipality)
    made = soon(house=house, location=LocationFactory(name="De Wip", town="Geel", lat=51.19, lon=5.11))
    answer = ask(client, "q=zingen&plaats=2440")
    assert answer["total"] == 1
    (result,) = answer["results"]
    session = result.pop("next_session")
    assert dt.datetime.fromisoformat(session["starts_at"]) > timezone.now()
    assert result == {
        "kind": "activity",
        "title": "Samen zingen",
        "url": f"/activiteiten/{made.slug}/",
        "text": made.summary,
        "offer_type": "play_meet",
        "element": "encounter",
        "house": {"name": house.name, "url": f"/huizen/{house.slug}/"},
        "place": {"name": "De Wip", "town": "Geel"},
        "distance_km": 0.0,
        "ongoing": None,
        "fits_from": None,
    }


def test_it_tells_how_the_words_were_understood(client):
    soon(price_kind="free")
    understood = ask(client, "q=gratis+zinngen")["understood"]
    assert understood["choices"] == [{"name": "gratis", "value": "1", "label": "Gratis", "typed": "gratis"}]
    assert (understood["words"], understood["corrected"]) == ("zinngen", "zingen")


def test_every_choice_of_the_address_counts(client):
    soon("Gratis", price_kind="free")
    soon("Betalend", price_kind="paid", price_cents=100)
    answer = ask(client, "gratis=1&leeftijd=baby")
    assert [result["title"] for result in answer["results"]] == ["Gratis"]
    assert answer["counts"]["gratis"] == {"1": 1}


def test_a_house_that_was_named_comes_first_and_a_partner_after_the_first_five(client):
    house = HouseFactory(name="Huis van het Kind Zonnedal", slug="zonnedal")
    PartnershipFactory(house=house, organisation__name="Kring Zonnedal")
    for number in range(25):
        soon(f"Zonnedal {number}")
    first, second = ask(client, "q=zonnedal"), ask(client, "q=zonnedal&pagina=2")
    kinds = [result["kind"] for result in first["results"]]
    assert kinds == ["house", *["activity"] * 5, "partner", *["activity"] * 13]
    assert (first["total"], len(second["results"])) == (27, 7)
    titles = [result["title"] for result in (*first["results"], *second["results"])]
    assert len(set(titles)) == 27


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=" + "a" * 5000, "q=%F0%9F%98%80", "q=%22%27%29%3B--", "pagina=0", "pagina=-1", "pagina=9999999",
        "pagina=" + "9" * 5000, "pagina=twee", "plaats=%00", "straal=999999999999", "geboren=9999-99", "geboren=0001-01",
        "van=0001-01-01", "tot=9999-12-31", "van=9999-12-31&tot=0001-01-01", "leeftijd=%D9%A3", "dag=9", "volgorde=x",
        "taal=xx", "huis=%3Cb%3E", "foo=bar",
    ],
)  # fmt: skip
def test_bad_input_gets_an_answer(client, query):
    soon()
    assert ask(client, query)["page"] >= 1


def test_it_takes_the_same_queries_for_one_result_and_for_three(client, django_assert_max_num_queries):
    taken = []
    for number in (1, 2):
        for _ in range(number):
            soon(location=LocationFactory())
        ask(client, "q=zingen")
        # Most of them ask what changed: within a transaction that is done each time.
        with django_assert_max_num_queries(9) as queries:
            ask(client, "q=zingen")
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_it_only_reads(client):
    assert client.post("/api/zoek").status_code == 405
