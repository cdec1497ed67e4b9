"""Dates, hours, ages, prices and distances read as people say them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen import words
from huizen.vocabulary import OfferType

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = date(2026, 3, 2)


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 1), "gisteren"),
        (date(2026, 3, 2), "vandaag"),
        (date(2026, 3, 3), "morgen"),
        (date(2026, 3, 4), "overmorgen"),
        (date(2026, 3, 5), "donderdag"),
        (date(2026, 3, 8), "zondag"),
        (date(2026, 3, 9), "maandag 9 maart"),
        (date(2026, 12, 31), "donderdag 31 december"),
        (date(2027, 1, 1), "vrijdag 1 januari 2027"),
        (date(2026, 2, 28), "zaterdag 28 februari"),
        (date(2025, 3, 2), "zondag 2 maart 2025"),
    ],
)
def test_a_day_is_said_as_seen_from_today(day, said):
    assert words.day(day, today=MONDAY) == said


def test_a_weekday_of_next_year_within_six_days_needs_no_year():
    assert words.day(date(2027, 1, 2), today=date(2026, 12, 29)) == "zaterdag"


def test_what_will_fit_says_from_which_month():
    assert words.fits_from(date(2027, 3, 1)) == "past vanaf maart 2027"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (time(9), time(12), "van 9 tot 12 uur"),
        (time(9, 30), time(11), "van 9.30 tot 11 uur"),
        (time(13), time(16, 45), "van 13 tot 16.45 uur"),
        (time(9), None, "om 9 uur"),
        (time(9, 5), time(9, 5), "om 9.05 uur"),
        (time(20), time(0), "van 20 uur tot middernacht"),
        (time(0), time(6), "van middernacht tot 6 uur"),
        (time(0), None, "om middernacht"),
        (time(0, 30), time(1), "van 0.30 tot 1 uur"),
        (time(9, 0, 59), time(12, 0, 1), "van 9 tot 12 uur"),
    ],
)
def test_hours_are_said_without_needless_zeros(start, end, said):
    assert words.hours(start, end) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (at(date(2026, 3, 3), 9), at(date(2026, 3, 3), 12), "morgen van 9 tot 12 uur"),
        (at(date(2026, 3, 3), 9), None, "morgen om 9 uur"),
        (at(date(2026, 4, 4), 9), at(date(2026, 4, 4), 12), "zaterdag 4 april van 9 tot 12 uur"),
        (at(date(2026, 3, 6), 18), at(date(2026, 3, 8), 12), "van vrijdag 18 uur tot zondag 12 uur"),
        (at(date(2026, 3, 6), 20), at(date(2026, 3, 7), 0), "vrijdag van 20 uur tot middernacht"),
        (at(date(2026, 3, 6), 20), at(date(2026, 3, 7), 2), "vrijdag van 20 tot 2 uur"),
    ],
)
def test_a_moment_is_said_as_seen_from_now(start, end, said):
    assert words.moment(start, end, now=at(MONDAY, 10)) == said


def test_a_moment_is_said_by_the_clock_on_the_kitchen_wall():
    half_past_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert words.moment(half_past_midnight, now=datetime(2026, 7, 1, 9, tzinfo=UTC)) == "morgen om 0.30 uur"


def test_nine_stays_nine_after_the_clock_changes():
    for day in (date(2026, 3, 28), date(2026, 3, 30)):
        assert words.hours(at(day, 9).astimezone(UTC)) == "om 9 uur"


def test_a_moment_in_full_is_still_right_next_year():
    start = at(date(2026, 3, 4), 9)

    assert (
        words.moment_in_full(start, start + timedelta(hours=3)) == "woensdag 4 maart 2026, van 9 tot 12 uur"
    )
    assert (
        words.moment_in_full(start, start + timedelta(days=2))
        == "van woensdag 4 maart 2026 9 uur tot vrijdag 6 maart 2026 9 uur"
    )


def test_a_birth_month_is_said_with_its_year():
    assert words.month(date(2025, 3, 1)) == "maart 2025"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 18, "0 tot 18 maanden"),
        (30, 300, "vanaf 2,5 jaar"),
        (-9, 12, "zwanger en tot 1 jaar"),
        (-9, 300, "voor elke leeftijd"),
        (-3, 300, "voor elke leeftijd"),
        (-9, 0, "zwanger"),
        (-9, -1, "zwanger"),
        (-9, 288, "zwanger en tot 24 jaar"),
        (0, 0, "pasgeboren"),
        (0, 1, "0 tot 1 maand"),
        (0, 12, "0 tot 1 jaar"),
        (0, 36, "0 tot 3 jaar"),
        (0, 300, "vanaf de geboorte"),
        (1, 300, "vanaf 1 maand"),
        (1, 6, "1 tot 6 maanden"),
        (3, 12, "3 tot 12 maanden"),
        (6, 36, "6 maanden tot 3 jaar"),
        (12, 30, "1 tot 2,5 jaar"),
        (24, 42, "2 tot 3,5 jaar"),
        (28, 40, "2 jaar en 4 maanden tot 3 jaar en 4 maanden"),
        (72, 144, "6 tot 12 jaar"),
        (7, 7, "7 maanden"),
        (30, 30, "2,5 jaar"),
        (36, 0, "0 tot 3 jaar"),
        (-50, 999, "voor elke leeftijd"),
    ],
)
def test_ages_are_said_as_people_say_them(low, high, said):
    assert words.ages(low, high) == said


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (-4, "zwanger"),
        (0, "0 maanden"),
        (1, "1 maand"),
        (18, "18 maanden"),
        (24, "2 jaar"),
        (25, "2 jaar en 1 maand"),
    ],
)
def test_one_age_is_said_as_people_say_it(months, said):
    assert words.age(months) == said


def test_every_kind_of_offer_has_ages_that_can_be_said():
    for offer in OfferType:
        assert words.ages(offer.facts.age_min, offer.facts.age_max)


@pytest.mark.parametrize(
    ("kind", "cents", "said"),
    [
        ("free", None, "Gratis"),
        ("own_choice", None, "Kies zelf wat je geeft"),
        ("paid", 300, "3 euro"),
        ("paid", 250, "2,50 euro"),
        ("paid", 205, "2,05 euro"),
        ("paid", 50, "50 cent"),
        ("paid", 123456, "1.234,56 euro"),
        ("paid", None, "Vraag de prijs"),
        ("paid", 0, "Vraag de prijs"),
        ("other", None, "Vraag de prijs"),
    ],
)
def test_a_price_is_said_in_euro(kind, cents, said):
    assert words.price(kind, cents) == said


@pytest.mark.parametrize(
    ("km", "said"),
    [
        (0, "vlakbij"),
        (0.49, "vlakbij"),
        (0.5, "0,5 km"),
        (1, "1 km"),
        (2.54, "2,5 km"),
        (9.94, "9,9 km"),
        (9.96, "10 km"),
        (12.4, "12 km"),
        (1234, "1.234 km"),
        (float("nan"), "we weten niet hoe ver"),
        (float("inf"), "we weten niet hoe ver"),
    ],
)
def test_a_distance_is_said_in_kilometres(km, said):
    assert words.distance(km) == said


@pytest.mark.parametrize(
    ("n", "said"), [(0, "geen plaatsen"), (1, "1 plaats"), (2, "2 plaatsen"), (12500, "12.500 plaatsen")]
)
def test_things_are_counted(n, said):
    assert words.count(n, "plaats", "plaatsen") == said


def test_none_of_something_may_have_words_of_its_own():
    assert words.count(0, "plaats", "plaatsen", none="volzet") == "volzet"


@pytest.mark.parametrize(("days", "said"), [(1, "1 dag"), (60, "60 dagen"), (365, "1 jaar"), (730, "2 jaar")])
def test_a_stretch_of_time_is_said_in_days_or_years(days, said):
    assert words.stretch(days) == said


moments = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))


@settings(deadline=None)
@given(st.dates(), st.dates())
def test_every_day_has_words(day, today):
    assert words.day(day, today=today)
    assert words.day_in_full(day).endswith(str(day.year))


@settings(deadline=None)
@given(moments, moments | st.none(), moments)
def test_every_moment_has_words(start, end, now):
    assert words.moment(start, end, now=now)
    assert words.moment_in_full(start, end)
    assert words.hours(start, end)


@settings(deadline=None)
@given(st.integers(), st.integers())
def test_every_pair_of_ages_has_words_and_no_minus_sign(low, high):
    said = words.ages(low, high)

    assert said
    assert "-" not in said


@settings(deadline=None)
@given(st.text(), st.integers() | st.none(), st.floats(), st.integers())
def test_every_price_distance_and_number_has_words(kind, cents, km, n):
    assert words.price(kind, cents)
    assert words.distance(km)
    assert words.count(n, "plaats", "plaatsen")
