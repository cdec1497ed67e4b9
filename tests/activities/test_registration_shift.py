"""A family gets another moment: places are kept true in both, and everybody hears what concerns them."""

import datetime as dt
import uuid

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from activities.actions.invariants import check_invariants
from activities.actions.registration import AlreadyRegisteredError, NoRoomError, RegistrationError
from activities.actions.registration_change import cancel_registration
from activities.actions.registration_shift import shift_registration
from activities.models import Registration, Session
from huizen.models import Event, Message, PlannedMessage
from huizen.roles import Role
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.factories import NOW, MembershipFactory, SessionFactory

pytestmark = pytest.mark.django_db


def two_moments(*capacities, now=NOW) -> list[Session]:
    """Two moments of one activity, tomorrow and next week."""
    first = a_moment(capacity=capacities[0], original_start=now + dt.timedelta(days=1))
    return [
        first,
        SessionFactory(
            activity=first.activity, original_start=now + dt.timedelta(days=8), capacity=capacities[1]
        ),
    ]


def shift(registration, to, *, now=NOW):
    return shift_registration(registration_id=registration.pk, to=to.pk, by=None, now=now)


def test_the_place_moves_along_and_who_waits_gets_the_one_that_is_left():
    left, to = two_moments(2, 5)
    alice, bob = sign_up(left, children=2), sign_up(left, "Bob")
    shift(alice, to)
    bob.refresh_from_db()
    assert (counters(left), counters(to), bob.state) == ((1, 0, 1), (2, 0, 0), "confirmed")
    assert check_invariants(now=NOW) == []


def test_one_mail_tells_the_old_and_the_new_with_both_in_its_file():
    left, to = two_moments(2, 5)
    alice = sign_up(left)
    for _ in range(2):
        shift(alice, to)
    mail = Message.objects.get(template="registration_shifted")
    assert ("5 maart" in mail.context["old_when"], "12 maart" in mail.context["when"]) == (True, True)
    events = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert [(str(each["UID"]), str(each["STATUS"])) for each in events] == [
        (str(left.ical_uid), "CANCELLED"),
        (str(to.ical_uid), "CONFIRMED"),
    ]
    assert Event.objects.filter(verb="shifted").count() == 1


def test_the_reminder_is_of_the_new_moment():
    left, to = two_moments(2, 5)
    alice = sign_up(left)
    shift(alice, to)
    planned = PlannedMessage.objects.filter(state="planned", kind="session_reminder")
    assert [timezone.localdate(each.due_at) for each in planned] == [dt.date(2026, 3, 11)]


def test_who_waits_gets_a_place_there():
    left, to = two_moments(1, 5)
    sign_up(left)
    bob = sign_up(left, "Bob")
    moved = shift(bob, to)
    assert (moved.state, moved.waiting_number, counters(left), counters(to)) == (
        "confirmed",
        None,
        (1, 0, 1),
        (1, 0, 0),
    )


def full(left, to):
    sign_up(to, "Zoe", children=2)


def others_wait(left, to):
    sign_up(to, "Zoe")
    sign_up(to, "Yara", children=2)


def signed_up_there_too(left, to):
    sign_up(to)


def called_off(left, to):
    Session.objects.filter(pk=to.pk).update(status="cancelled")


def begun(left, to):
    Session.objects.filter(pk=to.pk).update(starts_at=NOW - dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("before", "error", "sentence"),
    [
        (full, NoRoomError, "niet genoeg plaats"),
        (others_wait, NoRoomError, "niet genoeg plaats"),
        (signed_up_there_too, AlreadyRegisteredError, "al ingeschreven"),
        (called_off, RegistrationError, "nog komt en doorgaat"),
        (begun, RegistrationError, "nog komt en doorgaat"),
    ],
)
def test_what_cannot_be_changes_nothing(before, error, sentence):
    left, to = two_moments(5, 2)
    alice = sign_up(left)
    before(left, to)
    at = [counters(left), counters(to)]
    with pytest.raises(error, match=sentence):
        shift(alice, to)
    alice.refresh_from_db()
    assert (alice.session, [counters(left), counters(to)]) == (left, at)


def test_neither_another_activity_nor_what_is_cancelled_or_over():
    left, to = two_moments(5, 5)
    alice = sign_up(left)
    with pytest.raises(RegistrationError, match="dezelfde activiteit"):
        shift(alice, a_moment())
    with pytest.raises(RegistrationError, match="al voorbij"):
        shift(alice, to, now=left.ends_at)
    cancel_registration(registration_id=alice.pk, now=NOW)
    with pytest.raises(RegistrationError, match="geannuleerd"):
        shift(alice, to)


class TestCapacity(TestCase):
    """However families sign up and move: no moment is ever over its capacity, and counters are what is there."""

    @settings(max_examples=25, deadline=None)
    @given(
        st.tuples(st.integers(1, 4), st.integers(1, 4)),
        st.lists(st.tuples(st.integers(1, 2), st.integers(0, 1)), max_size=6),
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 1)), max_size=8),
    )
    def test_places_are_kept_true(self, capacities, parties, moves):
        moments, rows = two_moments(*capacities), []
        for number, (children, at) in enumerate(parties):
            children = min(children, capacities[at])
            rows.append(sign_up(moments[at], f"Ouder{number}", children=children))
        for number, at in moves:
            if number < len(rows):
                try:
                    shift(rows[number], moments[at])
                except RegistrationError:
                    continue
        assert check_invariants(now=NOW) == []
        for moment in moments:
            moment.refresh_from_db()
            assert moment.confirmed_count <= moment.capacity


@pytest.fixture
def moments():
    return two_moments(2, 5, now=timezone.now())


@pytest.fixture
def alice(moments):
    return sign_up(moments[0], now=timezone.now())


@pytest.fixture
def staff(client, moments):
    client.force_login(MembershipFactory(house=moments[0].activity.house, role=Role.STAFF).user)
    return client


def url(registration):
    return reverse("registration_shift", args=[registration.pk])


def test_the_page_shows_where_the_family_fits_and_moves_it(staff, moments, alice):
    assert "5 plaatsen vrij" in staff.get(url(alice)).content.decode()
    answer = staff.post(url(alice), {"to": moments[1].pk}, follow=True)
    assert "Alice heeft nu een plaats in dit moment." in answer.content.decode()
    assert Registration.objects.get().session == moments[1]


@pytest.mark.parametrize(
    ("to", "sentence"),
    [("", "Kies een moment."), ("9" * 30, "Daar is geen plaats meer."), ("\x00", "Null-tekens")],
)
def test_a_wrong_moment_is_said(staff, alice, moments, to, sentence):
    assert sentence in staff.post(url(alice), {"to": to}).content.decode()
    assert Registration.objects.get().session == moments[0]


def test_others_are_kept_out(client, alice):
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)
    assert client.post(url(alice)).status_code == 404
    client.force_login(MembershipFactory(house=alice.session.activity.house, role=Role.PARTNER_EDITOR).user)
    assert client.post(url(alice)).status_code == 403
    client.logout()
    assert "/aanmelden/" in client.post(url(alice)).headers["Location"]
    assert client.get(reverse("registration_shift", args=[uuid.uuid4()])).status_code == 302
