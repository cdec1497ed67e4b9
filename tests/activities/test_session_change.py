"""A moment is cancelled, goes on after all, moves, gets other places: who signed up hears it."""

import datetime as dt

import pytest

from activities.actions.registration_change import cancel_registration
from activities.actions.session_change import (
    SessionChangeError,
    cancel_session,
    change_capacity,
    move_session,
    restore_session,
)
from huizen.models import Event, Message, PlannedMessage
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import NOW, LocationFactory

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=5)


def mails(template):
    return list(Message.objects.filter(template=template).order_by("recipient"))


def move(session, *, days=2, location=None, now=NOW):
    return move_session(
        session_id=session.pk,
        starts_at=session.starts_at + dt.timedelta(days=days),
        ends_at=session.ends_at + dt.timedelta(days=days),
        location=location,
        by=None,
        now=now,
    )


def cancel(session, reason="De begeleider is ziek."):
    return cancel_session(session_id=session.pk, reason=reason, by=None, now=NOW)


@pytest.fixture
def session():
    """A moment with one place: Alice has it, Bob waits, Charlie left."""
    session = a_moment(capacity=1, starts_at=LATER)
    sign_up(session)
    sign_up(session, "Bob")
    cancel_registration(registration_id=sign_up(session, "Charlie").pk, now=NOW)
    return session


def test_a_cancelled_moment_tells_everybody_who_counted_on_it(session):
    cancel(session)
    alice, bob = mails("session_cancelled")
    assert alice.context["reason"] == "De begeleider is ziek."
    assert alice.recipient == "alice@voorbeeld.example"
    assert "METHOD:CANCEL" in alice.calendar
    assert "SEQUENCE:1" in alice.calendar
    assert bob.calendar == ""


def test_a_cancelled_moment_keeps_its_sign_ups_and_sends_no_reminder(session):
    cancel(session)
    assert counters(session) == (1, 1, 2)
    assert set(PlannedMessage.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Event.objects.get(verb="cancelled", subject_type="activities.session").changes == {
        "status": ["scheduled", "cancelled"]
    }


def test_cancelling_twice_is_cancelling_once(session):
    cancel(session)
    cancel(session, "Iets anders.")
    session.refresh_from_db()
    assert (session.cancel_reason, session.ical_sequence) == ("De begeleider is ziek.", 1)
    assert len(mails("session_cancelled")) == 2


def test_what_is_over_is_not_cancelled():
    session = a_moment(starts_at=NOW - dt.timedelta(hours=3), ends_at=NOW)
    with pytest.raises(SessionChangeError, match="voorbij"):
        cancel(session)


def test_a_moment_that_goes_on_after_all_gives_freed_places_and_plans_reminders(session):
    cancel(session)
    cancel_registration(registration_id=session.registrations.get(name="Alice").pk, now=NOW)
    restore_session(session_id=session.pk, by=None, now=NOW)
    restore_session(session_id=session.pk, by=None, now=NOW)
    assert session.registrations.get(name="Bob").state == "confirmed"
    (bob,) = mails("session_restored")
    assert bob.recipient == "bob@voorbeeld.example"
    assert (
        PlannedMessage.objects.get(kind="session_reminder", state="planned").recipient
        == "bob@voorbeeld.example"
    )
    session.refresh_from_db()
    assert (session.status, session.cancel_reason, session.ical_sequence) == ("scheduled", "", 2)


def test_a_moved_moment_tells_the_old_and_the_new(session):
    place = LocationFactory(name="De Kring", street="Kerkstraat 1", postcode="2400", town="Mol")
    move(session, location=place)
    alice, bob = mails("session_moved")
    assert alice.context["old_when"] == "maandag 9 maart 2026, van 9 tot 12 uur"
    assert alice.context["when"] == "woensdag 11 maart 2026, van 9 tot 12 uur"
    assert (alice.context["old_where"], alice.context["where"]) == ("", "De Kring, Kerkstraat 1, 2400 Mol")
    assert "DTSTART;TZID=Europe/Brussels:20260311T090000" in alice.calendar
    assert "SEQUENCE:1" in alice.calendar
    assert (bob.context["waiting"], bob.calendar) == (True, "")


def test_a_moved_moment_replans_its_reminder(session):
    move(session)
    assert list(
        PlannedMessage.objects.filter(kind="session_reminder")
        .order_by("due_at")
        .values_list("state", "due_at")
    ) == [
        ("cancelled", dt.datetime(2026, 3, 8, 10, tzinfo=NOW.tzinfo)),
        ("planned", dt.datetime(2026, 3, 10, 10, tzinfo=NOW.tzinfo)),
    ]


def test_another_place_at_the_same_time_keeps_the_reminder(session):
    move(session, days=0, location=LocationFactory())
    session.refresh_from_db()
    assert (session.time_version, session.ical_sequence) == (1, 1)
    assert set(PlannedMessage.objects.values_list("state", flat=True)) == {"planned"}


def test_moving_to_where_it_is_changes_nothing(session):
    move(session, days=0)
    session.refresh_from_db()
    assert session.ical_sequence == 0
    assert mails("session_moved") == []


def test_there_and_back_cancel_and_restore_each_are_a_new_version(session):
    uid = session.ical_uid
    move(session)
    session.refresh_from_db()
    move(session, days=-2)
    cancel(session)
    restore_session(session_id=session.pk, by=None, now=NOW)
    session.refresh_from_db()
    assert (session.ical_sequence, session.time_version, session.ical_uid) == (4, 3, uid)
    assert len(mails("session_moved")) == 4


def test_a_moment_does_not_move_into_the_past_or_backwards(session):
    with pytest.raises(SessionChangeError, match="nog moet komen"):
        move(session, days=-6)
    with pytest.raises(SessionChangeError, match="voor het begin"):
        move_session(
            session_id=session.pk,
            starts_at=session.ends_at,
            ends_at=session.starts_at,
            location=None,
            by=None,
            now=NOW,
        )


def test_a_cancelled_moment_is_not_moved(session):
    cancel(session)
    with pytest.raises(SessionChangeError, match="eerst weer doorgaan"):
        move(session)


def test_fewer_places_than_are_taken_are_refused(session):
    with pytest.raises(SessionChangeError, match="al 1 plaatsen bezet"):
        change_capacity(session_id=session.pk, capacity=0, by=None, now=NOW)
    session.refresh_from_db()
    assert session.capacity == 1


def test_the_same_number_of_places_is_no_event(session):
    change_capacity(session_id=session.pk, capacity=1, by=None, now=NOW)
    assert not Event.objects.filter(verb="changed").exists()


@pytest.mark.parametrize("families", [1, 3])
def test_telling_costs_the_same_for_each_family(families, django_assert_max_num_queries):
    session = a_moment(starts_at=LATER)
    for number in range(families):
        sign_up(session, f"Ouder{number}")
    # The lock, the change and the plan once; a mail is four statements.
    with django_assert_max_num_queries(12 + 4 * families):
        cancel(session)
