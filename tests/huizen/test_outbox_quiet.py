"""Quiet hours: on the clock of Brussels, also in the two nights that it changes."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.outbox.quiet import is_quiet, outside_quiet_hours, reminder_time

BRUSSELS = ZoneInfo("Europe/Brussels")


def at(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS, fold=fold)


def clock(moment):
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("20:59", False), ("21:00", True), ("23:59", True), ("00:00", True), ("07:59", True), ("08:00", False)],
)
def test_it_is_quiet_from_nine_in_the_evening_until_eight(moment, quiet):
    assert is_quiet(at(f"2026-03-04T{moment}")) is quiet


@pytest.mark.parametrize(
    ("begins", "ends", "quiet"), [(0, 6, False), (22, 24, False), (12, 14, True), (8, 8, False)]
)
def test_the_quiet_hours_are_a_setting(settings, begins, ends, quiet):
    settings.OUTBOX_QUIET_FROM, settings.OUTBOX_QUIET_UNTIL = begins, ends
    assert is_quiet(at("2026-03-04T13:00")) is quiet


@pytest.mark.parametrize(
    ("due", "leaves"),
    [
        ("2026-03-04T12:00", "2026-03-04 12:00"),
        ("2026-03-04T21:00", "2026-03-05 08:00"),
        ("2026-03-05T03:00", "2026-03-05 08:00"),
        ("2026-03-28T23:00", "2026-03-29 08:00"),
        ("2026-03-29T03:00", "2026-03-29 08:00"),
        ("2026-10-24T23:00", "2026-10-25 08:00"),
        ("2026-10-25T02:30", "2026-10-25 08:00"),
    ],
)
def test_what_is_due_at_night_waits_for_the_morning(due, leaves):
    assert clock(outside_quiet_hours(at(due))) == leaves


@pytest.mark.parametrize(
    ("due", "event", "leaves"),
    [
        ("2026-03-05T07:00", "2026-03-05T07:45", "2026-03-04 20:30"),
        ("2026-03-05T07:00", "2026-03-05T08:00", "2026-03-04 20:30"),
        ("2026-03-05T07:00", "2026-03-05T09:00", "2026-03-05 08:00"),
        ("2026-03-04T22:00", "2026-03-05T07:00", "2026-03-04 20:30"),
        ("2026-03-29T02:30", "2026-03-29T07:30", "2026-03-28 20:30"),
        ("2026-10-25T07:00", "2026-10-25T08:00", "2026-10-24 20:30"),
    ],
)
def test_what_cannot_wait_for_the_morning_leaves_the_evening_before(due, event, leaves):
    assert clock(outside_quiet_hours(at(due), event_start=at(event))) == leaves


@pytest.mark.parametrize(
    ("event", "days", "reminded"),
    [
        ("2026-03-04T19:00", 1, "2026-03-03 09:00"),
        # A day before is the same time of the clock, also over a night of 23 or 25 hours.
        ("2026-03-29T19:00", 1, "2026-03-28 09:00"),
        ("2026-03-30T19:00", 1, "2026-03-29 09:00"),
        ("2026-10-25T19:00", 1, "2026-10-24 09:00"),
        ("2026-10-26T19:00", 7, "2026-10-19 09:00"),
        ("2026-03-04T00:30", 0, "2026-03-04 09:00"),
    ],
)
def test_a_reminder_is_due_so_many_days_before_at_nine(event, days, reminded):
    assert clock(reminder_time(at(event), days, time(9))) == reminded


def test_the_day_of_an_event_is_its_day_in_brussels():
    assert clock(reminder_time(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), 1, time(9))) == "2026-03-04 09:00"


def test_an_hour_that_does_not_exist_becomes_the_next_and_one_that_comes_twice_the_first(settings):
    """F37."""
    settings.OUTBOX_QUIET_FROM = settings.OUTBOX_QUIET_UNTIL = 0
    assert clock(reminder_time(at("2026-03-30T12:00"), 1, time(2, 30))) == "2026-03-29 03:30"
    assert reminder_time(at("2026-10-26T12:00"), 1, time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@settings(deadline=None)
@given(
    event=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(BRUSSELS)),
    days=st.integers(0, 14),
    at_time=st.times(),
)
def test_no_reminder_is_ever_planned_in_the_quiet_hours(event, days, at_time):
    """F39."""
    assert not is_quiet(reminder_time(event, days, at_time))
