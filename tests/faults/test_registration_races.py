"""Many families at once: real threads, a connection each, and a negative control that must break.

Without its lock the same code must fail, else these tests would prove nothing.
"""

import datetime as dt
import random
import threading
import time
import uuid

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from activities.actions import session_lock
from activities.actions.contact import Contact
from activities.actions.hold import hold_places
from activities.actions.invariants import check_invariants
from activities.actions.party import ChildFacts
from activities.actions.registration import AlreadyRegisteredError
from activities.actions.registration_change import cancel_registration
from activities.actions.reminder import reconcile
from activities.actions.series import join_series
from activities.actions.session_change import SessionChangeError, change_capacity
from activities.actions.session_lock import BusyError
from activities.actions.waiting_list import promote_session, sweep
from activities.models import Registration, Series, Session
from huizen.models import Event, Message, PlannedMessage
from tests.activities.sign_ups import a_moment, counters, sign_up
from tests.at_once import at_once, deadlocks
from tests.factories import RegistrationFactory, ScheduleFactory, SessionFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]

FAMILIES = 200


def soon(**facts) -> Session:
    return a_moment(original_start=timezone.now() + dt.timedelta(days=5), **facts)


def joins(session, number: int):
    return lambda: sign_up(session, f"Ouder{number}", now=timezone.now())


def takes_all(activity, number: int):
    """A family that signs up for every moment of an activity."""
    return lambda: join_series(
        activity=activity,
        contact=Contact(f"Vast {number}", f"vast{number}@voorbeeld.example"),
        children=[ChildFacts("Noor")],
        form_key=uuid.uuid4(),
        now=timezone.now(),
    )


def post(session, number: int, form: dict | None = None):
    """A visitor of her own address who sends the form."""

    def send():
        visitor = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        return visitor.post(f"/momenten/{session.pk}/inschrijven/", form or typed(number))

    return send


def typed(number: int) -> dict:
    return {
        "sleutel": str(uuid.uuid4()),
        "name": f"Ouder {number}",
        "email": f"ouder{number}@voorbeeld.example",
        "rijen": "1",
        "kind-0-first_name": "Noor",
    }


def numbers(session, **where) -> list[int]:
    rows = session.registrations.filter(waiting_number__isnull=False, **where)
    return sorted(rows.values_list("waiting_number", flat=True))


def test_f1_two_hundred_families_and_ten_places():
    session = soon(capacity=10)
    answers = at_once(post(session, number) for number in range(FAMILIES))
    assert {answer.status_code for answer in answers} == {302}
    assert counters(session) == (10, 190, 190)
    assert numbers(session) == list(range(1, 191))
    assert session.registrations.filter(state="confirmed").count() == 10
    assert Message.objects.count() == FAMILIES
    assert check_invariants(now=timezone.now()) == []


def test_f1n_without_the_lock_it_breaks_and_the_table_still_holds(monkeypatch):
    session = soon(capacity=10)
    monkeypatch.setattr(session_lock, "_lock", lambda sessions: sessions)
    results = at_once(joins(session, number) for number in range(FAMILIES))
    assert [each for each in results if isinstance(each, IntegrityError)]
    confirmed = session.registrations.filter(state="confirmed").count()
    assert (confirmed <= 10, counters(session)[0]) == (True, confirmed)


def opens(session, key: uuid.UUID):
    return lambda: hold_places(session_id=session.pk, form_key=key, now=timezone.now())


def test_f1h_two_hundred_forms_hold_no_more_than_their_share_and_every_holder_gets_in():
    session = soon(capacity=10)
    keys = [uuid.uuid4() for _ in range(FAMILIES)]
    holds = [each for each in at_once(opens(session, key) for key in keys) if each]
    session.refresh_from_db()
    assert (len(holds), session.held_count) == (3, 3)
    acts = [post(session, number, typed(number) | {"sleutel": str(key)}) for number, key in enumerate(keys)]
    random.Random(1).shuffle(acts)
    assert {answer.status_code for answer in at_once(acts)} == {302}
    holders = session.registrations.filter(form_key__in=[hold.pk for hold in holds])
    assert set(holders.values_list("state", flat=True)) == {"confirmed"}
    assert counters(session) == (10, 190, 190)
    assert (session.held_count, check_invariants(now=timezone.now())) == (0, [])


