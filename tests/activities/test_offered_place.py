"""A place that is offered first: the family says yes in time, or the next one is asked."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from activities.actions.invariants import check_invariants
from activities.actions.offered_place import OfferOverError, accept_offer
from activities.actions.registration import TooLateError
from activities.actions.registration_change import cancel_registration
from activities.actions.registration_mail import manage_path
from activities.actions.session_change import (
    SessionChangeError,
    cancel_session,
    change_capacity,
    restore_session,
)
from activities.actions.waiting_list import sweep
from activities.models import Registration, Session
from huizen.models import Event, Message
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import NOW

pytestmark = pytest.mark.django_db
OFFERS = {"waiting_mode": "offer", "offer_hours": 24}


def offered(*, now=NOW, waiting=("Bob", "Charlie"), days=5, **facts):
    """A full moment of which a place came free, and the family that may have it."""
    start = now + dt.timedelta(days=days)
    session = a_moment(capacity=1, activity=OFFERS, original_start=start, **facts)
    first = sign_up(session, now=now)
    for name in waiting:
        sign_up(session, name, now=now)
    cancel_registration(registration_id=first.pk, now=now)
    session.refresh_from_db()
    return session, Registration.objects.get(session=session, name="Bob")


def states(session) -> dict[str, str]:
    return dict(session.registrations.values_list("name", "state"))


def test_who_is_next_is_asked_and_the_place_counts_as_taken():
    session, bob = offered()
    assert (bob.state, bob.offer_expires_at) == ("offered", NOW + dt.timedelta(hours=24))
    assert (counters(session), session.offered_count, session.free) == ((0, 1, 2), 1, 0)
    mail = Message.objects.get(template="place_offered")
    assert (mail.recipient, mail.calendar) == ("bob@voorbeeld.example", "")
    event = Event.objects.get(verb="offered")
    assert event.changes["trigger"] == [None, "een gezin meldde zich af"]
    assert check_invariants(now=NOW) == []
    assert sweep(now=NOW).promoted == 0


def test_yes_in_time_is_a_place_and_twice_is_once():
    session, bob = offered()
    for _ in range(2):
        assert accept_offer(registration_id=bob.pk, now=NOW + dt.timedelta(hours=23)).state == "confirmed"
    assert (counters(session), session.offered_count) == ((1, 1, 2), 0)
    assert Message.objects.filter(template="registration_promoted").count() == 1
    assert check_invariants(now=NOW) == []


def test_no_gives_it_to_the_next_at_once():
    session, bob = offered()
    cancel_registration(registration_id=bob.pk, now=NOW)
    assert states(session) == {"Alice": "cancelled", "Bob": "cancelled", "Charlie": "offered"}
    assert check_invariants(now=NOW) == []


def test_no_answer_in_time_gives_it_to_the_next_and_says_so():
    session, bob = offered()
    over = bob.offer_expires_at
    with pytest.raises(OfferOverError, match="De tijd om te antwoorden is voorbij"):
        accept_offer(registration_id=bob.pk, now=over)
    assert sweep(now=over - dt.timedelta(seconds=1)).promoted == 0
    assert sweep(now=over).promoted == 1
    bob.refresh_from_db()
    assert (bob.state, bob.cancelled_by) == ("cancelled", "clock")
    assert states(session)["Charlie"] == "offered"
    assert Message.objects.get(template="place_expired").recipient == "bob@voorbeeld.example"
    assert check_invariants(now=over) == []


def test_f12_near_the_beginning_the_place_is_given_at_once_and_after_it_nothing_is():
    session, bob = offered(days=0.4)
    assert (bob.state, session.offered_count) == ("confirmed", 0)
    session, bob = offered()
    with pytest.raises(TooLateError):
        accept_offer(registration_id=bob.pk, now=session.starts_at)
    assert sweep(now=session.starts_at).promoted == 0
    assert states(session) == {"Alice": "cancelled", "Bob": "cancelled", "Charlie": "waiting"}


def test_who_gave_only_a_telephone_number_cannot_be_asked_and_has_the_place():
    session = a_moment(capacity=1, activity=OFFERS, original_start=NOW + dt.timedelta(days=5))
    first = sign_up(session)
    waits = sign_up(session, "Bob")
    Registration.objects.filter(pk=waits.pk).update(email="", phone="0470123456")
    cancel_registration(registration_id=first.pk, now=NOW)
    assert states(session)["Bob"] == "confirmed"


def test_a_moment_that_is_called_off_takes_its_offers_back_and_makes_them_again():
    session, _ = offered()
    cancel_session(session_id=session.pk, reason="Ziek.", by=None, now=NOW)
    session.refresh_from_db()
    assert (states(session)["Bob"], session.offered_count) == ("waiting", 0)
    restore_session(session_id=session.pk, by=None, now=NOW)
    assert states(session)["Bob"] == "offered"
    assert check_invariants(now=NOW) == []


def test_a_place_that_is_offered_cannot_be_taken_away():
    session, _ = offered(waiting=("Bob",))
    Session.objects.filter(pk=session.pk).update(capacity=3)
    sign_up(session, "Dora", children=2)
    with pytest.raises(SessionChangeError, match="Er zijn al 3 plaatsen bezet"):
        change_capacity(session_id=session.pk, capacity=2, by=None, now=NOW)


def test_the_table_itself_counts_what_is_offered():
    session, _ = offered()
    with pytest.raises(IntegrityError, match="session_promises_fit"):
        Session.objects.filter(pk=session.pk).update(confirmed_count=1)


def test_looking_at_the_link_changes_nothing_and_the_button_does():
    session, bob = offered(now=timezone.now())
    visitor, path = Client(), manage_path(bob)
    text = visitor.get(path).content.decode()
    assert "Er is een plaats. Komen jullie?" in text
    assert "Zeg ja voor " in text
    assert states(session)["Bob"] == "offered"
    assert visitor.post(path, {"wat": "aanvaard"}).status_code == 302
    assert states(session)["Bob"] == "confirmed"


def test_too_late_is_said_in_a_sentence():
    session, bob = offered(now=timezone.now())
    Registration.objects.filter(pk=bob.pk).update(offer_expires_at=timezone.now() - dt.timedelta(minutes=1))
    answer = Client().post(manage_path(bob), {"wat": "aanvaard"}, follow=True)
    assert "De tijd om te antwoorden is voorbij." in answer.content.decode()
    assert session.registrations.filter(state="confirmed").count() == 0
