"""The places and the days off in memory are those of the database, and nobody's page changes them."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.models import Holiday, Location, OpeningHours
from huizen.open_places import days_off, places_in_use
from huizen.opening import DaysOff, opening_now
from tests.factories import BRUSSELS, HouseFactory, LocationFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 4, 10, tzinfo=BRUSSELS)


def on_wednesdays() -> OpeningHours:
    return OpeningHours.objects.create(
        location=LocationFactory(), weekday=2, opens_at=dt.time(9), closes_at=dt.time(12)
    )


def test_a_place_comes_with_its_hours_and_without_a_query(django_assert_num_queries):
    hours = on_wednesdays()
    house = hours.location.house
    places_in_use(house.pk)
    (place,) = places_in_use(house.pk)
    with django_assert_num_queries(0):
        assert opening_now(place, now=NOW, days_off=DaysOff()).open


def test_a_change_of_hours_is_seen():
    hours = on_wednesdays()
    places_in_use(hours.location.house_id)
    hours.closes_at = dt.time(9, 30)
    hours.save()
    (place,) = places_in_use(hours.location.house_id)
    assert not opening_now(place, now=NOW, days_off=DaysOff()).open


def test_what_is_out_of_use_and_what_is_of_another_house_is_left_out():
    house = HouseFactory()
    here = LocationFactory(house=house)
    LocationFactory(house=house, is_active=False)
    LocationFactory()
    assert places_in_use(house.pk) == [here]
    Location.objects.filter(pk=here.pk).update(is_active=False)
    assert places_in_use(house.pk) == []


def test_what_a_page_puts_on_a_place_is_its_own():
    house = LocationFactory().house
    places_in_use(house.pk)[0].opening = "open"
    assert not hasattr(places_in_use(house.pk)[0], "opening")


@settings(deadline=None)
@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(BRUSSELS)))
def test_the_days_off_are_those_that_the_database_gives(now):
    for first, last, kind in (("2026-04-06", "2026-04-19", "school"), ("2026-05-01", "2026-05-01", "public")):
        Holiday.objects.get_or_create(kind=kind, name=kind, starts_on=first, ends_on=last)
    assert days_off(now) == DaysOff.around(now)
