"""What a bad mail server answers to a real Celery worker, over a real line; the clock is turned by making rows older."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.models import Category, DeliveryAttempt, Message, Suppression
from huizen.outbox.preferences import token_of
from huizen.outbox.suppression import address_hash
from huizen.outbox.tile import people_to_call
from huizen.roles import Role
from tests.factories import HouseFactory, MembershipFactory
from tests.faults.mailroom import identities, nothing_waits, queue, ring, time_passes, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("short_lease_and_no_night"),
]
State, Outcome = Message.State, DeliveryAttempt.Outcome


@pytest.fixture
def worker(celery_worker_process):
    return celery_worker_process(concurrency=1)


def outcomes():
    return list(DeliveryAttempt.objects.order_by("pk").values_list("outcome", flat=True))


def tried(number):
    """One more tick, and wait until so many tries have ended."""
    ring()
    until(lambda: DeliveryAttempt.objects.exclude(outcome=Outcome.STARTED).count() == number)
    until(lambda: not Message.objects.filter(state=State.SENDING).exists())


@pytest.mark.parametrize(
    ("policy", "state", "received"),
    [(Message.Policy.AT_LEAST_ONCE, State.UNKNOWN, 3), (Message.Policy.AT_MOST_ONCE, State.UNKNOWN, 1)],
)
def test_a_server_slower_than_the_timeout_after_data_is_in_doubt_and_has_an_end(
    celery_worker_process, smtp_sink, monkeypatch, policy, state, received
):
    """F28: no answer leaves a doubt, the policy decides, and the tries have an end."""
    monkeypatch.setenv("OUTBOX_MAX_ATTEMPTS", "3")
    monkeypatch.setenv("EMAIL_TIMEOUT", "1")
    smtp_sink.delay = 1.5
    message = queue(policy=policy)
    celery_worker_process(concurrency=1)
    for number in range(1, received + 1):
        tried(number)
        time_passes(hours=2)
    ring()
    until(nothing_waits)

    message.refresh_from_db()
    assert (message.state, outcomes()) == (state, [Outcome.TIMEOUT] * received)
    assert len({mail.raw for mail in smtp_sink.received}) == 1
    assert len(smtp_sink.received) == received


def test_greylisting_for_half_an_hour_waits_longer_each_time_and_delivers_once(worker, smtp_sink):
    """F29: 451 five times, then 250."""
    smtp_sink.answers.extend(["451 4.7.1 greylisted"] * 5)
    message, waits = queue(), []
    for number in range(1, 6):
        tried(number)
        before = message.not_before
        message.refresh_from_db()
        attempt = message.tries.get(number=number)
        waits.append(round((message.not_before - attempt.ended_at).total_seconds() / 60))
        assert message.not_before != before
        time_passes(minutes=waits[-1])
    tried(6)

    message.refresh_from_db()
    assert (message.state, waits) == (State.SENT, [1, 2, 4, 8, 16])
    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 1


def test_greylisting_longer_than_a_mail_is_of_use_ends_it_visibly(worker, smtp_sink):
    """F29: not after it has expired."""
    smtp_sink.answers.extend(["421 4.3.2 busy"] * 9)
    message = queue(expires_at=timezone.now() + timedelta(minutes=5))
    for number in (1, 2):
        tried(number)
        time_passes(minutes=2 * number)
    ring()
    until(nothing_waits)
    message.refresh_from_db()
    assert (message.state, smtp_sink.accepted) == (State.EXPIRED, [])


def test_an_address_that_does_not_exist_is_asked_once_and_somebody_calls(worker, smtp_sink):
    """F30: failed, kept away from, told to the coordinator, never tried again."""
    house = HouseFactory()
    coordinator = MembershipFactory(house=house, role=Role.COORDINATOR).user
    smtp_sink.recipient_answers["a@voorbeeld.example"] = "550 5.1.1 user unknown"
    message = queue(house=house)
    tried(1)
    time_passes(hours=2)
    queue("b", recipient="a@voorbeeld.example", house=house)
    ring()
    until(nothing_waits)

    message.refresh_from_db()
    assert (message.state, outcomes()) == (State.FAILED, [Outcome.PERMANENT])
    assert Suppression.objects.get().reason == "hard_bounce"
    assert Message.objects.get(key="b").state == State.SUPPRESSED
    [tile] = people_to_call(coordinator, timezone.now())
    assert tile.count == 1


def test_one_mail_of_fifty_that_cannot_be_written_fails_alone_with_its_trace(worker, smtp_sink):
    """F31: forty-nine arrive, the queue goes on, and the log of the worker says where it went wrong."""
    for number in range(50):
        facts = {"template": "bestaat_niet"} if number == 7 else {}
        queue(f"k{number:02}", **facts)
    ring()
    until(nothing_waits)

    poison = Message.objects.get(key="k07")
    assert (poison.state, poison.reason[:20]) == (State.FAILED, "TemplateDoesNotExist")
    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 49
    log = worker.log.read_text()
    assert "The mail k07 could not be written" in log
    assert "Traceback" in log


def test_who_stops_after_it_was_queued_does_not_get_it_and_the_reason_is_kept(worker, smtp_sink, client):
    """F34, by the button of a mail program; the other mail to the same person still goes."""
    address = "a@voorbeeld.example"
    reminder = queue("a", recipient=address, category=Category.SESSION_REMINDER)
    queue("b", recipient=address, category=Category.CHANGE)
    token = token_of(address_hash(address), Category.SESSION_REMINDER)
    client.post(reverse("mail_stop", args=[token]), {"List-Unsubscribe": "One-Click"})
    ring()
    until(nothing_waits)

    reminder.refresh_from_db()
    assert (reminder.state, reminder.reason) == (State.SUPPRESSED, "wil dit niet meer")
    assert len(smtp_sink.accepted) == 1
