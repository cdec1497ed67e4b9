"""A calendar of somebody else becomes drafts that follow it; what people changed here is never overwritten."""

import datetime as dt

import pytest

from activities.actions.offer import change_activity, publish_activity
from activities.actions.outside_calendar import (
    NOBODY,
    OutsideError,
    add_calendar,
    confirm_calendar,
    next_night,
    remove_calendar,
    skip_event,
    stop_calendar,
)
from activities.actions.outside_event import leave, mark_of, settle_all, take_over
from activities.actions.outside_reading import keep_reading, read_due
from activities.models import Activity, OutsideCalendar, OutsideEvent, Session
from activities.outside_difference import Outside
from huizen.web_visit import Fetched
from tests.activities.ical import WEEKLY, event, feed, serving
from tests.factories import NOW, ActivityFactory, LocationFactory, MembershipFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
URL = "https://partner.example/agenda.ics"
NIGHT = dt.timedelta(days=1)


def added(house, by, *events, organiser=None):
    calendar = OutsideCalendar(house=house, organiser=organiser, name="Agenda", url=URL)
    add_calendar(calendar=calendar, by=by, now=NOW)
    read_due(now=NOW, fetcher=serving(*events))
    calendar.refresh_from_db()
    return calendar


def followed(house, by, *events, organiser=None):
    calendar = added(house, by, *events, organiser=organiser)
    confirm_calendar(calendar=calendar, by=by, now=NOW)
    settle_all(now=NOW)
    return calendar


def next_morning(*events, nights=1):
    now = NOW + nights * NIGHT
    read_due(now=now, fetcher=serving(*events))
    settle_all(now=now)
    return now


def online(activity, by):
    publish_activity(activity=activity, by=by, now=NOW)
    activity.refresh_from_db()
    return activity


