"""Two nights that give a series its dates at once, and two people who change it at once."""

import datetime as dt

import pytest

from huizen.models import Message
from partners.actions.meeting_series import extend_series
from partners.models import Meeting
from tests.at_once import at_once
from tests.factories import NOW, MembershipFactory
from tests.partners.series import AN, dates, edit, planned

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

SOON = NOW + dt.timedelta(days=200)


@pytest.fixture
def els():
    return MembershipFactory(user__name="Els", user__email="els@voorbeeld.example").user


def test_two_nights_at_once_write_each_date_once(els):
    series = planned(els.memberships.get().house, els, ends_on=None)
    at_once([lambda: extend_series(pk=series.pk, now=SOON)] * 3)
    extend_series(pk=series.pk, now=SOON)
    starts = [row.original_start for row in dates(series)]
    assert len(starts) == len(set(starts)) > 70
    assert Message.objects.filter(recipient=AN, template="meeting_series_grown").count() == 1


def test_of_two_who_change_a_series_at_once_one_hears_it(els):
    series = planned(els.memberships.get().house, els)
    third = dates(series)[2]
    seen = Meeting.objects.select_related("series").get(pk=third.pk)

    def change(hour):
        edit(seen, els, NOW + dt.timedelta(hours=1), starts_at=dt.time(hour))

    at_once([lambda: change(17), lambda: change(18)])
    live = [row for row in Meeting.objects.filter(status="scheduled") if row.starts_at > NOW]
    days = [row.original_start.date() for row in live]
    assert len(days) == len(set(days)) == 8
