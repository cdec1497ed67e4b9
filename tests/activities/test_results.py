"""`/activiteiten/`: found by words, place, age, day and price; whatever the address says, an answer."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.forms.search import SearchForm
from activities.models import Activity
from activities.search.wanted import Spot
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
    SessionFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db
GEEL = Spot(lat=51.1612, lon=4.9893)


def activity(title, start=None, **facts):
    """A published activity with one moment, tomorrow unless said otherwise."""
    made = ActivityFactory(title=title, **facts)
    SessionFactory(activity=made, original_start=start or NOW + dt.timedelta(days=1))
    return made


def soon(start_in=dt.timedelta(days=1), **facts):
    return activity("Samen zingen", start=timezone.now() + start_in, **facts)


def test_a_card_says_the_five_facts(client):
    soon(age_min=0, age_max=18, location=LocationFactory(name="De Speelvogel", town="Geel"))
    card = client.get("/activiteiten/").content.decode().partition("<article")[2]
    facts = ["0 tot 18 maanden", "Morgen", "De Speelvogel, Geel", "Gratis", "Kom gewoon langs"]
    places = [card.index(fact) for fact in facts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("foo=1", "We kennen de keuze &#x27;foo&#x27; niet"),
        ("leeftijd=400", "De keuze bij &#x27;Hoe oud is je kind?&#x27; kennen we niet"),
        ("leeftijd=baby%00", "De keuze bij &#x27;Hoe oud is je kind?&#x27; kennen we niet"),
        ("q=a%00b", "De keuze bij &#x27;Wat zoek je?&#x27; kennen we niet"),
        ("q=" + "a" * 5000, "De keuze bij &#x27;Wat zoek je?&#x27; kennen we niet"),
        ("element=muziek", "De keuze bij &#x27;Wat&#x27; kennen we niet"),
        ("dag=9", "De keuze bij &#x27;Welke dag&#x27; kennen we niet"),
        ("huis=%3Cb%3E", "De keuze bij &#x27;Huis&#x27; kennen we niet"),
        ("pagina=9999999", "Die bladzijde is er niet."),
        ("pagina=" + "9" * 5000, "Die bladzijde is er niet."),
        ("pagina=twee", "Die bladzijde is er niet."),
        ("plaats=%00nergensveld", "We vonden geen plaats"),
    ],
)
def test_what_we_cannot_read_is_said_and_left_out(client, query, note):
    soon()
    response = client.get(f"/activiteiten/?{query}")
    assert response.status_code == 200
    assert note in response.content.decode()
    assert "Samen zingen" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        f"{name}={value}"
        for name, value in (("element", "encounter"), ("soort", "other"), ("vraag", "geld"), ("dag", "2"))
    ]
    + ["huis=bestaat-niet", "q=onbestaand", "wanneer=vakantie", "plaats=2440&straal=10", "vrij=1&gratis=1"],
)
def test_every_wish_that_finds_nothing_gets_an_answer(client, query):
    LocalityFactory(postcode="2440", name="Geelveld")
    response = client.get(f"/activiteiten/?leeftijd=young_adult&{query}")
    assert "Niets gevonden" in response.content.decode()


def test_a_day_on_which_nothing_is_says_what_there_is_on_other_days(client):
    soon(start_in=dt.timedelta(days=400))
    page = client.get("/activiteiten/?wanneer=vandaag&deel=avond").content.decode()
    assert "Zonder Vandaag In de avond: 1 activiteit" in page


@pytest.mark.parametrize("age", ["-9", "8", "300", "pregnancy", "young_adult"])
def test_an_age_in_months_or_a_stretch_of_childhood_is_understood(client, age):
    soon()
    response = client.get(f"/activiteiten/?leeftijd={age}")
    assert (response.context["total"], response.context["notes"]) == (1, [])


def test_what_was_chosen_can_be_taken_away_one_by_one(client):
    soon()
    chips = client.get("/activiteiten/?q=zingen&gratis=1&pagina=1").context["chips"]
    assert chips == [
        {"words": "'zingen'", "url": "/activiteiten/?gratis=1"},
        {"words": "Gratis", "url": "/activiteiten/?q=zingen"},
    ]


def test_nothing_found_shows_the_way_on(client):
    soon(price_kind="paid", price_cents=100)
    page = client.get("/activiteiten/?gratis=1").content.decode()
    assert "Niets gevonden" in page
    assert "Zonder Gratis: 1 activiteit" in page


def test_nothing_found_gives_the_phone_of_the_house_of_your_place(client):
    house = HouseFactory(phone="014 00 00 00")
    locality = LocalityFactory(postcode="2440", name="Geelveld")
    WorkingAreaFactory(house=house, municipality=locality.municipality)
    page = client.get("/activiteiten/?plaats=Geelveld&gratis=1").content.decode()
    assert "tel:014000000" in page


def test_two_places_of_one_name_are_offered_as_a_choice(client):
    for postcode in ("2440", "9000"):
        LocalityFactory(postcode=postcode, name="Hoekstraten", municipality=MunicipalityFactory())
    response = client.get("/activiteiten/?plaats=hoekstraten&gratis=1")
    assert len(response.context["place"].options) == 2
    for option in response.context["place"].options:
        assert f"?plaats={option.slug}&amp;gratis=1" in response.content.decode()


def test_only_the_part_with_the_cards_is_sent_where_the_rest_is_there_already(client):
    soon()
    page = client.get("/activiteiten/", headers={"HX-Request": "true"}).content.decode()
    assert "Samen zingen" in page
    assert "<html" not in page


def test_results_take_three_queries_however_many_cards(client, django_assert_num_queries):
    for number in (1, 2):
        for _ in range(number):
            soon(location=LocationFactory())
        client.get("/activiteiten/")
        with django_assert_num_queries(3):
            client.get("/activiteiten/?q=zingen&gratis=1&leeftijd=baby")


def test_twenty_cards_a_page(client):
    for _ in range(21):
        soon()
    response = client.get("/activiteiten/?pagina=2")
    assert (len(response.context["activities"]), response.context["total"]) == (1, 21)


def test_the_page_only_reads(client):
    assert client.post("/activiteiten/").status_code == 405


def test_every_wish_of_the_form_is_read():
    form = SearchForm(
        {"q": "x", "dag": "0", "deel": "avond", "wanneer": "vakantie", "vraag": "geld", "straal": "10"}
    )
    assert form.is_valid()
    wanted = form.wanted(spot=GEEL, now=NOW)
    assert (wanted.days, wanted.deel, wanted.vakantie) == ((0,), "avond", True)
    assert (wanted.vraag, wanted.straal, wanted.q) == ("geld", 10, "x")
    assert Activity.objects.count() == 0
