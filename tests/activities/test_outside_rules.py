"""From moments to rules: simple where that is exact, and always the very same moments."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from activities.models import Schedule
from activities.outside_rules import MOST_DAYS, rules_for
from activities.rule_words import rule_in_words
from huizen.recurrence import DaysOff, at, days, moments
from tests.factories import TODAY

LAST = TODAY + dt.timedelta(days=365)
HOURS = ((dt.time(9), dt.time(12)), (dt.time(14), dt.time(16)))


def on(found, hours=HOURS[0]):
    return [(at(day, hours[0]), at(day, hours[1])) for day in found]


def given_by(**facts):
    rule = Schedule(starts_on=TODAY, skip_public_holidays=False, **facts)
    return days(rule, first=TODAY, last=LAST, days_off=DaysOff())


def words(found):
    return [rule_in_words(rule) for rule in rules_for(on(found), last=LAST)]


def test_every_week_without_one_and_until_a_day():
    found = [day for day in given_by(kind="weekly", weekdays=[0]) if day.isoformat() != "2026-04-06"]
    assert words(found) == [
        "elke maandag van 9 tot 12 uur, ook op feestdagen, niet op maandag 6 april 2026, vanaf maandag 9 maart 2026"
    ]
    assert words(found[:8])[0].count("tot en met") == 1


def test_every_other_week_and_fixed_days_of_the_month():
    assert words(given_by(kind="weekly", weekdays=[1], every_weeks=2))[0].startswith(
        "om de 2 weken op dinsdag"
    )
    assert words(given_by(kind="nth_weekday", weekdays=[0], nths=[1, 3]))[0].startswith(
        "elke 1e en 3e maandag"
    )
    assert words(given_by(kind="nth_weekday", weekdays=[4], nths=[-1]))[0].startswith("elke laatste vrijdag")


def test_a_few_days_stay_days():
    assert words([TODAY, TODAY + dt.timedelta(days=7)]) == [
        "woensdag 4 maart 2026 en woensdag 11 maart 2026 van 9 tot 12 uur"
    ]


def test_too_many_different_hours_give_nothing():
    many = [(at(TODAY, dt.time(hour)), at(TODAY, dt.time(hour + 1))) for hour in range(8, 16)]
    assert rules_for(many, last=LAST) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 365), st.sampled_from(HOURS)),
        min_size=1,
        max_size=MOST_DAYS // 2,
        unique=True,
    )
)
def test_the_rules_give_exactly_the_moments(chosen):
    wanted = [moment for offset, hours in chosen for moment in on([TODAY + dt.timedelta(days=offset)], hours)]
    rules = rules_for(wanted, last=LAST)
    found = [
        (m.starts_at, m.ends_at)
        for rule in rules
        for m in moments(rule, first=TODAY, last=LAST, days_off=DaysOff())
    ]
    assert sorted(found) == sorted(wanted)


@given(
    st.sampled_from(["weekly", "nth_weekday"]),
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True),
    st.integers(1, 4),
    st.sampled_from([[1], [2, 4], [-1]]),
)
def test_what_repeats_gives_exactly_its_moments_too(kind, weekdays, weeks, nths):
    facts = {"every_weeks": weeks} if kind == "weekly" else {"nths": nths}
    wanted = on(given_by(kind=kind, weekdays=sorted(weekdays), **facts))
    rules = rules_for(wanted, last=LAST)
    found = [
        (m.starts_at, m.ends_at)
        for rule in rules
        for m in moments(rule, first=TODAY, last=LAST, days_off=DaysOff())
    ]
    assert sorted(found) == sorted(wanted)
    assert [rule.kind == "dates" for rule in rules] == [False]
