"""The key of a planned reminder says all that makes it that one, and is read back as it was written."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huizen.outbox.reminder_key import ReminderKey


@dataclass(frozen=True)
class LessonKey(ReminderKey):
    shape = "lesson:{lesson}:v{version}:{on:%Y%m%d}:{who}:{days:+d}"
    lesson: int
    version: int
    on: date
    who: str
    days: int


def test_a_key_is_written_in_the_shape_of_its_kind():
    assert str(LessonKey(7, 2, date(2026, 3, 4), "u12", -3)) == "lesson:7:v2:20260304:u12:-3"


@given(
    st.integers(min_value=1),
    st.integers(min_value=0),
    st.dates(min_value=date(1000, 1, 1)),
    st.from_regex(r"[iou][0-9]+", fullmatch=True),
    st.integers(-400, 400),
)
def test_what_was_written_is_read_back(lesson, version, on, who, days):
    key = LessonKey(lesson, version, on, who, days)
    assert LessonKey.read(str(key)) == key


@pytest.mark.parametrize(
    "key", ["", "lesson:7", "meeting:7:v2:20260304:u12:-3", "lesson:7:2:20260304:u12:-3"]
)
def test_another_key_is_not_taken_for_one_of_ours(key):
    with pytest.raises(ValueError, match="is no key of the shape"):
        LessonKey.read(key)
