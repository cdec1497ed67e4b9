"""`/activiteiten/`: found by words, place, age, day and price; whatever the address says, an answer."""

import datetime as dt

import pytest
from django.utils import timezone

from activities import filters
from activities.filters import Spot, Wanted
from activities.forms.search import SearchForm, between
from activities.models import Activity
from activities.recurrence import BRUSSELS
from activities.topics import TOPIC, meant_types
from huizen.models import Holiday
from tests.factories import (
    NOW,
    ActivityFactory,
    HouseFactory,
    LocalityFactory,
    LocationFactory,
    MunicipalityFactory,
    ScheduleFactory,
    SessionFactory,
    WorkingAreaFactory,
)

pytestmark = pytest.mark.django_db
GEEL = Spot(lat=51.1612, lon=4.9893)


def titles(now=NOW, **wanted):
    return [row.title for row in filters.found(Wanted(**wanted), now=now)]


def activity(title, start=None, **facts):
    """A published activity with one moment, tomorrow unless said otherwise."""
    made = ActivityFactory(title=title, **facts)
    SessionFactory(activity=made, original_start=start or NOW + dt.timedelta(days=1))
    return made


def place(lat, lon, **facts):
    return LocationFactory(lat=lat, lon=lon, **facts)


# What is found.
def test_only_published_offer_of_published_houses_is_found():
    activity("Online")
    activity("Ontwerp", status="draft")
    activity("Verborgen Huis", house=HouseFactory(is_published=False))
    assert titles() == ["Online"]


def test_what_is_over_is_not_found():
    made = ActivityFactory(title="Voorbij")
    ScheduleFactory(activity=made)
    SessionFactory(activity=made, original_start=NOW - dt.timedelta(days=1))
    assert titles() == []


def test_a_service_without_dates_is_found_too():
    made = ActivityFactory(title="Gesprek")
    ScheduleFactory(activity=made, kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    assert [(row.title, row.ongoing) for row in filters.found(Wanted(), now=NOW)] == [
        ("Gesprek", "by_appointment")
    ]


def test_a_series_is_one_card_with_its_next_moment_that_takes_place():
    made = ActivityFactory()
    SessionFactory(activity=made, status="cancelled")
    follows = SessionFactory(activity=made, original_start=NOW + dt.timedelta(days=8))
    SessionFactory(activity=made, original_start=NOW + dt.timedelta(days=15))
    (found,) = filters.with_moments(filters.found(Wanted(), now=NOW))
    assert found.next_session == follows


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("zingen", "Wij zingen samen"),
        ("gezongen zingt", "Wij zingen samen"),
        ("baby", "Babymassage"),
        ("babymass", "Babymassage"),
        ("consultasiebureau", "Meten en vaccins"),
        ("BABY wegen", "Meten en vaccins"),
        ("crèche pas chère", "Loket"),
        ("حضانة أطفال", "Loket"),
    ],
)
def test_words_are_understood_in_parts_in_synonyms_and_with_errors(typed, title):
    activity("Wij zingen samen", description="We hebben gezongen en zingt maar mee.")
    activity("Babymassage", offer_type="baby_massage")
    activity("Meten en vaccins", offer_type="consultation_clinic")
    activity("Loket", offer_type="childcare_desk")
    assert titles(text=typed)[0] == title


def test_own_words_rank_above_the_kind_that_a_word_may_mean():
    activity("Opvoedwinkel", offer_type="parenting_advice")
    activity("Slapen en waken", offer_type="workshop")
    assert titles(text="slapen")[0] == "Slapen en waken"


def test_words_that_mean_nothing_to_a_parser_find_nothing():
    activity("Wij zingen")
    assert [titles(text=text) for text in ("!!", "& | !", "'", "a:* & (", "-- ;", "_")] == [[]] * 6


def test_meant_types_are_sorted_the_same_every_time():
    assert meant_types("babbelen met andere mama's") == ["parent_cafe", "parent_group", "play_meet"]


@pytest.mark.parametrize(
    ("ages", "found"),
    [
        ((-9, 0), ["Zwanger"]),
        ((0, 12), ["Baby", "Zwanger"]),
        ((12, 13), ["Baby", "Zwanger"]),
        ((13, 14), ["Vanaf 13"]),
    ],
)
def test_ages_are_whole_months_both_ends_included(ages, found):
    activity("Zwanger", age_min=-9, age_max=12)
    activity("Baby", age_min=0, age_max=12)
    activity("Vanaf 13", age_min=13, age_max=300)
    assert sorted(titles(ages=ages)) == found


def test_days_and_parts_of_the_day():
    wednesday = dt.datetime(2026, 3, 11, 14, tzinfo=BRUSSELS)
    activity("Woensdagnamiddag", start=wednesday)
    activity("Woensdagavond", start=wednesday + dt.timedelta(hours=5))
    activity("Donderdag", start=wednesday + dt.timedelta(days=1))
    assert titles(weekday=2, part_of_day="namiddag") == ["Woensdagnamiddag"]
    assert titles(weekday=2) == ["Woensdagnamiddag", "Woensdagavond"]
    assert titles(part_of_day="voormiddag") == []


