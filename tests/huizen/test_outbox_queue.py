"""Queueing a mail: once a key, with a bell that never hurts."""

import json
import time
from datetime import UTC, datetime

import pytest
from celery import current_app
from django.db import transaction

from huizen.models import Category, House, Message
from huizen.outbox import doorbell
from huizen.outbox.queue import letter, queue_letters, queue_message
from huizen.tasks import outbox_tick

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def queue(key="a", **facts):
    facts = {
        "category": Category.CHANGE,
        "recipient": "an@example.org",
        "template": "test",
        "context": {},
    } | facts
    return queue_message(key=key, now=NOW, **facts)


@pytest.mark.django_db
def test_a_message_waits_from_now():
    message = queue()

    assert (message.state, message.not_before, message.attempts) == (Message.State.QUEUED, NOW, 0)


@pytest.mark.django_db
def test_the_same_key_gives_the_same_row_and_nothing_new():
    first = queue(context={"name": "An"})
    second = queue(context={"name": "Bert"}, recipient="bert@example.org")

    assert first == second
    assert (second.recipient, second.context) == ("an@example.org", {"name": "An"})
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_message_knows_what_it_is_about():
    house = House.objects.create(slug="demo", name="Voorbeeldhuis")
    message = queue(subject=house, house=house)

    assert (message.subject_type, message.subject_id, message.house) == ("huizen.house", str(house.pk), house)


@pytest.mark.django_db
def test_a_transaction_rings_once_however_many_mails_it_queues(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as hooks, transaction.atomic():
        queue("a")
        queue("b")

    assert hooks == [doorbell.ring]


@pytest.mark.django_db
def test_a_mail_queued_after_a_rolled_back_part_still_rings(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as hooks, transaction.atomic():
        with transaction.atomic():
            queue("a")
            transaction.set_rollback(True)
        queue("b")

    assert hooks == [doorbell.ring]


@pytest.mark.django_db
def test_several_mails_take_one_statement(django_assert_num_queries):
    rows = [
        letter(
            key=f"k{number % 2}",
            category=Category.CHANGE,
            recipient="an@example.org",
            template="test",
            context={},
            now=NOW,
        )
        for number in range(3)
    ]
    with django_assert_num_queries(1):
        queue_letters(rows)
    assert sorted(Message.objects.values_list("key", flat=True)) == ["k0", "k1"]


def test_many_mails_ring_once_until_a_tick_begins(monkeypatch, valkey):
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
    for _ in range(3):
        doorbell.ring()
    assert valkey.llen("celery") == 1
    doorbell.heard()
    doorbell.ring()
    assert valkey.llen("celery") == 2


def test_a_tick_of_the_clock_hears_the_ring(monkeypatch, valkey, transactional_db):
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
    doorbell.ring()
    outbox_tick()
    doorbell.ring()
    assert valkey.llen("celery") == 2


def test_a_ring_that_failed_is_not_taken_for_one_that_waits(dead_broker, monkeypatch, valkey):
    doorbell.ring()
    monkeypatch.undo()
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
    doorbell.ring()
    assert valkey.llen("celery") == 1


@pytest.fixture
def dead_broker(monkeypatch):
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
    monkeypatch.setitem(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")


def test_a_dead_broker_costs_little_and_then_nothing(dead_broker, caplog):
    start = time.monotonic()
    doorbell.ring()
    assert time.monotonic() - start < 2
    doorbell.ring()
    assert caplog.text.count("The broker did not answer") == 1


def test_a_ring_is_heard_by_celery(monkeypatch, valkey):
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
    doorbell.ring()
    assert json.loads(valkey.lpop("celery"))["headers"]["task"] == "outbox.tick"
