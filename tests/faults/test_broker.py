"""The broker forgets, dies and comes back, under real clocks, workers and web servers; no mail is lost and none goes twice."""

import os
import signal
import time
import urllib.request
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import redis
from celery import current_app
from django.db import transaction
from django.utils import timezone

from activities.actions.reminder import reconcile
from activities.models import Registration
from config.celery import app
from config.embedded.ports import free_port
from config.embedded.valkey import Valkey
from huizen.models import Category, Message, PlannedMessage
from huizen.outbox import doorbell
from tests.activities.sign_ups import soon, typed
from tests.factories import RegistrationFactory, SessionFactory
from tests.faults.mailroom import cut_all_connections, identities, nothing_waits, queue, until
from tests.faults.turned_clock import TurnedWorker
from tests.processes import Process, web_server

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("short_lease_and_no_night"),
]
State = Message.State


class Broker(Valkey):
    """A Valkey of one test alone, that may die."""

    def kill(self) -> None:
        """kill -9: what it knew is gone."""
        with redis.Redis.from_url(self.url) as client:
            os.kill(client.info("server")["process_id"], signal.SIGKILL)
        until(lambda: not self.running())

    def ask(self, command: str, *arguments):
        """What it answers to a command."""
        with redis.Redis.from_url(self.url) as client:
            return client.execute_command(command, *arguments)


@pytest.fixture
def broker(tmp_path, settings):
    """Processes that start from now on ask this one."""
    broker = Broker(tmp_path / "valkey")
    broker.start()
    settings.REDIS_URL = broker.url
    yield broker
    broker.stop()


def due_reminders(number):
    """So many families whose moment begins in an hour; each reminder should have left the day before."""
    start = timezone.now() + timedelta(hours=1)
    asked = start - timedelta(days=9)
    session = SessionFactory(original_start=start, changed_at=asked)
    families = RegistrationFactory.build_batch(number, session=session, created_at=asked)
    Registration.objects.bulk_create(families)
    reconcile(now=timezone.now())
    assert PlannedMessage.objects.filter(due_at__lt=timezone.now()).count() == number
    return {family.email for family in families}


def test_a_broker_that_forgets_everything_loses_no_reminder(
    broker, celery_worker_process, start_clock, smtp_sink
):
    """F23: FLUSHALL while five hundred are due, before the first left and again in their midst; clock and worker stay on."""
    families = due_reminders(500)
    start_clock()
    until(lambda: broker.ask("LLEN", "celery") > 1)
    broker.ask("FLUSHALL")
    celery_worker_process(concurrency=1)
    until(lambda: len(smtp_sink.received) > 100)
    broker.ask("FLUSHALL")
    until(lambda: len(smtp_sink.received) == 500 and nothing_waits())
    queue("later", recipient="later@voorbeeld.example", category=Category.CHANGE)
    until(lambda: smtp_sink.to("later@voorbeeld.example"))

    assert {mail.recipients[0] for mail in smtp_sink.accepted} == families | {"later@voorbeeld.example"}
    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 501


@pytest.fixture
def web(broker, tmp_path):
    """The web server of production, which asks the broker of this test. Gives its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = web_server(tmp_path / "web.log", port, PORTAL_URL=url)
    yield url
    server.stop()


def signs_up(web, session, who):
    """A family sends the form over the wire, and reads the page that follows; the code of that page."""
    form = urlencode(typed(name=who, email=address(who))).encode()
    with urllib.request.urlopen(f"{web}/momenten/{session.pk}/inschrijven/", form) as answer:
        return answer.status


def address(who):
    return f"{who.lower()}@voorbeeld.example"


def test_ten_minutes_without_a_broker_cost_no_sign_up_and_its_mail_leaves_within_a_minute_of_the_return(
    broker, web, start_clock, smtp_sink, tmp_path
):
    """F24: killed and gone for ten minutes of the clock; meanwhile `manage.py deliver` sends what waits at once."""
    session, now = soon(capacity=5), timezone.now()
    worker = TurnedWorker(tmp_path)
    try:
        worker.turn(now)
        start_clock().wait_for("Sending due task outbox-tick")
        broker.kill()
        assert signs_up(web, session, "Alice") == 200
        with_command = Process("django", "deliver", log=tmp_path / "deliver.log")
        # Stopped between the server's answer and its own note of it, it would leave a mail to be sent once more.
        until(lambda: smtp_sink.to(address("Alice")) and nothing_waits())
        with_command.stop()

        assert signs_up(web, session, "Bob") == 200
        worker.turn(now + timedelta(minutes=10))
        assert not smtp_sink.to(address("Bob"))
        broker.start()
        until(lambda: smtp_sink.to(address("Bob")), seconds=60)
    finally:
        worker.stop()
    assert Registration.objects.filter(state="confirmed").count() == 2
    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 2


def test_the_clock_of_production_rings_often_enough_for_that():
    """F24: a worker and a clock look for a lost broker at least every half minute; the tick comes in the other half."""
    assert app.conf.beat_schedule["outbox-tick"]["schedule"] <= 30


def test_a_broker_that_dies_and_comes_back_empty_under_a_worker_holds_up_no_mail(
    broker, celery_worker_process, start_clock, smtp_sink
):
    """Killed in the midst of sixty mails; on its return the same worker hears the same clock."""
    for number in range(60):
        queue(f"k{number}")
    smtp_sink.delay = 0.03
    celery_worker_process(concurrency=1)
    start_clock()
    until(lambda: len(smtp_sink.received) > 8)
    broker.kill()
    until(lambda: len(smtp_sink.received) > 12)
    broker.start()
    smtp_sink.delay = 0
    until(nothing_waits)
    queue("later", recipient="later@voorbeeld.example")
    until(lambda: smtp_sink.to("later@voorbeeld.example"))
    assert len(identities(smtp_sink)) == len(smtp_sink.accepted) == 61


def test_with_the_broker_away_a_visitor_waits_a_moment_once_and_the_next_one_not(monkeypatch):
    """F24: the bell that nobody answers is left alone for a while."""
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)
    monkeypatch.setitem(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    waits = []
    for key in ("a", "b"):
        start = time.monotonic()
        with transaction.atomic():
            queue(key)
        waits.append(time.monotonic() - start)
    assert waits[0] < 2
    assert waits[1] < 0.5


def test_without_a_broker_a_loop_sends_what_waits_round_after_round_also_when_the_database_was_away(
    smtp_sink, tmp_path
):
    """F24: `manage.py deliver --loop`, nothing listens where the broker should be, and its connection is cut once."""
    nowhere = "redis://127.0.0.1:1/0"
    command = ("django", "deliver", "--loop", "--every", "0.2")
    loop = Process(*command, log=tmp_path / "loop.log", REDIS_URL=nowhere)
    try:
        for key in ("a", "b"):
            queue(key)
            until(lambda: not Message.objects.exclude(state=State.SENT).exists())
            cut_all_connections()
    finally:
        loop.stop()
    assert len(smtp_sink.accepted) == 2
