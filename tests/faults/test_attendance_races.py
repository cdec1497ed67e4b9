"""Two members of a House at once: at the same list, and with the last place of another moment."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from activities.actions import session_lock
from activities.actions.attendance import Mark, mark_attendance, mark_rest
from activities.actions.broadcast import send_broadcast
from activities.actions.headcount import count_heads
from activities.actions.invariants import check_invariants
from activities.actions.registration import NoRoomError
from activities.actions.registration_shift import shift_registration
from activities.models import Attendance, Broadcast, Headcount, Participant, Registration
from huizen.models import Message
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.at_once import at_once, deadlocks
from tests.factories import SessionFactory
from tests.faults.test_registration_races import soon

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


def moves(registration, to):
    return lambda: shift_registration(registration_id=registration.pk, to=to.pk, by=None, now=timezone.now())


def a_full_moment_and_one_with_a_last_place():
    left = soon(capacity=20)
    to = SessionFactory(
        activity=left.activity, original_start=left.starts_at + dt.timedelta(days=7), capacity=1
    )
    return left, to, [sign_up(left, f"Ouder{number}", now=timezone.now()) for number in range(20)]


def test_twenty_moves_to_the_last_place_give_it_once():
    left, to, rows = a_full_moment_and_one_with_a_last_place()
    results = at_once(moves(row, to) for row in rows)
    assert len([each for each in results if isinstance(each, Registration)]) == 1
    assert len([each for each in results if isinstance(each, NoRoomError)]) == 19
    assert (counters(left)[0], counters(to)[0], check_invariants(now=timezone.now())) == (19, 1, [])


def test_without_the_lock_the_same_moves_break_on_the_last_line_of_defence(monkeypatch):
    _, to, rows = a_full_moment_and_one_with_a_last_place()
    monkeypatch.setattr(session_lock, "_lock", lambda sessions: sessions)
    results = at_once(moves(row, to) for row in rows)
    assert [each for each in results if isinstance(each, IntegrityError)]


def test_families_that_change_places_never_wait_in_a_circle():
    before = deadlocks()
    left = soon(capacity=40)
    to = SessionFactory(
        activity=left.activity, original_start=left.starts_at + dt.timedelta(days=7), capacity=40
    )
    there = [sign_up(left, f"Heen{number}", now=timezone.now()) for number in range(15)]
    back = [sign_up(to, f"Weer{number}", now=timezone.now()) for number in range(15)]
    pairs = zip(there, back, strict=True)
    results = at_once(act for one, other in pairs for act in (moves(one, to), moves(other, left)))
    assert [each for each in results if isinstance(each, Exception)] == []
    assert (deadlocks(), check_invariants(now=timezone.now())) == (before, [])
    assert (counters(left)[0], counters(to)[0]) == (15, 15)


def taps(session, mark):
    return lambda: mark_attendance(session_id=session.pk, marks=[mark], by=None, now=session.starts_at)


def test_thirty_taps_at_once_are_all_kept():
    session = a_moment(original_start=timezone.now() + dt.timedelta(minutes=5))
    rows = [sign_up(session, f"Ouder{n}", children=3, now=timezone.now()) for n in range(10)]
    children = list(Participant.objects.order_by("pk"))
    marks = [Mark(child.registration_id, child.pk, "present") for child in children]
    results = at_once(taps(session, mark) for mark in marks)
    assert [each for each in results if isinstance(each, Exception)] == []
    assert sorted(Attendance.objects.values_list("children", flat=True)) == [3] * len(rows)


def test_everybody_was_there_leaves_what_another_taps_meanwhile():
    session = a_moment(original_start=timezone.now() + dt.timedelta(minutes=5))
    rows = [sign_up(session, f"Ouder{n}", now=timezone.now()) for n in range(10)]
    marks = [Mark(row.pk, row.participants.get().pk, "absent") for row in rows]
    acts = [taps(session, mark) for mark in marks]
    acts.insert(5, lambda: mark_rest(session_id=session.pk, state="present", by=None, now=session.starts_at))
    at_once(acts)
    assert set(Participant.objects.values_list("came", flat=True)) == {"absent"}


def test_fifty_heads_counted_by_two_are_fifty():
    session = a_moment(original_start=timezone.now() + dt.timedelta(minutes=5))

    def counts():
        return count_heads(session_id=session.pk, steps={"children": 1}, by=None, now=session.starts_at)

    assert [each for each in at_once([counts] * 50) if isinstance(each, Exception)] == []
    assert Headcount.objects.get().children == 50


def test_a_double_click_on_send_writes_each_family_once():
    session = soon(capacity=20)
    for number in range(5):
        sign_up(session, f"Ouder{number}", now=timezone.now())
    key = uuid.uuid4()

    def sends():
        return send_broadcast(
            key=key,
            activity=session.activity,
            session=session,
            audience="confirmed",
            subject="Andere zaal",
            text="Zaal 2.",
            by=None,
            now=timezone.now(),
        )

    assert [each for each in at_once([sends] * 4) if isinstance(each, Exception)] == []
    assert Broadcast.objects.count() == 1
    assert Message.objects.filter(template="participants_message").count() == 5
