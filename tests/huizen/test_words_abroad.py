"""Days, hours, ages and prices in the other languages of the portal."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from huizen import words
from huizen.vocabulary import AGE_MAX, AGE_MIN
from tests.factories import BRUSSELS, NOW, TODAY

NINE, HALF, NOON = dt.time(9), dt.time(9, 30), dt.time(12)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl-be", ["woensdag 4 maart 2026", "morgen", "van 9 tot 12 uur", "van 9.30 tot 12 uur", "om 9 uur"]),
        (
            "fr",
            [
                "mercredi 4 mars 2026",
                "demain",
                "de 9\u00a0h à 12\u00a0h",
                "de 9\u00a0h\u00a030 à 12\u00a0h",
                "à 9\u00a0h",
            ],
        ),
        ("en", ["Wednesday 4 March 2026", "tomorrow", "from 9:00 to 12:00", "from 9:30 to 12:00", "at 9:00"]),
        ("ar", ["الأربعاء 4 مارس 2026", "غدًا", "من 9:00 إلى 12:00", "من 9:30 إلى 12:00", "الساعة 9:00"]),
    ],
)
def test_days_and_hours(language, said):
    with override(language):
        assert [
            words.day_in_full(TODAY),
            words.day(TODAY + dt.timedelta(days=1), today=TODAY),
            words.hours(NINE, NOON),
            words.hours(HALF, NOON),
            words.hours(NINE),
        ] == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl-be", ["0 tot 18 maanden", "vanaf 2,5 jaar", "1 tot 3 jaar", "zwanger en tot 1 jaar", "3 euro", "2,5 km"]),
        ("fr", ["0 à 18 mois", "à partir de 2,5 ans", "1 à 3 ans", "enceinte et jusqu’à 1 an", "3 euros", "2,5 km"]),
        ("en", ["0 to 18 months", "from 2.5 years", "1 to 3 years", "pregnant and up to 1 year", "3 euros", "2.5 km"]),
        ("ar", ["0 إلى 18 شهرًا", "من 2.5 سنة", "1 إلى 3 سنوات", "الحمل وحتى 1 سنة", "3 يورو", "2.5 كم"]),
    ],
)  # fmt: skip
def test_ages_prices_and_distances(language, said):
    with override(language):
        assert [
            words.ages(0, 18),
            words.ages(30, AGE_MAX),
            words.ages(12, 36),
            words.ages(-9, 12),
            words.price("paid", 300),
            words.distance(2.5),
        ] == said


def test_french_says_the_first_of_the_month():
    with override("fr"):
        assert words.day_in_full(dt.date(2026, 5, 1)) == "vendredi 1er mai 2026"


@given(
    language=st.sampled_from(["fr", "en", "ar"]),
    low=st.integers(AGE_MIN, AGE_MAX),
    high=st.integers(AGE_MIN, AGE_MAX),
    cents=st.integers(0, 10**7),
    start=st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)),
    length=st.timedeltas(dt.timedelta(0), dt.timedelta(days=3)),
)
def test_no_dutch_is_left(language, low, high, cents, start, length):
    start = start.replace(tzinfo=BRUSSELS)
    with override(language):
        said = " ".join(
            [
                words.ages(low, high),
                words.price("paid", cents),
                words.moment(start, start + length, now=NOW),
                words.distance(cents / 100),
            ]
        )
    dutch = {
        "tot",
        "van",
        "jaar",
        "uur",
        "maanden",
        "maand",
        "vanaf",
        "dag",
        "morgen",
        "zwanger",
        "om",
        "en tot",
    }
    assert dutch & set(said.split()) == set()
