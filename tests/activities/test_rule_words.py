"""A rule in words is read back as the same rule, and what people write shorter is understood."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Schedule
from activities.offer_facts import rules_of
from activities.rule_words import RuleError, read_clock, read_rule, read_rules, rule_in_words
from tests.factories import TODAY

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2099, 12, 31))
QUARTERS = st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
HOURS = st.lists(QUARTERS, min_size=2, max_size=2, unique=True).map(sorted)
SOME_DAYS = st.lists(DAYS, min_size=1, max_size=4, unique=True).map(sorted)
WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(sorted)
NTHS = st.sampled_from([[1], [1, 3], [2, 4], [-1], [1, -1], [1, 2, 3, 4, 5]])


@st.composite
def rules(draw):
    starts_at, ends_at = draw(HOURS)
    hours = {"starts_at": starts_at, "ends_at": ends_at}
    kind = draw(st.sampled_from(["once", "dates", "weekly", "nth_weekday", "by_appointment"]))
    if kind == "by_appointment":
        return Schedule(kind=kind)
    if kind in {"once", "dates"}:
        days = draw(SOME_DAYS)
        return Schedule(kind="once" if len(days) == 1 else "dates", dates=days, **hours)
    first, last = sorted(draw(st.tuples(DAYS, DAYS)))
    facts = {"nths": draw(NTHS)} if kind == "nth_weekday" else {"every_weeks": draw(st.integers(1, 26))}
    return Schedule(
        kind=kind,
        weekdays=draw(WEEKDAYS),
        starts_on=first,
        ends_on=draw(st.sampled_from([None, last])),
        skip_dates=draw(st.sampled_from([[], [first], sorted({first, last})])),
        skip_school_holidays=draw(st.booleans()),
        skip_summer=draw(st.booleans()),
        skip_public_holidays=draw(st.booleans()),
        **facts,
        **hours,
    )


@given(rules())
def test_what_a_rule_says_is_read_back_as_the_same_rule(rule):
    assert rules_of([read_rule(rule_in_words(rule), today=TODAY)]) == rules_of([rule])


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Elke dinsdag 9u30 tot 11u", "elke dinsdag van 9.30 tot 11 uur"),
        ("elke eerste en derde maandag van 9 tot 12", "elke 1e en 3e maandag van 9 tot 12 uur"),
        ("4/3/2026 van 9:00 tot 12:00", "woensdag 4 maart 2026 van 9 tot 12 uur"),
        ("2026-03-04, 2026-03-11 9 tot 12", "4/3/2026 en 11/3/2026 van 9 tot 12 uur"),
        ("elke weekdag van 9 tot 12 uur, niet op feestdagen", "elke maandag, dinsdag, woensdag, donderdag en vrijdag 9 tot 12"),
        ("elke zondag, niet in de zomer, van 9 tot 12", "elke zondag van 9 tot 12 uur, niet in juli en augustus"),
        ("Op afspraak", "op afspraak"),
    ],
)  # fmt: skip
def test_people_write_it_in_their_own_way(text, same):
    assert rules_of([read_rule(text, today=TODAY)]) == rules_of([read_rule(same, today=TODAY)])


def test_what_repeats_begins_today_unless_it_says_when():
    assert read_rule("elke maandag van 9 tot 12", today=TODAY).starts_on == TODAY
    begun = read_rule("elke maandag van 9 tot 12, vanaf 7 september 2026", today=TODAY)
    assert begun.starts_on == dt.date(2026, 9, 7)


def test_several_rules_stand_in_one_text():
    rules = read_rules("elke maandag 9 tot 12; elke dinsdag 13 tot 14;", today=TODAY)
    assert [rule.weekdays for rule in rules] == [[0], [1]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("elke maandag", "van wanneer tot wanneer"),
        ("elke maandag van 12 tot 9 uur", "na het begin"),
        ("elke blauwe maandag van 9 tot 12 uur", "begrijpen we niet"),
        ("31/2/2026 van 9 tot 12", "geen dag"),
        ("4/3/1900 van 9 tot 12", "geen dag"),
        ("elke maandag van 99 tot 120", "geen uur|van wanneer"),
        ("om de 40 weken op maandag van 9 tot 12", "26 weken"),
        ("elke maandag 9 tot 12, vanaf 4/3/2026, tot en met 3/3/2026", "laatste dag"),
    ],
)
def test_what_cannot_be_read_is_said(text, sentence):
    with pytest.raises(RuleError, match=sentence):
        read_rule(text, today=TODAY)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    with suppress(RuleError):
        read_rules(text, today=TODAY)
    with suppress(RuleError):
        read_clock(text)