def test_f1hn_without_the_lock_holds_break_and_the_table_still_holds(monkeypatch):
    session = soon(capacity=10)
    monkeypatch.setattr(session_lock, "_lock", lambda sessions: sessions)
    keys = [uuid.uuid4() for _ in range(FAMILIES)]
    results = at_once([opens(session, key) for key in keys] + [joins(session, n) for n in range(FAMILIES)])
    held = sum(1 for each in results[:FAMILIES] if each and not isinstance(each, Exception))
    assert held > 3 or [each for each in results if isinstance(each, IntegrityError)]
    session.refresh_from_db()
    assert session.confirmed_count + session.held_count <= 10


def test_f7_fifty_families_take_ten_moments_at_once_while_others_come_and_go():
    session, before = soon(capacity=20), deadlocks()
    activity = session.activity
    rule = ScheduleFactory(activity=activity, kind="dates")
    sessions = [
        SessionFactory(
            activity=activity,
            schedule=rule,
            original_start=session.starts_at + dt.timedelta(days=day),
            capacity=20,
        )
        for day in range(1, 11)
    ]

    acts = [takes_all(activity, number) for number in range(50)]
    acts += [joins(each, number) for number, each in enumerate(sessions * 2)]
    random.Random(7).shuffle(acts)
    results = at_once(acts, threads=20)
    # Who had to wait for longer than a visitor should gets a sentence; nothing of it is half done.
    assert [each for each in results if isinstance(each, Exception) and not isinstance(each, BusyError)] == []
    assert deadlocks() == before
    assert check_invariants(now=timezone.now()) == []
    for each in Series.objects.all():
        assert each.registrations.count() == 11


def torn(session) -> list[tuple]:
    """Looks at the counters and the rows in one statement; empty when they agree, as after every commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT capacity, confirmed_count, waiting_count, sum_confirmed, sum_waiting
            FROM (
                SELECT session.*,
                    coalesce(sum(places) FILTER (WHERE state = 'confirmed'), 0) AS sum_confirmed,
                    coalesce(sum(places) FILTER (WHERE state = 'waiting'), 0) AS sum_waiting
                FROM activities_session session
                LEFT JOIN activities_registration registration ON registration.session_id = session.id
                WHERE session.id = %s
                GROUP BY session.id
            ) AS counted
            WHERE confirmed_count <> sum_confirmed OR waiting_count <> sum_waiting OR sum_confirmed > capacity
            """,
            [session.pk],
        )
        return cursor.fetchall()


def watch(session, done: threading.Event, seen: list) -> None:
    """A reader beside the writers: every look is a moment between two commits."""
    try:
        while not done.is_set():
            seen.append(torn(session))
            time.sleep(0.002)  # leaves the writers some of the processor
    finally:
        connections.close_all()


def test_f3_sign_ups_cancellations_and_other_capacities_at_once():
    session, before = soon(capacity=10), deadlocks()
    first = [sign_up(session, f"Eerste{number}", now=timezone.now()) for number in range(60)]

    def leaves(registration):
        return lambda: cancel_registration(registration_id=registration.pk, now=timezone.now())

    def gets(capacity):
        return lambda: change_capacity(session_id=session.pk, capacity=capacity, by=None, now=timezone.now())

    acts = [joins(session, number) for number in range(FAMILIES)] + [leaves(each) for each in first]
    acts += [gets(15), gets(8)]
    random.Random(3).shuffle(acts)
    done, seen = threading.Event(), []
    watcher = threading.Thread(target=watch, args=(session, done, seen))
    watcher.start()
    results = at_once(acts)
    done.set()
    watcher.join()
    errors = [each for each in results if isinstance(each, Exception)]
    assert [each for each in errors if not isinstance(each, SessionChangeError)] == []
    assert (len(seen) > 20, [look for look in seen if look]) == (True, [])
    assert check_invariants(now=timezone.now()) == []
    promoted = Event.objects.filter(verb="promoted").order_by("pk").values_list("changes", flat=True)
    order = [changes["waiting_number"][0] for changes in promoted]
    assert (len(order) > 0, order) == (True, sorted(order))
    assert not sweep(now=timezone.now()).promoted
    assert deadlocks() == before


