"""The moments of an activity, made from its rules."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from activities.actions.sessions import (
    coming_moments,
    extend_all_sessions,
    extend_sessions,
    set_capacity,
)
from activities.models import Activity, Schedule, Session
from activities.tasks import extend_sessions as nightly
from huizen.models import Holiday
from huizen.recurrence import BRUSSELS
from tests.factories import NOW, ActivityFactory, ScheduleFactory, SessionFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 9)


def weekly(**facts):
    return ScheduleFactory(
        **{
            "kind": "weekly",
            "dates": [],
            "starts_on": MONDAY,
            "weekdays": [0],
            "ends_on": dt.date(2026, 3, 31),
            **facts,
        }
    )


def starts(schedule):
    rows = Session.objects.filter(schedule=schedule).order_by("starts_at")
    return [f"{row.starts_at.astimezone(BRUSSELS):%d/%m %H:%M}" for row in rows]


def test_a_rule_gets_its_moments_with_the_places_of_the_activity():
    schedule = weekly(activity=ActivityFactory(capacity=8))
    assert extend_sessions(schedule=schedule, now=NOW) == 4
    assert starts(schedule) == ["09/03 09:00", "16/03 09:00", "23/03 09:00", "30/03 09:00"]
    assert set(Session.objects.values_list("capacity", flat=True)) == {8}


def test_a_second_run_adds_nothing():
    schedule = weekly()
    extend_sessions(schedule=schedule, now=NOW)
    assert extend_sessions(schedule=schedule, now=NOW) == 0
    assert Session.objects.count() == 4


def test_moments_reach_twelve_months_ahead():
    schedule = weekly(ends_on=None)
    extend_sessions(schedule=schedule, now=NOW)
    last = Session.objects.order_by("starts_at").last()
    assert last.starts_at.date() == dt.date(2027, 3, 1)


def test_a_later_night_adds_what_came_within_the_horizon():
    schedule = weekly(ends_on=None)
    extend_sessions(schedule=schedule, now=NOW)
    assert extend_sessions(schedule=schedule, now=NOW + dt.timedelta(days=14)) == 2


def test_what_is_past_is_not_made():
    schedule = weekly(
        starts_on=dt.date(2026, 1, 1), weekdays=[2], starts_at=dt.time(8), ends_on=dt.date(2026, 3, 11)
    )
    extend_sessions(schedule=schedule, now=NOW)
    assert starts(schedule) == ["11/03 08:00"]


def test_school_holidays_and_public_holidays_come_from_the_calendar():
    Holiday.objects.create(
        kind="school", name="Vakantie", starts_on=dt.date(2026, 3, 14), ends_on=dt.date(2026, 3, 22)
    )
    Holiday.objects.create(
        kind="public", name="Feest", starts_on=dt.date(2026, 3, 30), ends_on=dt.date(2026, 3, 30)
    )
    schedule = weekly(skip_school_holidays=True)
    extend_sessions(schedule=schedule, now=NOW)
    assert starts(schedule) == ["09/03 09:00", "23/03 09:00"]


def test_a_moment_that_was_moved_to_another_day_is_not_made_again():
    schedule = weekly()
    extend_sessions(schedule=schedule, now=NOW)
    first = Session.objects.order_by("starts_at").first()
    first.starts_at += dt.timedelta(days=1)
    first.ends_at += dt.timedelta(days=1)
    first.save()
    assert extend_sessions(schedule=schedule, now=NOW) == 0


def test_the_nightly_round_takes_a_constant_number_of_statements(django_assert_num_queries):
    counts = []
    for _ in range(2):
        for _ in range(3 if counts else 1):
            weekly()
        with django_assert_num_queries(8, exact=False) as queries:
            extend_all_sessions(now=NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_nightly_round_leaves_archived_activities_and_services_without_dates():
    weekly(activity=ActivityFactory(status="archived"))
    ScheduleFactory(kind="by_appointment", dates=[], starts_at=None, ends_at=None)
    assert extend_all_sessions(now=NOW) == 0


def test_the_task_is_a_door_to_the_action():
    assert nightly.name == "activities.extend_sessions"
    assert nightly() == 0


def test_seeing_the_moments_before_saving_saves_nothing(django_assert_num_queries):
    schedule = Schedule(
        kind="weekly", starts_on=MONDAY, weekdays=[0], starts_at=dt.time(9), ends_at=dt.time(10)
    )
    with django_assert_num_queries(1):
        found = coming_moments(schedule, now=NOW)
    assert found[0].starts_at == dt.datetime(2026, 3, 9, 9, tzinfo=BRUSSELS)
    assert Session.objects.count() == 0


def test_a_new_number_of_places_reaches_the_moments_that_followed_the_old_one():
    activity = ActivityFactory(capacity=5)
    follows = SessionFactory(activity=activity, capacity=8)
    own = SessionFactory(activity=activity, capacity=20)
    full = SessionFactory(activity=activity, capacity=8, confirmed_count=7)
    past = SessionFactory(activity=activity, capacity=8, original_start=NOW - dt.timedelta(days=3))
    assert set_capacity(activity=activity, before=8, now=NOW) == 1
    assert [Session.objects.get(pk=row.pk).capacity for row in (follows, own, full, past)] == [5, 20, 8, 8]


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_make_each_moment_once():
    weekly(ends_on=None)
    weekly(ends_on=None)

    def night(_):
        try:
            return extend_all_sessions(now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(night, range(2)))
    assert sum(made) == Session.objects.count() == 104


@pytest.mark.parametrize(
    ("capacity", "confirmed", "waiting", "queue"),
    [(None, 5, 0, False), (5, 4, 0, False), (5, 5, 0, True), (5, 4, 2, True)],
)
def test_a_newcomer_waits_behind_who_waits_already(capacity, confirmed, waiting, queue):
    session = Session(
        activity=Activity(), capacity=capacity, confirmed_count=confirmed, waiting_count=waiting
    )
    assert session.has_queue is queue
