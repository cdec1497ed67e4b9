"""Many actors at one waiting list: places, offers and draws are given once, and without the lock they are not."""

import datetime as dt
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from psycopg import IsolationLevel

from activities.actions import session_lock
from activities.actions.invariants import check_invariants
from activities.actions.offered_place import OfferOverError, accept_offer
from activities.actions.schedule_change import change_schedules
from activities.actions.schedule_plan import Wish
from activities.actions.session_lock import BusyError
from activities.actions.waiting_list import Trigger, promote_session, sweep
from activities.draw import draw_at
from activities.models import Draw, Registration, Session
from config.embedded import BASE
from huizen.models import Event, Message
from huizen.outbox.deliver import deliver
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.at_once import at_once, deadlocks
from tests.factories import RegistrationFactory, ScheduleFactory, SessionFactory
from tests.faults.test_registration_races import joins, post, soon, takes_all, typed
from tests.processes import environment_for_children

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


def one_place_and_two_waiting(**about) -> Session:
    """A moment with a place that is free, and two families that wait for it."""
    session = soon(
        capacity=2,
        confirmed_count=1,
        waiting_count=2,
        waiting_last=2,
        activity={"counts": "persons", **about},
    )
    RegistrationFactory(session=session, state="confirmed")
    for turn in (1, 2):
        RegistrationFactory(session=session, state="waiting", waiting_number=turn)
    return session


def two_promote(session) -> list:
    """A click and the sweep, at the same moment."""

    def promotes(trigger):
        return lambda: len(promote_session(session_id=session.pk, now=timezone.now(), trigger=trigger))

    return at_once([promotes(Trigger.CLICK), promotes(Trigger.CLOCK)])


def test_f4_the_logbook_says_who_gave_it_and_what_was_before():
    session = one_place_and_two_waiting()
    assert sorted(two_promote(session)) == [0, 1]
    changes = Event.objects.get(verb="promoted").changes
    assert changes["confirmed_count"] == [1, 2]
    assert changes["trigger"][1] in (Trigger.CLICK, Trigger.CLOCK)


def test_f4n_without_the_lock_a_place_is_given_twice_or_the_table_refuses(monkeypatch):
    monkeypatch.setattr(session_lock, "_lock", lambda sessions: sessions)
    given = [two_promote(one_place_and_two_waiting()) for _ in range(20)]
    assert [pair for pair in given if sorted(map(str, pair)) != ["0", "1"]]
    assert set(Session.objects.values_list("confirmed_count", flat=True)) <= {1, 2}


def test_f4_offers_are_made_once_too():
    session = one_place_and_two_waiting(waiting_mode="offer")
    assert sorted(two_promote(session)) == [0, 1]
    session.refresh_from_db()
    assert (session.offered_count, Message.objects.filter(template="place_offered").count()) == (1, 1)
    assert check_invariants(now=timezone.now()) == []


def test_f12_a_yes_and_the_end_of_the_time_meet_and_one_family_has_the_place():
    session = one_place_and_two_waiting(waiting_mode="offer")
    promote_session(session_id=session.pk, now=timezone.now())
    asked = Registration.objects.get(session=session, state="offered")
    over = asked.offer_expires_at

    def says_yes():
        return accept_offer(registration_id=asked.pk, now=over - dt.timedelta(seconds=1)).state

    said, _ = at_once([says_yes, lambda: sweep(now=over)])
    asked.refresh_from_db()
    assert (said == "confirmed") == (asked.state == "confirmed")
    assert said == "confirmed" or isinstance(said, OfferOverError)
    session.refresh_from_db()
    assert session.confirmed_count + session.offered_count == 2
    assert check_invariants(now=over) == []


def test_five_sweeps_at_once_hold_one_draw():
    session = a_moment(
        capacity=5,
        activity={"waiting_order": "draw", "draw_days": 1},
        original_start=timezone.now() + dt.timedelta(days=9),
    )
    at_once(joins(session, number) for number in range(30))
    assert counters(session)[:2] == (0, 30)
    results = at_once([lambda: sweep(now=draw_at(session))] * 5)
    assert sum(each.promoted for each in results) == 5
    draw = Draw.objects.get()
    assert (len(draw.lots), sum(lot["placed"] for lot in draw.lots)) == (30, 5)
    assert (Event.objects.filter(verb="drew").count(), counters(session)) == (1, (5, 25, 60))
    assert Message.objects.filter(template="registration_drawn").count() == 25


