"""The demo shows attendance: lists that are noted, two that wait, and a year beside the year before."""

import pytest
from django.utils import timezone

from activities.attendance_sheet import sheet_of, without_attendance
from activities.models import Attendance
from activities.reach import year_of
from huizen.models import House
from tests.factories import NOW
from tests.undone import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def baldemore(loaded, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield House.objects.get(name="Huis van het Kind Baldemore")


def test_two_lists_wait_and_others_are_noted(baldemore):
    waiting = [
        sheet_of(session)
        for session in without_attendance(now=NOW).filter(activity__house=baldemore, confirmed_count__gt=1)
    ]
    assert [(len(sheet.lines), sheet.unanswered) for sheet in waiting] == [
        (len(sheet.lines), len(sheet.lines)) for sheet in waiting
    ]
    assert len(waiting) == 2
    assert set(Attendance.objects.values_list("state", flat=True)) == {"present", "absent", "excused"}


def test_there_is_a_year_and_a_year_before(baldemore):
    found = year_of(baldemore, year=timezone.localdate(NOW).year)
    assert (found.total.now.families > 50, found.total.before.families > 500) == (True, True)
    assert (len(found.activities) > 5, len(found.domains) > 2, len(found.places) > 1) == (True, True, True)
