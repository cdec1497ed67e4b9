"""Changing a sign-up, and leaving: more or fewer come, and the places that come free."""

import datetime as dt

import pytest

from activities.actions.invariants import check_invariants
from activities.actions.party import ChildFacts
from activities.actions.registration import (
    NoRoomError,
    RegistrationError,
    TooLateError,
)
from activities.actions.registration_change import (
    add_child,
    cancel_registration,
    change_places,
    remove_child,
)
from activities.actions.session_change import change_capacity
from huizen.models import Message, PlannedMessage
from tests.activities.sign_ups import a_moment, counters, sign_up, templates
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_cancelling_gives_the_places_back_and_says_so():
    session = a_moment(capacity=3)
    registration = cancel_registration(registration_id=sign_up(session, children=2).pk, now=NOW)
    assert (registration.state, registration.cancelled_by) == ("cancelled", "parent")
    assert counters(session) == (0, 0, 0)
    mail = Message.objects.get(template="registration_cancelled")
    assert "METHOD:CANCEL" in mail.calendar
    assert f"UID:{session.ical_uid}" in mail.calendar


def test_cancelling_twice_is_cancelling_once():
    session = a_moment()
    registration = sign_up(session)
    cancel_registration(registration_id=registration.pk, now=NOW)
    cancel_registration(registration_id=registration.pk, now=NOW + dt.timedelta(minutes=1))
    registration.refresh_from_db()
    assert registration.cancelled_at == NOW
    assert templates().count("registration_cancelled") == 1
    assert counters(session) == (0, 0, 0)


def test_the_house_cancels_with_a_reason_that_the_family_reads():
    registration = sign_up(a_moment())
    cancel_registration(registration_id=registration.pk, by=UserFactory(), reason="We zijn ziek.", now=NOW)
    registration.refresh_from_db()
    assert registration.cancelled_by == "house"
    mail = Message.objects.get(template="registration_cancelled")
    assert (mail.context["by_house"], mail.context["reason"]) == (True, "We zijn ziek.")


def test_who_leaves_the_waiting_list_has_nothing_to_take_out_of_a_calendar():
    session = a_moment(capacity=1)
    sign_up(session)
    cancel_registration(registration_id=sign_up(session, "Bob").pk, now=NOW)
    assert Message.objects.get(template="registration_cancelled").calendar == ""
    assert counters(session) == (1, 0, 1)


def test_a_parent_changes_nothing_once_it_began_but_the_house_can():
    session = a_moment()
    registration = sign_up(session)
    with pytest.raises(TooLateError):
        cancel_registration(registration_id=registration.pk, now=session.starts_at)
    cancel_registration(registration_id=registration.pk, by=UserFactory(), now=session.starts_at)
    assert counters(session) == (0, 0, 0)


def test_a_cancelled_sign_up_has_no_reminder():
    session = a_moment(starts_at=NOW + dt.timedelta(days=3))
    cancel_registration(registration_id=sign_up(session).pk, now=NOW)
    assert set(PlannedMessage.objects.values_list("state", flat=True)) == {"cancelled"}


def test_one_child_stays_home_and_its_place_comes_free():
    session = a_moment(capacity=3)
    registration = sign_up(session, children=3)
    child = registration.participants.first()
    changed = remove_child(registration_id=registration.pk, participant_id=child.pk, now=NOW)
    assert changed.places == 2
    remove_child(registration_id=registration.pk, participant_id=child.pk, now=NOW)
    assert counters(session) == (2, 0, 0)
    assert check_invariants(now=NOW) == []


def test_the_last_child_is_not_taken_off():
    registration = sign_up(a_moment())
    with pytest.raises(RegistrationError, match="enige kind"):
        remove_child(
            registration_id=registration.pk, participant_id=registration.participants.get().pk, now=NOW
        )
    assert registration.participants.count() == 1


def test_a_child_of_another_family_is_not_taken_off():
    session = a_moment()
    mine, theirs = sign_up(session, children=2), sign_up(session, "Bob", children=2)
    remove_child(registration_id=mine.pk, participant_id=theirs.participants.first().pk, now=NOW)
    assert (mine.participants.count(), theirs.participants.count()) == (2, 2)


def test_a_brother_comes_along_when_there_is_room():
    session = a_moment(capacity=2)
    registration = sign_up(session)
    assert add_child(registration_id=registration.pk, child=ChildFacts("Sam"), now=NOW).places == 2
    assert counters(session) == (2, 0, 0)
    with pytest.raises(NoRoomError, match="geen plaats meer vrij"):
        add_child(registration_id=registration.pk, child=ChildFacts("Lou"), now=NOW)
    assert registration.participants.count() == 2


def test_a_brother_does_not_jump_the_queue():
    session = a_moment(capacity=3)
    registration = sign_up(session, children=2)
    sign_up(session, "Bob", children=2)
    with pytest.raises(NoRoomError):
        add_child(registration_id=registration.pk, child=ChildFacts("Sam"), now=NOW)


def test_a_party_that_waits_may_grow_up_to_what_can_fit():
    session = a_moment(capacity=2)
    sign_up(session)
    sign_up(session, "Bob")
    waiting = sign_up(session, "Charlie")
    add_child(registration_id=waiting.pk, child=ChildFacts("Sam"), now=NOW)
    assert counters(session) == (2, 2, 1)
    with pytest.raises(NoRoomError, match="hoogstens 2"):
        add_child(registration_id=waiting.pk, child=ChildFacts("Lou"), now=NOW)


def test_a_party_that_shrinks_on_the_list_may_get_its_places():
    session = a_moment(capacity=3)
    sign_up(session, children=2)
    waiting = sign_up(session, "Bob", children=2)
    changed = remove_child(
        registration_id=waiting.pk, participant_id=waiting.participants.first().pk, now=NOW
    )
    assert (changed.state, changed.places) == ("confirmed", 1)
    assert counters(session) == (3, 0, 1)


def test_with_more_or_fewer_persons():
    session = a_moment(capacity=4, activity={"counts": "persons"})
    registration = sign_up(session, children=0, places=2)
    assert change_places(registration_id=registration.pk, places=4, now=NOW).places == 4
    with pytest.raises(NoRoomError):
        change_places(registration_id=registration.pk, places=5, now=NOW)
    assert change_places(registration_id=registration.pk, places=1, now=NOW).places == 1
    assert counters(session) == (1, 0, 0)


def test_a_party_that_waits_and_is_too_large_by_now_may_come_with_fewer():
    """One child less is one step nearer, also where the moment got fewer places than the party still is."""
    session = a_moment(capacity=4, activity={"counts": "persons"})
    sign_up(session, children=0, places=2)
    waits = sign_up(session, "Bob", children=0, places=4)
    change_capacity(session_id=session.pk, capacity=2, by=None, now=NOW)
    assert change_places(registration_id=waits.pk, places=3, now=NOW).places == 3
    with pytest.raises(NoRoomError):
        change_places(registration_id=waits.pk, places=4, now=NOW)
    assert counters(session) == (2, 3, 1)


def test_a_cancelled_sign_up_does_not_grow():
    registration = sign_up(a_moment())
    cancel_registration(registration_id=registration.pk, now=NOW)
    with pytest.raises(RegistrationError, match="geannuleerd"):
        add_child(registration_id=registration.pk, child=ChildFacts("Sam"), now=NOW)
    assert registration.participants.count() == 1
