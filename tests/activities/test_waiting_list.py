"""Who waits longest gets the first place that is free and large enough."""

import datetime as dt

import pytest

from activities.actions.registration_change import cancel_registration
from activities.actions.session_change import change_capacity
from activities.actions.waiting_list import movable, position, promote_session, sweep
from activities.models import Registration, Session
from activities.tasks import sweep_waiting_lists
from huizen.models import Event, Message
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db


def states(session) -> dict[str, str]:
    return dict(session.registrations.values_list("name", "state"))


def test_a_place_that_comes_free_goes_to_who_waits_longest():
    session = a_moment(capacity=1)
    first = sign_up(session)
    for name in ("Bob", "Charlie"):
        sign_up(session, name)
    cancel_registration(registration_id=first.pk, now=NOW)
    assert states(session) == {"Alice": "cancelled", "Bob": "confirmed", "Charlie": "waiting"}
    assert counters(session) == (1, 1, 2)


def test_who_gets_a_place_hears_it_with_a_calendar_file():
    session = a_moment(capacity=1)
    first = sign_up(session)
    sign_up(session, "Bob")
    cancel_registration(registration_id=first.pk, now=NOW)
    mail = Message.objects.get(template="registration_promoted")
    assert (mail.recipient, mail.category) == ("bob@voorbeeld.example", "place_free")
    assert f"UID:{session.ical_uid}" in mail.calendar
    assert Registration.objects.get(name="Bob").promoted_at == NOW


def test_a_party_that_is_too_large_keeps_its_turn_and_the_logbook_says_why():
    session = a_moment(capacity=3)
    first = sign_up(session)
    sign_up(session, "Bob", children=2)
    sign_up(session, "Dora", children=3)
    sign_up(session, "Emma")
    cancel_registration(registration_id=first.pk, now=NOW)
    assert states(session) == {
        "Alice": "cancelled",
        "Bob": "confirmed",
        "Dora": "waiting",
        "Emma": "confirmed",
    }
    event = Event.objects.get(verb="promoted")
    assert event.reason == "te groot voor de vrije plaatsen: nummer 1"
    assert event.changes["waiting_number"] == [2, None]
    assert position(Registration.objects.get(name="Dora")) == 1


def test_more_places_let_the_list_move():
    session = a_moment(capacity=1)
    for name in ("Alice", "Bob", "Charlie"):
        sign_up(session, name)
    change_capacity(session_id=session.pk, capacity=2, by=None, now=NOW)
    assert states(session) == {"Alice": "confirmed", "Bob": "confirmed", "Charlie": "waiting"}
    change_capacity(session_id=session.pk, capacity=None, by=None, now=NOW)
    assert set(states(session).values()) == {"confirmed"}
    assert counters(session) == (3, 0, 2)


def test_nobody_is_promoted_once_it_began_or_when_it_is_off():
    session = a_moment(capacity=1)
    sign_up(session)
    sign_up(session, "Bob")
    Session.objects.filter(pk=session.pk).update(capacity=2)
    assert promote_session(session_id=session.pk, now=session.starts_at) == []
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    assert promote_session(session_id=session.pk, now=NOW) == []
    assert counters(session) == (1, 1, 1)


def test_the_sweep_gives_what_stayed_free():
    session = a_moment(capacity=2)
    sign_up(session)
    sign_up(session, "Bob", children=2)
    sign_up(session, "Charlie")
    assert sweep(now=NOW) == (1, 0)
    assert states(session) == {"Alice": "confirmed", "Bob": "waiting", "Charlie": "confirmed"}
    assert sweep(now=NOW) == (0, 0)


def test_the_sweep_leaves_alone_where_nobody_fits():
    session = a_moment(capacity=2)
    sign_up(session)
    sign_up(session, "Bob", children=2)
    assert list(movable(now=NOW)) == []
    Session.objects.filter(pk=session.pk).update(capacity=3)
    assert list(movable(now=NOW)) == [session]
    assert list(movable(now=session.starts_at)) == []


def test_the_clock_sweeps(settings):
    session = a_moment(capacity=1, starts_at=NOW + dt.timedelta(days=36500))
    sign_up(session)
    sign_up(session, "Bob")
    Session.objects.filter(pk=session.pk).update(capacity=2)
    assert sweep_waiting_lists() == (1, 0)


def test_a_member_of_the_house_stands_in_the_logbook():
    session, coordinator = a_moment(capacity=1), UserFactory()
    sign_up(session)
    sign_up(session, "Bob")
    Session.objects.filter(pk=session.pk).update(capacity=2)
    promote_session(session_id=session.pk, by=coordinator, now=NOW)
    assert Event.objects.get(verb="promoted").actor == coordinator