def test_f6n_without_the_lock_the_table_still_knows_a_family_once(monkeypatch):
    monkeypatch.setattr(session_lock, "_lock", lambda sessions: sessions)
    sessions = [soon(capacity=10) for _ in range(10)]
    results = [each for session in sessions for each in at_once([joins(session, 7)] * 2)]
    assert [each for each in results if isinstance(each, IntegrityError)]
    assert {session.registrations.count() for session in sessions} == {1}


def test_f7_a_changed_rule_meets_families_that_take_all_its_moments():
    first, before = soon(capacity=20), deadlocks()
    activity, start = first.activity, timezone.localtime(first.starts_at)
    days = [start.date() + dt.timedelta(days=number) for number in range(1, 11)]
    rule = ScheduleFactory(activity=activity, kind="dates", dates=days)
    for day in days:
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
        SessionFactory(activity=activity, schedule=rule, original_start=at, capacity=20)

    def changes_the_rule():
        rule.starts_at = dt.time(10)
        return change_schedules(activity=activity, wish=Wish(saved=(rule,)), by=None, now=timezone.now())

    acts = [takes_all(activity, number) for number in range(30)] + [changes_the_rule]
    random.Random(7).shuffle(acts)
    results = at_once(acts, threads=12)
    assert [each for each in results if isinstance(each, Exception) and not isinstance(each, BusyError)] == []
    assert (deadlocks(), check_invariants(now=timezone.now())) == (before, [])


#: A process that cancels a sign-up and is killed before it does anything else.
DIES = """
import os, signal, sys, uuid
import django
django.setup()
from django.utils import timezone
from activities.actions.registration_change import cancel_registration
cancel_registration(registration_id=uuid.UUID(sys.argv[1]), now=timezone.now())
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_f9_a_process_that_is_killed_after_the_cancellation_leaves_the_mail_for_the_next_tick(smtp_sink):
    """The letter stands in the same commit as the place: what comes after the commit may be lost."""
    session = soon(capacity=1)
    gone, _ = [sign_up(session, name, now=timezone.now()) for name in ("Alice", "Bob")]
    Message.objects.all().delete()
    environment = environment_for_children() | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    dead = subprocess.run([sys.executable, "-c", DIES, str(gone.pk)], cwd=BASE, env=environment, check=False)
    assert (dead.returncode, smtp_sink.received) == (-signal.SIGKILL, [])
    for _ in range(2):
        deliver(clock=timezone.now, until=timezone.now() + dt.timedelta(minutes=1))
    assert [mail.recipients for mail in smtp_sink.accepted].count(("bob@voorbeeld.example",)) == 1
    assert Event.objects.filter(verb="promoted").count() == 1


def test_f11_ten_seconds_of_somebody_elses_lock_are_not_waited_for():
    session = soon(capacity=10)
    held, done = threading.Event(), threading.Event()

    def holds():
        try:
            with transaction.atomic():
                Session.objects.select_for_update().get(pk=session.pk)
                held.set()
                done.wait(10)
        finally:
            connections.close_all()

    keeper = threading.Thread(target=holds)
    keeper.start()
    held.wait(10)
    began = time.monotonic()
    answer = post(session, 1, typed(1))()
    seconds = time.monotonic() - began
    still_held = keeper.is_alive()
    done.set()
    keeper.join()
    assert (answer.status_code, bool(answer["Retry-After"]), still_held) == (503, True, True)
    assert seconds < 4
    assert 'value="ouder1@voorbeeld.example"' in answer.content.decode()
    assert Registration.objects.count() == 0


def test_f11n_without_its_patience_a_visitor_would_wait_as_long_as_the_lock_is_held(monkeypatch):
    monkeypatch.setattr(session_lock, "PATIENCE", 60)
    session = soon(capacity=10)
    held = threading.Event()

    def holds():
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=session.pk)
            held.set()
            time.sleep(5)  # longer than the four seconds in which every visitor has her answer

    def waits():
        held.wait(10)
        began = time.monotonic()
        post(session, 1, typed(1))()
        return time.monotonic() - began

    assert at_once([holds, waits])[1] > 4


def test_f2_every_connection_reads_what_is_committed_and_another_level_does_not_start(settings, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        assert cursor.fetchone() == ("read committed",)
    call_command("check")
    options = settings.DATABASES["default"]["OPTIONS"]
    monkeypatch.setitem(options, "isolation_level", IsolationLevel.REPEATABLE_READ)
    with pytest.raises(SystemCheckError, match=r"activities\.E001"):
        call_command("check")