def test_the_moment_on_a_card_is_the_one_that_was_asked_for():
    made = activity("Samen")
    asked = SessionFactory(activity=made, original_start=dt.datetime(2026, 3, 14, 10, tzinfo=BRUSSELS))
    (found,) = filters.found(Wanted(between=between("weekend", now=NOW + dt.timedelta(days=8))), now=NOW) or [
        None
    ]
    (found,) = filters.with_moments(filters.found(Wanted(weekday=5), now=NOW))
    assert found.next_session == asked


def test_a_service_without_dates_is_not_on_a_day():
    ScheduleFactory(kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    assert titles(weekday=2) == []


def test_in_the_school_holidays():
    Holiday.objects.create(
        kind="school", name="Vakantie", starts_on=dt.date(2026, 4, 6), ends_on=dt.date(2026, 4, 19)
    )
    activity("In de vakantie", start=dt.datetime(2026, 4, 7, 10, tzinfo=BRUSSELS))
    activity("Gewoon")
    assert titles(in_school_holidays=True) == ["In de vakantie"]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("vandaag", "2026-03-04", "2026-03-05"),
        ("morgen", "2026-03-05", "2026-03-06"),
        ("week", "2026-03-04", "2026-03-09"),
        ("weekend", "2026-03-07", "2026-03-09"),
    ],
)
def test_periods_are_what_people_mean(period, first, last):
    start, end = between(period, now=NOW)
    assert (start.date().isoformat(), end.date().isoformat()) == (first, last)


def test_a_weekend_that_began_is_what_is_left_of_it():
    sunday = dt.datetime(2026, 3, 8, 12, tzinfo=BRUSSELS)
    assert between("weekend", now=sunday)[0].date() == sunday.date()


def test_free_and_without_sign_up():
    activity("Gratis", registration_mode="required", channels=["phone"])
    activity("Betalend", price_kind="paid", price_cents=300)
    activity("Mag", registration_mode="optional", channels=["phone"], price_kind="own_choice")
    assert titles(free=True) == ["Gratis"]
    assert sorted(titles(drop_in=True)) == ["Betalend", "Mag"]


def test_a_question_from_life_finds_by_kind_and_by_domain():
    activity("Loket", offer_type="childcare_desk")
    activity("Iets anders", offer_type="other", life_domains=["childcare"])
    activity("Spelen")
    assert sorted(titles(topic=TOPIC["opvang"])) == ["Iets anders", "Loket"]
    assert titles(topic=TOPIC["spelen"]) == ["Spelen"]


def test_distance_is_as_the_crow_flies_and_the_municipality_stands_in_for_a_place_without_coordinates():
    activity("Geel", location=place(51.1612, 4.9893))
    activity("Mol", location=place(None, None, municipality=MunicipalityFactory(lat=51.1911, lon=5.1166)))
    activity("Overal")
    found = filters.found(Wanted(spot=GEEL, order="dichtst"), now=NOW)
    assert [(row.title, row.distance and round(row.distance, 1)) for row in found] == [
        ("Geel", 0.0),
        ("Mol", 9.5),
        ("Overal", None),
    ]
    assert titles(spot=GEEL, radius_km=10) == ["Geel", "Mol"]
    assert titles(spot=GEEL, radius_km=5) == ["Geel"]


def test_your_own_house_comes_first_then_what_is_near():
    house = HouseFactory()
    activity("Dichtbij", location=place(51.17, 4.99))
    activity("Ver", location=place(50.85, 4.35))
    activity("Eigen Huis", house=house, location=place(51.2, 5.2), start=NOW + dt.timedelta(days=20))
    assert titles(spot=Spot(51.1612, 4.9893, house.pk)) == ["Eigen Huis", "Dichtbij", "Ver"]


def test_soonest_first_where_nothing_else_was_asked():
    activity("Later", start=NOW + dt.timedelta(days=3))
    activity("Eerst")
    assert titles() == ["Eerst", "Later"]


# The counts.
def test_each_choice_says_what_it_would_give_instead_of_what_is_chosen_now():
    activity("Baby", age_min=0, age_max=10)
    activity("Baby, betalend", age_min=0, age_max=10, price_kind="paid", price_cents=100)
    activity("Peuter", age_min=13, age_max=29)
    counts = filters.counted(Wanted(ages=(0, 12), free=True), now=NOW)
    assert (counts["total"], counts["leeftijd_baby"], counts["leeftijd_toddler"], counts["gratis_1"]) == (
        1,
        1,
        1,
        1,
    )


def test_where_nothing_fits_it_says_which_wish_stands_in_the_way():
    activity("Baby", age_min=0, age_max=10, price_kind="paid", price_cents=100)
    wanted = Wanted(ages=(0, 12), free=True, element="encounter", text="baby")
    counts = filters.counted_without(wanted, now=NOW)
    assert counts == {"visible": 0, "q": 0, "leeftijd": 0, "element": 0, "gratis": 1}


# The page.
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
    assert (wanted.weekday, wanted.part_of_day, wanted.in_school_holidays) == (0, "avond", True)
    assert (wanted.topic, wanted.radius_km, wanted.text) == (TOPIC["geld"], 10, "x")
    assert Activity.objects.count() == 0
