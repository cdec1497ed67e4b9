"""Delivery when things break: processes killed at the worst moment, workers beside each other, no broker.

What a mail server answers stands in test_delivery_answers.py, what many processes do in test_delivery_crowd.py, and what
clocks do in test_delivery_clock.py.
Each race has its counterpart with the guard taken away: there the harm must show, or the test proves nothing.
"""

import os
import re
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from huizen.models import Category, DeliveryAttempt, Message
from huizen.outbox import claim as claiming
from huizen.outbox.prepare import prepare
from huizen.outbox.tick import tick
from huizen.outbox.transport import MailServer
from tests.at_once import at_once
from tests.faults.mailroom import (
    LEASE,
    identities,
    nothing_waits,
    queue,
    ring,
    ring_until_all_left,
    until,
    waiting_for_us,
)
from tests.processes import Process

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("short_lease_and_no_night"),
]
State, Outcome = Message.State, DeliveryAttempt.Outcome


def later():
    """The clock when every lease of now is over."""
    return timezone.now() + timedelta(seconds=LEASE + 1)


@pytest.fixture(params=["celery", "deliver"])
def delivering(request, celery_worker_process, smtp_sink, tmp_path):
    """A Celery worker that hears the bell, or `manage.py deliver`, in a process of its own."""
    started = []

    def start():
        if request.param == "celery":
            started.append(celery_worker_process(concurrency=1))
            ring()
        else:
            started.append(Process("django", "deliver", log=tmp_path / f"deliver-{len(started)}.log"))
        return started[-1]

    yield start
    for process in started:
        process.stop()


def outcomes():
    return list(DeliveryAttempt.objects.order_by("pk").values_list("outcome", flat=True))


# Killed at the worst moment.
def test_a_worker_that_dies_before_it_spoke_to_the_mail_server_loses_nothing(delivering, smtp_sink):
    """F20. The mail server holds it back before it hears for whom the mail is."""
    message, smtp_sink.holds = queue(), True
    process = delivering()
    until(lambda: smtp_sink.held)
    process.kill()
    smtp_sink.holds = False
    assert smtp_sink.received == []

    assert tick(clock=later) == {State.SENT: 1}

    message.refresh_from_db()
    assert (message.attempts, outcomes()) == (2, [Outcome.CRASHED, Outcome.ACCEPTED])
    assert len(smtp_sink.accepted) == 1


@pytest.mark.parametrize(
    ("policy", "state", "accepted"),
    [(Message.Policy.AT_LEAST_ONCE, State.SENT, 2), (Message.Policy.AT_MOST_ONCE, State.UNKNOWN, 1)],
)
def test_a_worker_that_dies_after_250_repeats_at_worst_the_very_same_mail(
    delivering, smtp_sink, policy, state, accepted
):
    """F21. It heard 250 and waits to write that down, for a row that the test holds."""
    message = queue(policy=policy)
    smtp_sink.delay = 0.5
    process = delivering()
    until(lambda: smtp_sink.received)
    with transaction.atomic():
        Message.objects.select_for_update().get()
        until(waiting_for_us)
        process.kill()
        # Its database connection outlives it and would still write the result.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", waiting_for_us())
    smtp_sink.delay = 0

    tick(clock=later)

    message.refresh_from_db()
    assert message.state == state
    assert outcomes()[0] == Outcome.CRASHED
    assert len(smtp_sink.accepted) == accepted
    assert len(identities(smtp_sink)) == len({mail.raw for mail in smtp_sink.accepted}) == 1


def test_a_celery_worker_killed_among_a_hundred_reminders_loses_none_and_repeats_at_most_one(
    celery_worker_process, smtp_sink
):
    """F22."""
    for number in range(100):
        queue(f"k{number:03}", category=Category.SESSION_REMINDER)
    smtp_sink.delay = 0.01
    worker = celery_worker_process(concurrency=1)
    ring()
    until(lambda: len(smtp_sink.received) > 30)
    worker.kill()
    assert len(smtp_sink.received) < 100
    smtp_sink.delay = 0

    celery_worker_process(concurrency=1)
    ring_until_all_left()

    assert {mail.recipients for mail in smtp_sink.accepted} == {
        (f"k{n:03}@voorbeeld.example",) for n in range(100)
    }
    assert len(identities(smtp_sink)) == 100
    assert len(smtp_sink.accepted) - 100 in {0, 1}
    assert len({mail.raw for mail in smtp_sink.accepted}) == 100


