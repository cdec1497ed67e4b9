"""`/activiteiten/`: found by words, place, age, day and price; whatever the address says, an answer."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.question import Chip
from activities.search import Hit
from activities.way_on import with_cards
from huizen.models import Concept, SearchPhrase
from huizen.throttle import MOST
from tests.activities.test_cards import title_of
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
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


def activity(title, start=None, **facts):
    """A published activity with one moment, tomorrow unless said otherwise."""
    made = ActivityFactory(title=title, **facts)
    SessionFactory(activity=made, original_start=start or NOW + dt.timedelta(days=1))
    return made


def soon(start_in=dt.timedelta(days=1), **facts):
    return activity("Samen zingen", start=timezone.now() + start_in, **facts)


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_a_half_typed_birth_month_gets_an_answer_and_a_sentence_at_its_field(client, htmx):
    soon(age_min=0, age_max=300)
    page = client.get("/activiteiten/?geboren=03/20&geboren=2024-03", headers=htmx).content.decode()
    note = page.partition('id="geboren-half"')[2].partition("</div>")[0]
    assert ("hidden" in note.partition(">")[0], "Kies een maand en een jaar" in note) == (False, True)
    assert "1 activiteit" in page
    assert htmx or 'value="03/20" aria-describedby="geboren-half"' in page
    fine = client.get("/activiteiten/?geboren=2024-03", headers=htmx).content.decode()
    assert "data-half hidden" in fine or 'hx-swap-oob="true" hidden' in fine


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
    assert "Zonder Vandaag in de avond: 1 activiteit" in page


@pytest.mark.parametrize("age", ["-9", "8", "300", "pregnancy", "young_adult"])
def test_an_age_in_months_or_a_stretch_of_childhood_is_understood(client, age):
    soon()
    response = client.get(f"/activiteiten/?leeftijd={age}")
    assert (response.context["total"], response.context["notes"]) == (1, [])


def test_what_was_chosen_can_be_taken_away_one_by_one(client):
    soon()
    chips = client.get("/activiteiten/?q=zingen&gratis=1&pagina=1").context["chips"]
    assert chips == [
        Chip("'zingen'", "/activiteiten/?gratis=1"),
        Chip("Gratis", "/activiteiten/?q=zingen"),
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


def test_results_read_new_offer_once_however_many_cards(client):
    for number in (1, 2):
        for _ in range(number):
            soon(location=LocationFactory())
        client.get("/api/zoek")  # the index takes in what is new
        for asked in (1, 0):
            with CaptureQueriesContext(connection) as queries:
                client.get("/activiteiten/?q=zingen&gratis=1&leeftijd=baby")
            assert len([query for query in queries if "activities_" in query["sql"]]) == asked


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("leeftijd=young_adult", "Voor een andere leeftijd"),
        ("leeftijd=young_adult&wanneer=vandaag&dag=2", "Dit is er wel"),
    ],
)
def test_nothing_found_takes_the_same_queries_however_much_is_nearly_right(client, query, words):
    numbers = []
    for number in (1, 2):
        for _ in range(number):
            soon(location=LocationFactory(), age_min=0, age_max=10)
        client.get("/activiteiten/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/activiteiten/?{query}")
        assert [words for words, _ in page.context["nearly"]] == [words]
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_twenty_cards_a_page(client):
    for _ in range(21):
        soon()
    response = client.get("/activiteiten/?pagina=2")
    assert (len(response.context["cards"]), response.context["total"]) == (1, 21)


def test_the_page_only_reads(client):
    assert client.post("/activiteiten/").status_code == 405


# Words.
def test_what_words_say_is_shown_back_and_goes_with_its_words(client):
    soon()
    chips = client.get("/activiteiten/?q=gratis+zingen").context["chips"]
    assert chips == [
        Chip("'zingen'", "/activiteiten/?q=gratis"),
        Chip("Gratis", "/activiteiten/?q=zingen", "gratis"),
    ]


def test_words_of_two_wishes_are_one_chip(client):
    chips = client.get("/activiteiten/?q=zingen+woensdag+namiddag").context["chips"]
    assert chips[1] == Chip("Woensdag in de namiddag", "/activiteiten/?q=zingen", "woensdag namiddag")


def test_her_own_choice_wins_over_what_her_words_may_mean(client):
    question = client.get("/activiteiten/?q=zingen+woensdag&dag=4").context["question"]
    assert (question.wanted.days, question.taken) == ((4,), ())


def test_a_place_in_the_words_is_where_we_look(client):
    place = LocalityFactory(postcode="2440", name="Geelveld")
    question = client.get("/activiteiten/?q=zingen+in+geelveld").context["question"]
    assert (question.place.found.name, question.chips()[-1].typed) == (place.name, "in geelveld")


def test_another_place_in_the_words_than_the_chosen_one_is_offered(client):
    for postcode, name in (("2440", "Geelveld"), ("9000", "Molveld")):
        LocalityFactory(postcode=postcode, name=name, municipality=MunicipalityFactory())
    response = client.get("/activiteiten/?q=zingen+in+molveld&plaats=2440-geelveld")
    assert response.context["place"].found.name == "Geelveld"
    assert response.context["other_place_url"].endswith("plaats=9000-molveld")


def test_the_kinds_of_offer_that_words_mean_are_one_tap_away(client):
    Concept.objects.create(
        phrase="kribbe", folded="kribbe", language="nl", offer_types=["childcare_desk"], changed_at=NOW
    )
    activity("Loket", offer_type="childcare_desk")
    meanings = client.get("/activiteiten/?q=kribbe").context["meanings"]
    assert meanings == [("Lokaal Loket Kinderopvang", "/activiteiten/?q=kribbe&soort=childcare_desk")]


def test_words_that_were_mended_say_so(client):
    soon()
    page = client.get("/activiteiten/?q=zignen").content.decode()
    assert "We zochten naar <strong>zingen</strong>" in page


# What the page holds.
@pytest.mark.parametrize("search", ["", "?q=zingen", "?gratis=1&pagina=1"])
def test_to_search_machines_every_search_is_the_list_itself(client, search):
    soon()
    page = client.get(f"/activiteiten/{search}").content.decode()
    assert re.search(r'<link rel="canonical" href="[^"?]+/activiteiten/">', page)
    assert "noindex" not in page


def test_what_is_left_open_stands_in_no_address(client):
    soon()
    response = client.get("/activiteiten/?q=&plaats=&gratis=1&dag=")
    assert response.context["map_url"].endswith("/activiteiten/kaart/?gratis=1")


def test_each_choice_says_how_much_it_gives_and_nothing_where_it_gives_nothing(client):
    soon(price_kind="paid", price_cents=100)
    page = client.get("/activiteiten/").content.decode()
    assert '<span class="choice-count is-none" id="n-gratis-1">0</span>' in page
    assert '<span class="choice-count" id="n-vrij-1">1</span>' in page


def test_htmx_gets_the_cards_and_every_count(client):
    soon()
    page = client.get("/activiteiten/?gratis=1", headers={"HX-Request": "true"}).content.decode()
    assert '<span class="choice-count" id="n-gratis-1" hx-swap-oob="true">1</span>' in page
    assert '<div hx-swap-oob="innerHTML:#gevonden">1 activiteit</div>' in page


def test_going_back_loads_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/activiteiten/", headers=headers).content.decode()


def test_orders_need_a_place_or_words(client):
    assert [code for code, _ in client.get("/activiteiten/").context["orders"]] == [""]
    LocalityFactory(postcode="2440", name="Geelveld")
    orders = client.get("/activiteiten/?plaats=2440&q=zingen").context["orders"]
    assert [code for code, _ in orders] == ["", "buurt", "eerst", "dichtst"]


def test_a_distance_without_a_place_asks_where_you_live(client):
    assert "Zeg waar je woont." in client.get("/activiteiten/?straal=5").content.decode()


# Nothing found.
def test_what_is_nearly_right_stands_under_words_that_say_how(client):
    soon(age_min=0, age_max=10, start_in=dt.timedelta(days=30))
    response = client.get("/activiteiten/?leeftijd=baby&wanneer=vandaag")
    assert [(words, list(map(title_of, cards))) for words, cards in response.context["nearly"]] == [
        ("Op een ander moment", ["Samen zingen"])
    ]


def test_an_activity_is_nearly_right_once(client):
    LocalityFactory(postcode="2440", name="Geelveld", lat=51.1, lon=5.0)
    soon(location=LocationFactory(lat=50.8, lon=3.3), age_min=0, age_max=10)
    response = client.get("/activiteiten/?plaats=2440&straal=5&leeftijd=baby")
    assert [words for words, _ in response.context["nearly"]] == ["Iets verder weg"]


def test_what_went_since_it_was_found_leaves_the_other_cards(client):
    gone, there = ActivityFactory(status="draft"), ActivityFactory()
    hits = {"Ver": [Hit(gone.pk), Hit(there.pk)], "Ouder": [Hit(there.pk)], "Later": [Hit(gone.pk)]}
    shown = [(words, list(map(title_of, cards))) for words, cards in with_cards(hits, now=timezone.now())]
    assert shown == [("Ver", [there.title])]


def test_words_without_an_answer_are_told_by_the_browser_and_counted_by_a_post_alone(client):
    page = client.get("/activiteiten/?q=kabouterdans").content.decode()
    assert 'data-nothing="/zoeken/niets/"' in page
    assert '<input type="hidden" name="q" value="kabouterdans">' in page
    assert SearchPhrase.objects.count() == 0
    assert client.post("/zoeken/niets/", {"q": "kabouterdans"}).status_code == 204
    assert client.post("/zoeken/gevonden/", {"q": "Kabouterdans", "gevonden": "nee"}).status_code == 200
    assert list(SearchPhrase.objects.values_list("phrase", "missed", "found")) == [("kabouterdans", 2, 0)]


@pytest.mark.parametrize(
    ("answer", "status", "kept"), [("ja", 200, [(0, 1)]), ("nee", 200, [(1, 0)]), ("misschien", 302, [])]
)
def test_one_tap_says_whether_she_found_it(client, answer, status, kept):
    soon()
    page = client.get("/activiteiten/?q=zingen").content.decode()
    assert "Vond je wat je zocht?" in page
    response = client.post("/zoeken/gevonden/", {"q": "zingen", "gevonden": answer})
    assert response.status_code == status
    assert list(SearchPhrase.objects.values_list("missed", "found")) == kept


def test_who_does_not_know_what_to_look_for_is_asked_four_questions(client):
    soon()
    assert 'href="/zoekhulp/"' in client.get("/activiteiten/").content.decode()


def test_telling_what_was_not_found_needs_no_cookie(client):
    visitor = type(client)(enforce_csrf_checks=True)
    assert dict(visitor.get("/activiteiten/?q=kabouterdans").cookies) == {}
    response = visitor.post("/zoeken/gevonden/", {"q": "kabouterdans", "gevonden": "nee"}, headers=OWN_PAGE)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "kabouterdans" in response.content.decode()


def test_another_site_tells_us_nothing(client):
    visitor = type(client)(enforce_csrf_checks=True)
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert visitor.post("/zoeken/niets/", {"q": "kabouterdans"}, headers=headers).status_code == 403
    assert SearchPhrase.objects.count() == 0


@pytest.mark.parametrize("path", ["/zoeken/niets/", "/zoeken/gevonden/"])
def test_what_was_not_found_is_only_told_by_post(client, path):
    assert client.get(path).status_code == 405


def test_a_machine_that_tells_too_much_is_no_longer_heard(client):
    for _ in range(MOST + 3):
        client.post("/zoeken/niets/", {"q": "kabouterdans"})
    assert SearchPhrase.objects.get().missed == MOST
