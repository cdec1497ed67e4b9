"""How long a family may think: never into the night, never until it begins, and never too short to be a question."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.answer_time import answer_until
from huizen.recurrence import BRUSSELS


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of March 2026 on the clock in Brussels; in the night of the 29th it is put forward."""
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("now", "hours", "starts_at", "until"),
    [
        (at(2, 10), 24, at(9, 9), at(3, 10)),
        (at(2, 10), 48, at(4, 9), at(3, 21)),
        (at(2, 10), 30, at(4, 12), at(3, 16)),
        # It would end at two in the night, and it begins at nine: nine in the evening before.
        (at(2, 10), 16, at(3, 9), at(2, 21)),
        # The same with time enough in the morning: eight o'clock.
        (at(2, 10), 16, at(3, 14), at(3, 8)),
        # Offered at night: the time begins at eight.
        (at(2, 23), 4, at(4, 14), at(3, 12)),
        (at(2, 21), 24, at(9, 9), at(3, 21)),
        # Summer time begins on the 29th; an hour stays an hour.
        (at(28, 12), 24, at(31, 9), at(29, 13)),
        # Nothing to think about: less than twelve hours before, or less than an hour of the day.
        (at(2, 10), 24, at(2, 21, 59), None),
        (at(2, 20, 30), 24, at(3, 9), None),
        (at(2, 10), 24, at(2, 9), None),
    ],
)
def test_until_when_a_family_may_answer(now, hours, starts_at, until):
    assert answer_until(now=now, hours=hours, starts_at=starts_at) == until


moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC))


@given(now=moments, hours=st.integers(1, 168), ahead=st.integers(0, 20_000))
def test_no_answer_is_asked_at_night_or_near_the_beginning(now, hours, ahead):
    starts_at = now + dt.timedelta(minutes=ahead)
    until = answer_until(now=now, hours=hours, starts_at=starts_at)
    if until is None:
        return
    assert now < until <= starts_at - dt.timedelta(hours=2)
    assert dt.time(8) <= until.astimezone(BRUSSELS).time() <= dt.time(21)
    assert starts_at - now >= dt.timedelta(hours=12)