# Beside each other.
def side_by_side(work):
    """Four at the same moment; what they raised."""
    return [each for each in at_once([work] * 4) if isinstance(each, Exception)]


#: In the middle of the claim, so that those of all workers surely overlap; no thread can be held there by another.
PAUSE = "OFFSET (SELECT 0 FROM pg_sleep(0.01))"


def fill(number):
    """Written already: the workers differ about nothing but who sends."""
    for each in range(number):
        queue(f"k{each:03}")
    for _ in range(0, number, 50):
        prepare(now=timezone.now())


def test_ticks_beside_each_other_send_every_mail_once(smtp_sink, monkeypatch):
    """F25."""
    monkeypatch.setattr(claiming, "LOCKING", f"{PAUSE} {claiming.LOCKING}")
    fill(100)

    assert side_by_side(lambda: tick(clock=timezone.now)) == []

    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 100
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


def test_without_the_lock_of_the_claim_two_workers_take_the_same_mail(smtp_sink, monkeypatch):
    """F25n: the same, with the guard taken away. The second guard is the attempt, which exists once a number."""
    monkeypatch.setattr(claiming, "LOCKING", PAUSE)
    fill(20)

    errors = side_by_side(lambda: tick(clock=timezone.now))

    assert errors != []
    assert {type(error) for error in errors} == {IntegrityError}
    assert "attempt_once" in str(errors[0])
    assert len(smtp_sink.accepted) == 20


def test_without_both_guards_the_same_mail_goes_twice(smtp_sink, monkeypatch):
    monkeypatch.setattr(claiming, "LOCKING", PAUSE)
    monkeypatch.setattr(
        claiming,
        "CLAIMED",
        claiming.CLAIMED.replace("SELECT count(*) + 1", "SELECT count(*) + (1000 * random())::int"),
    )
    fill(20)

    side_by_side(lambda: tick(clock=timezone.now))

    assert len(smtp_sink.accepted) > 20


def test_a_bell_that_rings_five_times_sends_nothing_twice(celery_worker_process, smtp_sink):
    """F26: as a broker does that hands out a task again."""
    for number in range(60):
        queue(f"k{number:02}")
    worker = celery_worker_process(concurrency=2)
    for _ in range(5):
        ring()
    until(nothing_waits)
    until(lambda: len(re.findall(r"outbox.tick\[[^]]+\] succeeded", worker.log.read_text())) >= 5)

    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 60


def test_a_mail_server_slower_than_the_lease_is_given_up_in_time(smtp_sink):
    """While one worker waits for an answer, no other takes the mail."""
    queue(policy=Message.Policy.AT_MOST_ONCE)
    prepare(now=timezone.now())
    smtp_sink.delay = LEASE + 1
    slow_worker_and_another(smtp_sink)

    assert Message.objects.get().state == State.UNKNOWN
    assert len(smtp_sink.received) == 1


def test_without_the_limit_on_the_time_of_smtp_the_same_mail_goes_twice(smtp_sink, monkeypatch, caplog):
    """The same, with the guard taken away: the fence then keeps the record right, but not the letter box."""
    monkeypatch.setattr(MailServer, "_seconds_left", lambda self: 30)
    queue()
    prepare(now=timezone.now())
    smtp_sink.delay = LEASE + 1
    slow_worker_and_another(smtp_sink)

    assert len(smtp_sink.received) == 2
    assert "The lease of a was lost" in caplog.text


def slow_worker_and_another(sink):
    slow = threading.Thread(target=lambda: (tick(clock=timezone.now), connection.close()))
    slow.start()
    until(lambda: sink.received)
    time.sleep(LEASE + 0.2)  # until the lease is over by the clock of the database's rows
    sink.delay = 0
    tick(clock=timezone.now)
    slow.join()


# In the code.
LOCKS = {
    "huizen/actions/bounce.py",
    "huizen/actions/delivery.py",
    "huizen/outbox/morning.py",
    "huizen/outbox/prepare.py",
    "huizen/outbox/release.py",
    "huizen/outbox/sweep.py",
}


def test_the_outbox_locks_rows_in_known_places_only():
    """F45. That nothing leaves its timing to the broker, and mail leaves here alone, tests/test_architecture.py holds."""
    root = django_settings.BASE_DIR
    actions = [root / "huizen" / "actions" / name for name in ("bounce.py", "delivery.py")]
    files = [*(root / "huizen" / "outbox").glob("*.py"), *actions]
    assert {
        os.path.relpath(f, root) for f in files if re.search(r"select_for_update", f.read_text())
    } == LOCKS
