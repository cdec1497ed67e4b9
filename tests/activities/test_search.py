"""What a search finds: by words, place, age, day and price, in order, with what each choice would give."""

import datetime as dt

import pytest
from django.utils.datastructures import MultiValueDict

from activities import search
from activities.question import ask
from activities.search import Spot, Wanted
from activities.search.periods import between
from huizen.models import Holiday
from huizen.recurrence import BRUSSELS
from tests.factories import (
    NOW,
    ActivityFactory,
    ConceptFactory,
    HouseFactory,
    LocationFactory,
    MunicipalityFactory,
    ScheduleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
GEEL = Spot(lat=51.1612, lon=4.9893)


def titles(now=NOW, **wanted):
    """The titles of all that is found, in order."""
    return [row.title for row in search.cards(search.find(Wanted(**wanted), now=now).hits)]


def titles_for(typed):
    """The same for words as a parent types them."""
    asked = ask(MultiValueDict({"q": [typed]}), now=NOW)
    return [row.title for row in search.cards(search.find(asked.wanted, now=NOW).hits)]


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


def test_words_asked_again_find_what_changed_since():
    made, house = activity("Zwemmen"), HouseFactory(name="Huis van Olmen")
    words = Wanted(q="zwemmen olmen")
    before = search.find(words, now=NOW)
    made.title, house.name = "Dansen", "Huis van Balen"
    made.save()
    house.save()
    after = search.find(words, now=NOW)
    assert (before.total, [thing.title for thing in before.things]) == (1, ["Huis van Olmen"])
    assert (after.total, after.things) == (0, ())


def test_a_service_without_dates_is_found_too():
    made = ActivityFactory(title="Gesprek")
    ScheduleFactory(activity=made, kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    assert [(row.title, row.ongoing) for row in search.cards(search.find(Wanted(), now=NOW).hits)] == [
        ("Gesprek", "by_appointment")
    ]


def test_a_series_is_one_card_with_its_next_moment_that_takes_place():
    made = ActivityFactory()
    SessionFactory(activity=made, status="cancelled")
    follows = SessionFactory(activity=made, original_start=NOW + dt.timedelta(days=8))
    SessionFactory(activity=made, original_start=NOW + dt.timedelta(days=15))
    (found,) = search.cards(search.find(Wanted(), now=NOW).hits)
    assert found.next_session == follows


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("zingen", "Wij zingen samen"),
        ("gezongen zingt", "Wij zingen samen"),
        ("baby", "Babymassage"),
        ("babymass", "Babymassage"),
    ],
)
def test_words_are_found_in_parts_and_in_other_forms(typed, title):
    activity("Wij zingen samen", description="We hebben gezongen en zingt maar mee.")
    activity("Babymassage", offer_type="baby_massage")
    activity("Meten en vaccins", offer_type="consultation_clinic")
    assert titles(q=typed)[0] == title


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("consultasiebureau", "Meten en vaccins"),
        ("BABY wegen", "Meten en vaccins"),
        ("crèche pas chère", "Loket"),
        ("حضانة أطفال", "Loket"),
    ],
)
def test_words_lead_to_the_kind_that_they_mean_also_with_errors(typed, title):
    activity("Wij zingen samen")
    activity("Babymassage", offer_type="baby_massage")
    activity("Meten en vaccins", offer_type="consultation_clinic")
    activity("Loket", offer_type="childcare_desk")
    for phrase, offer_type in (
        ("consultatiebureau", "consultation_clinic"),
        ("wegen", "consultation_clinic"),
        ("crèche", "childcare_desk"),
        ("حضانة", "childcare_desk"),
    ):
        ConceptFactory(phrase=phrase, offer_types=[offer_type])
    assert titles_for(typed)[0] == title


def test_own_words_rank_above_the_kind_that_a_word_may_mean():
    activity("Opvoedwinkel", offer_type="parenting_advice")
    activity("Slapen en waken", offer_type="workshop")
    ConceptFactory(phrase="slapen", offer_types=["parenting_advice", "workshop"])
    assert titles_for("slapen")[0] == "Slapen en waken"


def test_words_that_mean_nothing_to_a_parser_find_nothing():
    activity("Wij zingen")
    assert [titles(q=text) for text in ("!!", "& | !", "'", "a:* & (", "-- ;", "_")] == [[]] * 6


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
    assert sorted(titles(leeftijd=ages)) == found


