"""A single date that somebody's calendar puts at another moment is the same date, moved: sign-ups stay with it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions.offer import publish_activity
from activities.actions.outside_calendar import add_calendar, confirm_calendar
from activities.actions.outside_event import leave, mark_of, settle_all, take_over
from activities.actions.outside_reading import read_due
from activities.actions.session_change import move_session
from activities.models import Activity, OutsideCalendar, OutsideEvent, Registration
from huizen.models import Message
from tests.activities.ical import WEEKLY, event, serving
from tests.activities.test_outside_calendar import followed, next_morning
from tests.factories import BRUSSELS, NOW, RegistrationFactory

pytestmark = pytest.mark.django_db

SECOND = dt.datetime(2026, 3, 16, 9, tzinfo=BRUSSELS)
THURSDAY = dt.datetime(2026, 3, 19, 14, tzinfo=BRUSSELS)
MOVED = event(
    start="20260319T140000",
    end="20260319T150000",
    more="RECURRENCE-ID;TZID=Europe/Brussels:20260316T090000",
)
FURTHER = event(
    start="20260320T100000",
    end="20260320T110000",
    more="RECURRENCE-ID;TZID=Europe/Brussels:20260316T090000",
)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def online(house, coordinator):
    """Ten Mondays that follow a calendar and that parents read."""
    followed(house, coordinator, event(**WEEKLY))
    activity = Activity.objects.get()
    publish_activity(activity=activity, by=coordinator, now=NOW)
    return activity


def second(activity):
    return activity.sessions.get(original_start=SECOND)


def accept(by, now):
    found = OutsideEvent.objects.select_related("activity", "calendar").get()
    take_over(event=found, seen=mark_of(found, found.activity, now), choices={}, by=by, now=now)


def test_a_date_that_nobody_counts_on_moves_by_itself_and_the_rule_stays(online):
    rule, key = online.schedules.get(), second(online).pk
    next_morning(event(**WEEKLY), MOVED)
    moved = second(online)
    assert (moved.pk, moved.starts_at, moved.ends_at) == (key, THURSDAY, THURSDAY + HOUR)
    assert (online.schedules.get(), online.sessions.count()) == (rule, 10)
    found = OutsideEvent.objects.get()
    assert (found.waits, found.is_open) == (False, False)


def test_who_signed_up_stays_and_hears_it_once_a_person_says_so(online, coordinator):
    registration = RegistrationFactory(session=second(online))
    Message.objects.all().delete()
    now = next_morning(event(**WEEKLY), MOVED)
    assert (second(online).starts_at, OutsideEvent.objects.get().waits) == (SECOND, True)
    assert not Message.objects.exists()
    accept(coordinator, now)
    assert (second(online).starts_at, online.sessions.count()) == (THURSDAY, 10)
    registration.refresh_from_db()
    assert (registration.session, registration.state) == (second(online), Registration.State.CONFIRMED)
    assert Message.objects.filter(template="session_moved", recipient=registration.email).count() == 1
    next_morning(event(**WEEKLY), MOVED, nights=2)
    assert (OutsideEvent.objects.get().waits, Message.objects.count()) == (False, 1)


def test_moved_further_and_put_back_are_followed_too(online):
    next_morning(event(**WEEKLY), MOVED)
    next_morning(event(**WEEKLY), FURTHER, nights=2)
    assert second(online).starts_at == THURSDAY + dt.timedelta(hours=20)
    next_morning(event(**WEEKLY), nights=3)
    assert (second(online).starts_at, second(online).ends_at) == (SECOND, SECOND + 3 * HOUR)
    assert online.sessions.count() == 10


def test_what_is_left_as_it_is_is_not_asked_again(online):
    RegistrationFactory(session=second(online))
    next_morning(event(**WEEKLY), MOVED)
    leave(event=OutsideEvent.objects.select_related("calendar").get())
    next_morning(event(**WEEKLY), MOVED, nights=2)
    assert (second(online).starts_at, OutsideEvent.objects.get().waits) == (SECOND, False)


def test_a_date_that_was_moved_here_waits_for_a_person(online, coordinator):
    own = SECOND + dt.timedelta(days=1)
    facts = {"starts_at": own, "ends_at": own + HOUR, "location": None}
    move_session(session_id=second(online).pk, **facts, by=coordinator, now=NOW)
    now = next_morning(event(**WEEKLY), MOVED)
    assert (second(online).starts_at, OutsideEvent.objects.get().waits) == (own, True)
    accept(coordinator, now)
    assert second(online).starts_at == THURSDAY


def test_a_draft_begins_with_the_date_where_it_is(house, coordinator):
    followed(house, coordinator, event(**WEEKLY), MOVED)
    activity = Activity.objects.get()
    assert (activity.schedules.get().kind, second(activity).starts_at) == ("weekly", THURSDAY)


def test_a_date_that_is_longer_that_day_is_the_same_date(online):
    longer = event(
        end="20260316T150000",
        start="20260316T090000",
        more="RECURRENCE-ID;TZID=Europe/Brussels:20260316T090000",
    )
    next_morning(event(**WEEKLY), longer)
    assert (second(online).ends_at, online.schedules.count()) == (SECOND + 6 * HOUR, 1)


def test_what_is_past_does_not_move(online):
    later = SECOND + dt.timedelta(days=1)
    read_due(now=later, fetcher=serving(event(**WEEKLY), MOVED))
    settle_all(now=later)
    assert second(online).starts_at == SECOND


def test_her_page_says_which_dates_and_for_how_many(client, house, signed_in):
    now = timezone.now()
    first = timezone.localtime(now).replace(hour=9, minute=0, second=0, microsecond=0) + dt.timedelta(days=9)
    week, text = dt.timedelta(days=7), "%Y%m%dT%H%M%S"
    weekly = {
        "start": f"{first:{text}}",
        "end": f"{first + HOUR:{text}}",
        "more": "RRULE:FREQ=WEEKLY;COUNT=5",
    }
    planned = f"RECURRENCE-ID;TZID=Europe/Brussels:{first + week:{text}}"
    moved = {
        "start": f"{first + week + HOUR:{text}}",
        "end": f"{first + week + 2 * HOUR:{text}}",
        "more": planned,
    }
    calendar = OutsideCalendar(house=house, name="Agenda", url="https://partner.example/agenda.ics")
    add_calendar(calendar=calendar, by=signed_in, now=now)
    read_due(now=now, fetcher=serving(event(**weekly)))
    confirm_calendar(calendar=calendar, by=signed_in, now=now)
    settle_all(now=now)
    publish_activity(activity=Activity.objects.get(), by=signed_in, now=now)
    RegistrationFactory(session=Activity.objects.get().sessions.get(original_start=first + week))
    OutsideCalendar.objects.update(next_read_at=now)
    read_due(now=now, fetcher=serving(event(**weekly), event(**moved)))
    settle_all(now=now)
    page = client.get(reverse("outside_event", args=[OutsideEvent.objects.get().pk])).content.decode()
    assert "Deze dagen verplaatste de agenda" in page
    assert "1 inschrijving: die blijft, en krijgt een mail" in page
