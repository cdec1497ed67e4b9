"""From a rule to moments, over every change of the clock."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from activities.models import Schedule
from huizen.recurrence import BRUSSELS, DaysOff, at, days, moments

WEEKLY, NTH = Schedule.Kind.WEEKLY, Schedule.Kind.NTH_WEEKDAY
NONE_OFF = DaysOff()
YEAR = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 12, 31)}


def rule(kind=WEEKLY, **facts):
    defaults = {"starts_on": dt.date(2026, 1, 1), "starts_at": dt.time(9), "ends_at": dt.time(12)}
    return Schedule(kind=kind, **{**defaults, **facts})


def days_in(schedule, first, last, days_off=NONE_OFF):
    return days(schedule, first=first, last=last, days_off=days_off)


def test_nine_oclock_stays_nine_oclock_when_the_clock_changes():
    found = moments(
        rule(weekdays=[0]), first=dt.date(2026, 3, 23), last=dt.date(2026, 3, 30), days_off=NONE_OFF
    )
    assert [(m.starts_at.hour, m.starts_at.utcoffset()) for m in found] == [
        (9, dt.timedelta(hours=1)),
        (9, dt.timedelta(hours=2)),
    ]


def test_an_hour_that_the_spring_night_skips_comes_an_hour_later():
    assert at(dt.date(2026, 3, 29), dt.time(2, 30)).isoformat() == "2026-03-29T03:30:00+02:00"


def test_an_hour_that_the_autumn_night_has_twice_is_the_first():
    assert at(dt.date(2026, 10, 25), dt.time(2, 30)).isoformat() == "2026-10-25T02:30:00+02:00"


def test_what_starts_in_the_skipped_hour_lasts_as_long_as_planned():
    night = rule(
        "once", starts_on=None, dates=[dt.date(2026, 3, 29)], starts_at=dt.time(2, 30), ends_at=dt.time(3, 15)
    )
    (moment,) = moments(night, **YEAR, days_off=NONE_OFF)
    assert moment.starts_at.isoformat() == "2026-03-29T03:30:00+02:00"
    assert moment.ends_at.isoformat() == "2026-03-29T04:15:00+02:00"


def test_every_two_weeks_counts_from_the_week_of_the_first_day():
    schedule = rule(starts_on=dt.date(2026, 3, 5), weekdays=[0, 3], every_weeks=2)
    assert days_in(schedule, dt.date(2026, 3, 1), dt.date(2026, 4, 5)) == [
        dt.date(2026, 3, 5),
        dt.date(2026, 3, 16),
        dt.date(2026, 3, 19),
        dt.date(2026, 3, 30),
        dt.date(2026, 4, 2),
    ]


def test_first_and_third_monday():
    schedule = rule(NTH, weekdays=[0], nths=[1, 3])
    assert days_in(schedule, dt.date(2026, 3, 1), dt.date(2026, 4, 30)) == [
        dt.date(2026, 3, 2),
        dt.date(2026, 3, 16),
        dt.date(2026, 4, 6),
        dt.date(2026, 4, 20),
    ]


def test_a_fifth_monday_that_is_also_the_last_comes_once():
    schedule = rule(NTH, weekdays=[0], nths=[5, -1])
    assert days_in(schedule, dt.date(2026, 3, 1), dt.date(2026, 4, 30)) == [
        dt.date(2026, 3, 30),
        dt.date(2026, 4, 27),
    ]


def test_a_fourth_wednesday_except_in_the_summer_months():
    schedule = rule(NTH, weekdays=[2], nths=[4], skip_summer=True)
    assert days_in(schedule, dt.date(2026, 6, 1), dt.date(2026, 9, 30)) == [
        dt.date(2026, 6, 24),
        dt.date(2026, 9, 23),
    ]


def test_a_rule_pauses_on_holidays_only_where_it_says_so():
    off = DaysOff(public=frozenset({dt.date(2026, 4, 6)}), school=frozenset({dt.date(2026, 4, 13)}))
    april = (dt.date(2026, 4, 1), dt.date(2026, 4, 20), off)
    assert days_in(rule(weekdays=[0]), *april) == [dt.date(2026, 4, 13), dt.date(2026, 4, 20)]
    assert days_in(rule(weekdays=[0], skip_school_holidays=True), *april) == [dt.date(2026, 4, 20)]
    assert days_in(rule(weekdays=[0], skip_public_holidays=False), *april) == [
        dt.date(2026, 4, 6),
        dt.date(2026, 4, 13),
        dt.date(2026, 4, 20),
    ]


def test_a_day_that_was_named_takes_place_on_a_holiday_too():
    feast = dt.date(2026, 7, 21)
    schedule = rule("dates", starts_on=None, dates=[feast], skip_summer=True)
    assert days_in(schedule, **YEAR, days_off=DaysOff(public=frozenset({feast}))) == [feast]


def test_services_without_dates_have_no_days():
    assert days_in(Schedule(kind="by_appointment"), **YEAR) == []
    assert days_in(Schedule(kind="in_opening_hours"), **YEAR) == []


def test_a_rule_of_another_age_costs_nothing():
    assert days_in(rule(weekdays=[0], starts_on=dt.date(9999, 12, 31)), **YEAR) == []
    assert days_in(rule(weekdays=[0], starts_on=dt.date(1, 1, 1), every_weeks=26), **YEAR) != []


DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
SETS_OF_DAYS = st.frozensets(DAYS, max_size=40)
RULES = st.builds(
    rule,
    kind=st.sampled_from([WEEKLY, NTH]),
    starts_on=DAYS,
    ends_on=st.none() | DAYS,
    starts_at=st.sampled_from([dt.time(0), dt.time(8, 30), dt.time(13)]),
    ends_at=st.sampled_from([dt.time(14), dt.time(23, 59)]),
    weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=4),
    nths=st.lists(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=4),
    every_weeks=st.integers(1, 26),
    skip_school_holidays=st.booleans(),
    skip_public_holidays=st.booleans(),
    skip_summer=st.booleans(),
    skip_dates=st.lists(DAYS, max_size=5),
)


@settings(deadline=None)
@given(RULES, DAYS, st.integers(0, 500), SETS_OF_DAYS, SETS_OF_DAYS)
def test_whatever_the_rule_its_moments_keep_their_promises(schedule, first, span, public, school):
    last = first + dt.timedelta(days=span)
    found = moments(schedule, first=first, last=last, days_off=DaysOff(public, school))
    on = [moment.day for moment in found]
    assert on == sorted(set(on))
    for moment in found:
        assert (moment.starts_at.timetz().replace(tzinfo=None), moment.ends_at.time()) == (
            schedule.starts_at,
            schedule.ends_at,
        )
        assert moment.starts_at < moment.ends_at
        assert moment.starts_at.tzinfo == BRUSSELS
        assert max(first, schedule.starts_on) <= moment.day <= min(last, schedule.ends_on or last)
        assert moment.day.weekday() in schedule.weekdays
        assert moment.day not in schedule.skip_dates
        assert not (schedule.skip_public_holidays and moment.day in public)
        assert not (schedule.skip_school_holidays and moment.day in school)
        assert not (schedule.skip_summer and moment.day.month in (7, 8))


@settings(deadline=None)
@given(RULES, DAYS)
def test_the_nth_really_is_the_nth(schedule, first):
    schedule.kind = NTH
    for day in days_in(schedule, first, first + dt.timedelta(days=200)):
        is_last = (day + dt.timedelta(days=7)).month != day.month
        assert (day.day - 1) // 7 + 1 in schedule.nths or (is_last and -1 in schedule.nths)


@settings(deadline=None)
@given(RULES, DAYS)
def test_weeks_are_counted_in_steps(schedule, first):
    schedule.kind = WEEKLY
    origin = schedule.starts_on - dt.timedelta(days=schedule.starts_on.weekday())
    for day in days_in(schedule, first, first + dt.timedelta(days=400)):
        assert (day - origin).days // 7 % schedule.every_weeks == 0