def edit(activity, by, **facts):
    row = Activity.objects.get(pk=activity.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    change_activity(activity=row, seen_at=None, by=by, now=NOW)


def accept(found, by, now, **choices):
    return take_over(
        event=found,
        seen=mark_of(found, found.activity, now),
        choices=choices.get("choices", {}),
        by=by,
        now=now,
    )


def test_nothing_is_made_before_somebody_confirms(house, coordinator):
    calendar = added(
        house, coordinator, event(**WEEKLY), event(uid="oud", start="20200101T090000", end="20200101T100000")
    )
    settle_all(now=NOW)
    found = calendar.events.get()
    assert (calendar.state, calendar.fault, Activity.objects.count()) == ("read", "", 0)
    assert (found.said["title"], len(found.said["rules"]), found.next_at.day) == ("Babymassage", 1, 9)


def test_an_event_becomes_a_draft_with_its_dates_and_place(house, coordinator):
    place = LocationFactory(house=house, name="De Krul")
    followed(
        house,
        coordinator,
        event(**WEEKLY, place="De Krul, Mol", text="Leer masseren. Breng een handdoek mee."),
    )
    activity = Activity.objects.get()
    assert (activity.status, activity.location, activity.summary) == ("draft", place, "Leer masseren.")
    assert (activity.schedules.get().kind, activity.sessions.count()) == ("weekly", 10)


def test_what_goes_on_without_an_end_stays_the_same_rule_every_night(house, coordinator):
    weekly = event(
        **WEEKLY
        | {"start": "20260304T140000", "end": "20260304T150000", "more": "RRULE:FREQ=WEEKLY;BYDAY=WE"}
    )
    followed(house, coordinator, weekly)
    for night in range(1, 9):
        next_morning(weekly, nights=night)
    activity = Activity.objects.get()
    assert (activity.schedules.get().ends_on, activity.versions.count()) == (None, 2)


def test_the_same_again_changes_nothing(house, coordinator):
    calendar = followed(house, coordinator, event(**WEEKLY))
    changed_at = Activity.objects.get().changed_at
    next_morning(event(**WEEKLY))
    next_morning(event(**WEEKLY), nights=2)
    activity = Activity.objects.get()
    assert (activity.changed_at, activity.sessions.count(), activity.versions.count()) == (changed_at, 10, 2)
    assert not calendar.events.filter(is_open=True).exists()


def test_a_new_event_is_a_new_draft_the_next_morning(house, coordinator):
    followed(house, coordinator, event())
    next_morning(event(), event(uid="b", title="Dansen"))
    assert sorted(Activity.objects.values_list("title", "status")) == [
        ("Babymassage", "draft"),
        ("Dansen", "draft"),
    ]


def test_a_draft_follows_its_calendar(house, coordinator):
    followed(house, coordinator, event())
    next_morning(event(title="Massage", start="20260310T100000", end="20260310T110000"))
    activity = Activity.objects.get()
    assert (activity.title, activity.sessions.get().starts_at.hour) == ("Massage", 9)


def test_new_dates_come_in_and_dates_without_sign_ups_go_where_parents_read(house, coordinator):
    calendar = followed(house, coordinator, event(**WEEKLY))
    activity = online(Activity.objects.get(), coordinator)
    more = WEEKLY | {
        "more": "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=12\r\nEXDATE;TZID=Europe/Brussels:20260316T090000"
    }
    next_morning(event(**more))
    assert (activity.sessions.count(), calendar.events.get().waits) == (11, False)
    assert not activity.sessions.filter(starts_at__day=16, starts_at__month=3).exists()


def test_a_changed_time_or_word_waits_where_parents_read(house, coordinator):
    calendar = followed(house, coordinator, event(**WEEKLY))
    activity = online(Activity.objects.get(), coordinator)
    now = next_morning(
        event(**WEEKLY | {"start": "20260309T100000", "end": "20260309T130000"}, title="Massage")
    )
    found = calendar.events.get()
    activity.refresh_from_db()
    assert (found.waits, activity.title, activity.schedules.get().starts_at) == (
        True,
        "Babymassage",
        dt.time(9),
    )
    accept(found, coordinator, now)
    activity.refresh_from_db()
    assert (activity.title, activity.schedules.get().starts_at) == ("Massage", dt.time(10))
    assert activity.sessions.count() == 10
    assert not OutsideEvent.objects.get().waits


def test_a_date_that_families_count_on_is_cancelled_only_by_a_person(house, coordinator):
    calendar = followed(house, coordinator, event(**WEEKLY))
    activity = online(Activity.objects.get(), coordinator)
    session = activity.sessions.order_by("starts_at")[1]
    RegistrationFactory(session=session)
    without = WEEKLY | {"more": WEEKLY["more"] + "\r\nEXDATE;TZID=Europe/Brussels:20260316T090000"}
    now = next_morning(event(**without))
    found = calendar.events.get()
    session.refresh_from_db()
    assert (found.waits, session.status) == (True, "scheduled")
    with pytest.raises(OutsideError, match="Kies eerst"):
        accept(found, coordinator, now)
    accept(found, coordinator, now, choices={session.pk: "cancel"})
    session.refresh_from_db()
    assert (session.status, Session.objects.filter(status="scheduled").count()) == ("cancelled", 9)


def test_what_was_changed_here_is_never_overwritten(house, coordinator):
    calendar = followed(house, coordinator, event(**WEEKLY))
    activity = Activity.objects.get()
    edit(activity, coordinator, title="Onze titel")
    next_morning(event(**WEEKLY, title="Hun titel"))
    activity.refresh_from_db()
    found = calendar.events.select_related("activity").get()
    assert (activity.title, found.waits) == ("Onze titel", True)
    ((one, edited),) = [pair for pair in Outside.of(found, activity).in_words() if pair[0].name == "title"]
    assert (one.before, one.after, edited) == ("Onze titel", "Hun titel", True)
    leave(event=found)
    next_morning(event(**WEEKLY, title="Hun titel"), nights=2)
    activity.refresh_from_db()
    assert (activity.title, calendar.events.get().waits) == ("Onze titel", False)


def test_what_both_write_alike_is_no_difference(house, coordinator):
    calendar = followed(house, coordinator, event())
    activity = online(Activity.objects.get(), coordinator)
    edit(activity, coordinator, title="Massage", summary="Massage")
    next_morning(event(title="Massage"))
    found = calendar.events.get()
    assert (found.waits, Outside.of(found, Activity.objects.get()).edited) == (False, [])
    next_morning(event(title="Babymassage"), nights=2)
    activity.refresh_from_db()
    assert (calendar.events.get().waits, activity.title) == (True, "Massage")


def test_dates_changed_here_are_never_overwritten(house, coordinator):
    calendar = followed(house, coordinator, event(**WEEKLY))
    activity = Activity.objects.get()
    activity.schedules.update(starts_at=dt.time(8))
    next_morning(event(**WEEKLY | {"more": "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=12"}))
    assert (activity.schedules.get().starts_at, calendar.events.get().waits) == (dt.time(8), True)


def test_who_decides_after_something_changed_looks_again(house, coordinator):
    calendar = followed(house, coordinator, event())
    activity = online(Activity.objects.get(), coordinator)
    now = next_morning(event(title="Massage"))
    found = calendar.events.get()
    seen = mark_of(found, activity, now)
    edit(activity, coordinator, summary="Nieuw")
    Activity.objects.update(changed_at=now + NIGHT)
    with pytest.raises(OutsideError, match="net iets gewijzigd"):
        take_over(event=found, seen=seen, choices={}, by=coordinator, now=now)


def test_what_is_gone_archives_a_draft_and_waits_where_parents_read(house, coordinator):
    calendar = followed(
        house, coordinator, event(), event(uid="b", title="Dansen"), event(uid="c", title="Zingen")
    )
    read = online(Activity.objects.get(title="Dansen"), coordinator)
    now = next_morning(event(uid="c", title="Zingen"))
    assert Activity.objects.get(title="Babymassage").status == "archived"
    found = calendar.events.get(uid="b")
    read.refresh_from_db()
    assert (found.waits, found.is_gone, read.status) == (True, True, "published")
    accept(found, coordinator, now)
    read.refresh_from_db()
    assert (read.status, read.sessions.count()) == ("archived", 0)


@pytest.mark.parametrize(
    "served", [Fetched(feed()), Fetched(reason="De website antwoordt niet."), Fetched(b"<html>")]
)
def test_a_reading_that_goes_wrong_changes_nothing_and_says_why(served, house, coordinator):
    calendar = followed(house, coordinator, event(), event(uid="b", title="Dansen"))
    read_due(now=NOW + NIGHT, fetcher=lambda url: served)
    settle_all(now=NOW + NIGHT)
    calendar.refresh_from_db()
    assert (bool(calendar.fault), calendar.failing_since) == (True, NOW + NIGHT)
    assert set(Activity.objects.values_list("status", flat=True)) == {"draft"}
    next_morning(event(), event(uid="b", title="Dansen"), nights=2)
    calendar.refresh_from_db()
    assert (calendar.fault, calendar.failing_since) == ("", None)


def test_what_is_there_already_is_not_taken_over_unless_somebody_wants_it(house, coordinator):
    ActivityFactory(house=house, title="BABYMASSAGE")
    calendar = followed(house, coordinator, event())
    found = calendar.events.get()
    assert (found.is_skipped, Activity.objects.count()) == (True, 1)
    skip_event(event=found, is_skipped=False)
    settle_all(now=NOW)
    assert Activity.objects.count() == 2


def test_one_event_in_two_calendars_is_one_activity(house, coordinator):
    followed(house, coordinator, event())
    second = OutsideCalendar(house=house, name="Bestand")
    add_calendar(calendar=second, by=coordinator, now=NOW)
    keep_reading(calendar=second, fetched=Fetched(feed(event())), now=NOW)
    confirm_calendar(calendar=OutsideCalendar.objects.get(pk=second.pk), by=coordinator, now=NOW)
    settle_all(now=NOW)
    assert Activity.objects.count() == 1


def test_a_newer_file_of_the_same_organiser_is_the_same_calendar(house, coordinator):
    first = add_calendar(calendar=OutsideCalendar(house=house, name="A"), by=coordinator, now=NOW)
    assert add_calendar(calendar=OutsideCalendar(house=house, name="B"), by=coordinator, now=NOW) == first


def test_an_editors_calendar_makes_proposals(house, partner):
    calendar = followed(house, partner.user, event(**WEEKLY), organiser=partner.organisation)
    activity = Activity.objects.get()
    assert (activity.status, activity.organiser) == ("proposed", partner.organisation)
    Activity.objects.update(status="published", published_at=NOW)
    activity.proposals.all().delete()
    next_morning(event(**WEEKLY | {"start": "20260309T100000", "end": "20260309T130000"}, title="Massage"))
    proposal = activity.proposals.open().get()
    activity.refresh_from_db()
    assert (set(proposal.facts), activity.title) == ({"title", "summary", "rules"}, "Babymassage")
    assert not calendar.events.get().waits


def test_a_calendar_of_who_left_makes_nothing_more(house, coordinator):
    calendar = added(house, coordinator, event())
    confirm_calendar(calendar=calendar, by=coordinator, now=NOW)
    coordinator.memberships.update(ended_at=NOW)
    settle_all(now=NOW)
    assert (Activity.objects.count(), calendar.events.get().reason) == (0, NOBODY)
    colleague = MembershipFactory(house=house).user
    stop_calendar(calendar=calendar, by=colleague, now=NOW)
    confirm_calendar(calendar=calendar, by=colleague, now=NOW)
    settle_all(now=NOW)
    assert Activity.objects.count() == 1


def test_a_stopped_calendar_is_not_read_and_a_removed_one_leaves_its_activities(house, coordinator):
    calendar = followed(house, coordinator, event())
    stop_calendar(calendar=calendar, by=coordinator, now=NOW)
    next_morning(event(title="Anders"))
    assert Activity.objects.get().title == "Babymassage"
    with pytest.raises(OutsideError):
        stop_calendar(calendar=calendar, by=coordinator, now=NOW)
    remove_calendar(calendar=calendar, by=coordinator, now=NOW)
    assert (Activity.objects.count(), OutsideEvent.objects.count()) == (1, 0)


def test_an_activity_that_somebody_archived_stays_so(house, coordinator):
    followed(house, coordinator, event())
    Activity.objects.update(status="archived")
    next_morning(event(title="Anders"))
    assert list(Activity.objects.values_list("title", "status")) == [("Babymassage", "archived")]


def test_each_calendar_is_read_once_a_night():
    assert next_night(NOW, 7) == NOW.replace(day=5, hour=3, minute=7)
