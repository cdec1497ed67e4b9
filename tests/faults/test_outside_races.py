"""A calendar is read and brought in by several at the same minute: each event once, and no edit is lost."""

import threading

import pytest
from django.db import IntegrityError, transaction

from activities.actions import outside_event, outside_reading
from activities.actions.outside_calendar import add_calendar, confirm_calendar
from activities.models import Activity, OutsideCalendar, OutsideEvent
from huizen.web_visit import Fetched
from tests.activities.ical import event, feed, serving
from tests.at_once import at_once, then_together
from tests.factories import NOW, MembershipFactory
from tests.faults.mailroom import until, waiting_for_us

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
EVENTS, WORKERS = 6, 4
FEED = [event(uid=f"{n}@elders", title=f"Activiteit {n}") for n in range(EVENTS)]


def added() -> OutsideCalendar:
    member = MembershipFactory()
    calendar = OutsideCalendar(house=member.house, name="Agenda", url="https://partner.example/a.ics")
    return add_calendar(calendar=calendar, by=member.user, now=NOW)


def without_lock(calendar: OutsideCalendar) -> OutsideCalendar:
    return OutsideCalendar.objects.select_related("house", "organiser", "made_by").get(pk=calendar.pk)


def brought_in_at_once(monkeypatch):
    """What went wrong."""
    calendar = added()
    outside_reading.read_due(now=NOW, fetcher=serving(*FEED))
    calendar.refresh_from_db()
    confirm_calendar(calendar=calendar, by=calendar.made_by, now=NOW)
    monkeypatch.setattr(outside_event, "_bring_in_line", then_together(outside_event._bring_in_line, WORKERS))
    results = at_once([lambda: outside_event.settle_all(now=NOW)] * WORKERS, threads=WORKERS)
    return [result for result in results if isinstance(result, Exception)]


def test_brought_in_at_once_each_event_is_one_activity(monkeypatch):
    assert brought_in_at_once(monkeypatch) == []
    assert Activity.objects.count() == EVENTS


def test_without_the_lock_two_make_the_same_activity(monkeypatch):
    """The negative control: all look before one has written, and the unique address of an activity stops the second."""
    monkeypatch.setattr(outside_event, "locked", without_lock)
    assert IntegrityError in {type(error) for error in brought_in_at_once(monkeypatch)}


def test_a_calendar_is_fetched_by_one_reader():
    added()
    fetched = []

    def fetcher(url):
        fetched.append(url)
        return Fetched(feed(*FEED))

    at_once([lambda: outside_reading.read_due(now=NOW, fetcher=fetcher)] * WORKERS, threads=WORKERS)
    assert (len(fetched), OutsideEvent.objects.count()) == (1, EVENTS)


def kept_at_once(monkeypatch, calendar):
    """How many of the readers were refused by the database."""
    monkeypatch.setattr(outside_reading, "_Around", then_together(outside_reading._Around, WORKERS))
    refused = []

    def keep():
        try:
            outside_reading.keep_reading(calendar=calendar, fetched=Fetched(feed(*FEED)), now=NOW)
        except IntegrityError as error:
            refused.append(error)

    at_once([keep] * WORKERS, threads=WORKERS)
    return len(refused)


def test_kept_at_once_each_event_is_one_row(monkeypatch):
    assert (kept_at_once(monkeypatch, added()), OutsideEvent.objects.count()) == (0, EVENTS)


def test_without_the_lock_the_database_refuses_the_second(monkeypatch):
    """The negative control; and the unique key holds where the lock does not."""
    monkeypatch.setattr(outside_reading, "locked", without_lock)
    assert kept_at_once(monkeypatch, added()) > 0
    assert OutsideEvent.objects.count() == EVENTS


def edited_while_it_follows() -> str:
    """The title after somebody typed hers at the moment in which the calendar said another."""
    calendar = added()
    outside_reading.read_due(now=NOW, fetcher=serving(event()))
    calendar.refresh_from_db()
    confirm_calendar(calendar=calendar, by=calendar.made_by, now=NOW)
    outside_event.settle_all(now=NOW)
    says = Fetched(feed(event(title="Hun titel")))
    outside_reading.keep_reading(calendar=calendar, fetched=says, now=NOW)
    holds = threading.Event()

    def person():
        with transaction.atomic():
            row = Activity.objects.select_for_update().get()
            holds.set()
            until(waiting_for_us)
            Activity.objects.filter(pk=row.pk).update(title="Onze titel")

    def machine():
        holds.wait(10)
        outside_event.settle_all(now=NOW)

    at_once([person, machine], threads=2)
    return Activity.objects.get().title


def test_what_somebody_types_at_that_moment_is_not_overwritten():
    assert edited_while_it_follows() == "Onze titel"
    assert OutsideEvent.objects.get().waits


def test_without_waiting_for_her_it_would_be(monkeypatch):
    """The negative control: the calendar looks before she has written."""
    monkeypatch.setattr(outside_event, "locked_offer", lambda activity: activity)
    assert edited_while_it_follows() == "Hun titel"