def test_days_and_parts_of_the_day():
    wednesday = dt.datetime(2026, 3, 11, 14, tzinfo=BRUSSELS)
    activity("Woensdagnamiddag", start=wednesday)
    activity("Woensdagavond", start=wednesday + dt.timedelta(hours=5))
    activity("Donderdag", start=wednesday + dt.timedelta(days=1))
    assert titles(days=(2,), deel="namiddag") == ["Woensdagnamiddag"]
    assert titles(days=(2,)) == ["Woensdagnamiddag", "Woensdagavond"]
    assert titles(deel="voormiddag") == []


def test_the_moment_on_a_card_is_the_one_that_was_asked_for():
    made = activity("Samen")
    asked = SessionFactory(activity=made, original_start=dt.datetime(2026, 3, 14, 10, tzinfo=BRUSSELS))
    weekend = between("weekend", now=NOW + dt.timedelta(days=8))
    (found,) = search.cards(search.find(Wanted(between=weekend), now=NOW).hits)
    assert found.next_session == asked
    (found,) = search.cards(search.find(Wanted(days=(5,)), now=NOW).hits)
    assert found.next_session == asked


def test_a_service_without_dates_is_not_on_a_day():
    ScheduleFactory(kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    assert titles(days=(2,)) == []


def test_in_the_school_holidays():
    Holiday.objects.create(
        kind="school", name="Vakantie", starts_on=dt.date(2026, 4, 6), ends_on=dt.date(2026, 4, 19)
    )
    activity("In de vakantie", start=dt.datetime(2026, 4, 7, 10, tzinfo=BRUSSELS))
    activity("Gewoon")
    assert titles(vakantie=True) == ["In de vakantie"]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("vandaag", "2026-03-04", "2026-03-05"),
        ("morgen", "2026-03-05", "2026-03-06"),
        ("week", "2026-03-04", "2026-03-11"),
        ("weekend", "2026-03-07", "2026-03-09"),
    ],
)
def test_periods_are_what_people_mean(period, first, last):
    start, end = between(period, now=NOW)
    assert (start.date().isoformat(), end.date().isoformat()) == (first, last)


def test_a_weekend_that_began_is_what_is_left_of_it():
    sunday = dt.datetime(2026, 3, 8, 12, tzinfo=BRUSSELS)
    assert between("weekend", now=sunday)[0].date() == sunday.date()


def test_this_week_is_seven_days_on_a_sunday_too():
    sunday = dt.datetime(2026, 3, 8, 12, tzinfo=BRUSSELS)
    start, end = between("week", now=sunday)
    assert (start.date(), end.date()) == (sunday.date(), sunday.date() + dt.timedelta(days=7))


def test_free_and_without_sign_up():
    activity("Gratis", registration_mode="required", channels=["phone"])
    activity("Betalend", price_kind="paid", price_cents=300)
    activity("Mag", registration_mode="optional", channels=["phone"], price_kind="own_choice")
    assert titles(gratis=True) == ["Gratis"]
    assert sorted(titles(vrij=True)) == ["Betalend", "Mag"]


def test_a_question_from_life_finds_by_kind_and_by_domain():
    activity("Loket", offer_type="childcare_desk")
    activity("Iets anders", offer_type="other", life_domains=["childcare"])
    activity("Spelen")
    assert sorted(titles(vraag="opvang")) == ["Iets anders", "Loket"]
    assert titles(vraag="spelen") == ["Spelen"]


def test_distance_is_as_the_crow_flies_and_the_municipality_stands_in_for_a_place_without_coordinates():
    activity("Geel", location=place(51.1612, 4.9893))
    activity("Mol", location=place(None, None, municipality=MunicipalityFactory(lat=51.1911, lon=5.1166)))
    activity("Overal")
    found = search.cards(search.find(Wanted(spot=GEEL, volgorde="dichtst"), now=NOW).hits)
    assert [(row.title, row.distance and round(row.distance, 1)) for row in found] == [
        ("Geel", 0.0),
        ("Mol", 9.5),
        ("Overal", None),
    ]
    assert titles(spot=GEEL, straal=10) == ["Geel", "Mol"]
    assert titles(spot=GEEL, straal=5) == ["Geel"]


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
    found = search.find(Wanted(leeftijd=(0, 12), gratis=True), now=NOW)
    bands = found.counts["leeftijd"]
    assert (found.total, bands["baby"], bands["toddler"], found.counts["gratis"]) == (1, 1, 1, {"1": 1})


def test_where_nothing_fits_it_says_which_wish_stands_in_the_way():
    activity("Baby", age_min=0, age_max=10, price_kind="paid", price_cents=100)
    wanted = Wanted(leeftijd=(0, 12), gratis=True, element="encounter", q="baby")
    assert search.without(wanted, now=NOW) == {"q": 0, "leeftijd": 0, "element": 0, "gratis": 1}
