"""The school holidays in the reference data follow the decree, year after year."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter

from huizen.reference_data import school_holidays


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def by_decree(year: int) -> dict[str, tuple[date, date]]:
    """The school holidays that begin in a calendar year.

    Besluit van de Vlaamse Regering van 17 april 1991 tot organisatie van het schooljaar in het
    basisonderwijs, and in the same words article 7 of that of 31 augustus 2001 for secondary schools:
    autumn is the week of 1 November (from 2 November when the first is a Sunday); Christmas two weeks from
    the Monday of the week of 25 December (the Monday after when that is a weekend); spring the week of the
    seventh Monday before Easter; Easter two weeks from the first Monday of April, but from the Monday after
    Easter when Easter falls in March, and from the second Monday before Easter, with Easter Monday added,
    when it falls after 15 April; summer from 1 July to 31 August; Ascension Day and the day after.
    """
    easter_day = easter(year)
    first, christmas = date(year, 11, 1), date(year, 12, 25)
    autumn = date(year, 11, 2) if first.weekday() == 6 else monday_of(first)
    winter = monday_of(christmas) + timedelta(weeks=christmas.weekday() >= 5)
    spring = easter_day - timedelta(days=48)
    if easter_day.month == 3:
        from_easter, days = easter_day + timedelta(days=1), 14
    elif easter_day > date(year, 4, 15):
        from_easter, days = easter_day - timedelta(days=13), 15
    else:
        from_easter, days = monday_of(date(year, 4, 7)), 14
    ascension = easter_day + timedelta(days=39)
    return {
        "Krokusvakantie": (spring, spring + timedelta(days=6)),
        "Paasvakantie": (from_easter, from_easter + timedelta(days=days - 1)),
        "Hemelvaart": (ascension, ascension + timedelta(days=1)),
        "Zomervakantie": (date(year, 7, 1), date(year, 8, 31)),
        "Herfstvakantie": (autumn, autumn + timedelta(days=6)),
        "Kerstvakantie": (winter, winter + timedelta(days=13)),
    }


@pytest.mark.parametrize("year", range(2025, 2031))
def test_the_data_follow_the_decree(year):
    found = {
        h["name"]: (h["starts_on"], h["ends_on"]) for h in school_holidays() if h["starts_on"].year == year
    }

    assert found == by_decree(year)


def test_the_data_are_what_schools_published_for_2025_2026():
    published = [
        ("Herfstvakantie", date(2025, 10, 27), date(2025, 11, 2)),
        ("Kerstvakantie", date(2025, 12, 22), date(2026, 1, 4)),
        ("Krokusvakantie", date(2026, 2, 16), date(2026, 2, 22)),
        ("Paasvakantie", date(2026, 4, 6), date(2026, 4, 19)),
    ]

    assert [(h["name"], h["starts_on"], h["ends_on"]) for h in school_holidays()].count(published[0]) == 1
    assert set(published) <= {(h["name"], h["starts_on"], h["ends_on"]) for h in school_holidays()}


@pytest.mark.parametrize(
    ("name", "starts_on", "ends_on"),
    [
        ("Paasvakantie", date(2024, 4, 1), date(2024, 4, 14)),  # Easter in March
        ("Paasvakantie", date(2025, 4, 7), date(2025, 4, 21)),  # Easter after 15 April
        ("Herfstvakantie", date(2020, 11, 2), date(2020, 11, 8)),  # 1 November a Sunday
        ("Kerstvakantie", date(2021, 12, 27), date(2022, 1, 9)),  # 25 December a Saturday
        ("Krokusvakantie", date(2019, 3, 4), date(2019, 3, 10)),
    ],
)
def test_the_rule_gives_what_was_published_in_odd_years(name, starts_on, ends_on):
    assert by_decree(starts_on.year)[name] == (starts_on, ends_on)