def full_with_two_waiting() -> list[Registration]:
    """The rows of a moment with one family inside and two on the list, and a second place that came free."""
    session = soon(capacity=2, confirmed_count=1, waiting_count=2, waiting_last=2)
    return [
        RegistrationFactory.build(session=session, state="confirmed"),
        *(
            RegistrationFactory.build(session=session, state="waiting", waiting_number=turn)
            for turn in (1, 2)
        ),
    ]


def test_f4_a_click_and_the_sweep_give_a_place_once():
    rows = [full_with_two_waiting() for _ in range(100)]
    Registration.objects.bulk_create(row for three in rows for row in three)
    sessions = [three[0].session for three in rows]
    both = threading.Barrier(2)

    def promotes():
        given = []
        for session in sessions:
            both.wait(30)
            given.append(len(promote_session(session_id=session.pk, now=timezone.now())))
        return given

    click, clock = at_once([promotes, promotes])
    assert [sum(pair) for pair in zip(click, clock, strict=True)] == [1] * 100
    assert {counters(session) for session in sessions} == {(2, 1, 2)}
    first = Registration.objects.filter(waiting_number=1)
    assert set(first.values_list("state", flat=True)) == {"confirmed"}
    assert Message.objects.filter(template="registration_promoted").count() == 100


def test_f4_two_sweeps_at_once_give_each_place_once():
    session = soon(capacity=1)
    for number in range(30):
        sign_up(session, f"Ouder{number}", now=timezone.now())
    Session.objects.filter(pk=session.pk).update(capacity=21)
    results = at_once([lambda: sweep(now=timezone.now())] * 5)
    assert sum(each.promoted for each in results) == 20
    assert counters(session) == (21, 9, 29)


def test_f5_the_same_form_five_times_at_once_and_once_more_later():
    session, form = soon(capacity=10), typed(1)
    answers = at_once(post(session, number, form) for number in range(5))
    answers.append(post(session, 1, form)())
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, answers[0]["Location"])}
    assert (Registration.objects.count(), Message.objects.count(), counters(session)) == (1, 1, (1, 0, 0))


def test_f6_one_family_from_two_browsers():
    session = soon(capacity=10)
    results = at_once([joins(session, 7), joins(session, 7)])
    assert sorted(type(each).__name__ for each in results) == ["AlreadyRegisteredError", "Registration"]
    (refused,) = [each for each in results if isinstance(each, AlreadyRegisteredError)]
    assert str(refused) == "Je bent al ingeschreven voor dit moment. We mailden je de link opnieuw."
    assert counters(session) == (1, 0, 0)


def holder_of(session):
    """Who holds a moment until it is told to let go; and how one hears that it does, and tells it."""
    held, release = threading.Event(), threading.Event()

    def holds():
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=session.pk)
            held.set()
            release.wait(10)

    return holds, held, release


def test_f11_a_lock_that_somebody_holds_is_answered_in_time_with_the_form_kept():
    session = soon(capacity=10)
    holds, held, release = holder_of(session)

    def waits():
        held.wait(10)
        began = time.monotonic()
        try:
            answer = post(session, 1, typed(1) | {"name": "Wachtende Alice"})()
            return answer, time.monotonic() - began
        finally:
            release.set()

    _, (answer, seconds) = at_once([holds, waits])
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert seconds < 4
    text = answer.content.decode()
    assert "Het is nu heel druk." in text
    assert 'value="Wachtende Alice"' in text
    assert (counters(session), Registration.objects.count(), Message.objects.count()) == ((0, 0, 0), 0, 0)


def test_f11_the_sweep_passes_by_what_is_busy():
    session = soon(capacity=1)
    for name in ("Alice", "Bob"):
        sign_up(session, name, now=timezone.now())
    Session.objects.filter(pk=session.pk).update(capacity=2)
    holds, held, release = holder_of(session)

    def sweeps():
        held.wait(10)
        try:
            return sweep(now=timezone.now())
        finally:
            release.set()

    assert at_once([holds, sweeps])[1] == (0, 1)
    assert sweep(now=timezone.now()) == (1, 0)


def test_f43_two_reconcilers_at_once_plan_each_reminder_once():
    session = soon()
    for number in range(20):
        sign_up(session, f"Ouder{number}", now=timezone.now())
    PlannedMessage.objects.all().delete()
    at_once([lambda: reconcile(now=timezone.now())] * 4)
    assert (PlannedMessage.objects.count(), set(PlannedMessage.objects.values_list("state", flat=True))) == (
        # A reminder before, a question after.
        40,
        {"planned"},
    )
