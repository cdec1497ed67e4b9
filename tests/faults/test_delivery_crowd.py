"""Many at the same moment: clocks, workers, planners. Each guard has a test with that guard taken away.

What mailboxes, providers and mail programs tell at once stands in test_tellings.py.
"""

import datetime as dt
import uuid
from datetime import timedelta

import pytest
from celery import current_app
from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils import timezone

from huizen.models import Category, Message, PlannedMessage
from huizen.outbox import kinds, morning
from huizen.outbox.kinds import Kind, Letter
from huizen.outbox.morning import gather
from huizen.outbox.planning import Reminder, plan
from huizen.outbox.preferences import Frequency, choose
from huizen.outbox.prepare import prepare
from huizen.outbox.suppression import address_hash
from partners.actions.meeting_reminder import reconcile_reminders
from tests.at_once import at_once, then_together
from tests.factories import BRUSSELS, HouseFactory
from tests.faults.mailroom import identities, nothing_waits, queue, until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.faults,
    pytest.mark.usefixtures("short_lease_and_no_night"),
]
State = Message.State
AN = "an@voorbeeld.example"
EIGHT = dt.datetime(2026, 3, 3, 8, tzinfo=BRUSSELS)


# Clocks and workers.
def test_two_clocks_and_three_workers_send_a_thousand_mails_once_each(
    celery_worker_process, start_clock, smtp_sink
):
    """F25: nobody is missed and nobody hears twice."""
    for number in range(1000):
        queue(f"k{number:04}")
    workers = [celery_worker_process(concurrency=1) for _ in range(3)]
    for _ in range(2):
        start_clock()
    for _ in range(6):
        current_app.send_task("outbox.tick", ignore_result=True)
    until(nothing_waits, seconds=180)

    assert len(smtp_sink.accepted) == len(identities(smtp_sink)) == 1000
    assert {mail.recipients for mail in smtp_sink.accepted} == {
        (f"k{n:04}@voorbeeld.example",) for n in range(1000)
    }
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}
    assert len(workers) == 3


# Planners.
def planners(house, number=6):
    due = timezone.now() + timedelta(days=1)
    reminders = [
        Reminder("proef", f"k{n}", Category.CHECK, f"k{n}@voorbeeld.example", due, due + timedelta(hours=1))
        for n in range(200)
    ]
    mixed = [list(reversed(reminders)) if each % 2 else reminders for each in range(number)]
    return [lambda own=own: plan(house, own, house=house) for own in mixed]


def test_planners_beside_each_other_and_the_safety_net_make_each_reminder_once():
    """F43: six planners of the same two hundred, and two rounds of the reconciler meanwhile."""
    house = HouseFactory()
    nets = [lambda: reconcile_reminders(now=timezone.now())] * 2
    results = at_once(planners(house) + nets, threads=8)
    assert [result for result in results if isinstance(result, Exception)] == []
    assert PlannedMessage.objects.count() == 200


def test_without_the_key_that_exists_once_planners_would_plan_twice(monkeypatch):
    """F43n: the same, and who loses raises instead of doing nothing."""
    house = HouseFactory()
    create = PlannedMessage.objects.bulk_create
    monkeypatch.setattr(PlannedMessage.objects, "bulk_create", lambda rows, ignore_conflicts: create(rows))
    results = at_once(planners(house), threads=6)
    assert IntegrityError in {type(result) for result in results}


# The morning mail.
@pytest.fixture
def reminders(settings, monkeypatch):
    """Thirty reminders of one person, who wants them in the morning."""
    settings.OUTBOX_QUIET_FROM, settings.OUTBOX_QUIET_UNTIL = 21, 8
    monkeypatch.setattr(kinds, "_kinds", {})
    letter = Letter("account_notice", {"what": "Tot morgen.", "login_url": "https://a.example/"})
    kinds.register(Kind("proef", why_not=lambda row, now: "", compose=lambda row, now: letter))
    morning.register_kind()
    choose(address_hash(AN), category=Category.CHECK, frequency=Frequency.DAILY, now=EIGHT)
    house = HouseFactory()
    rows = [
        Reminder("proef", f"k{n}", Category.CHECK, AN, EIGHT, EIGHT + timedelta(days=2)) for n in range(30)
    ]
    plan(house, rows, house=house)


@pytest.mark.usefixtures("reminders")
def test_ticks_beside_each_other_make_one_morning_mail_a_person():
    """F39: eight at the same second; all reminders are in the one mail."""
    results = at_once([lambda: gather(now=EIGHT)] * 8, threads=8)
    assert sorted(results) == [0] * 7 + [1]
    mail = Message.objects.get(category=Category.MORNING)
    assert mail.items.count() == 30
    prepare(now=EIGHT)
    mail.refresh_from_db()
    assert len(mail.context["items"]) == 30


@pytest.mark.usefixtures("reminders")
def test_without_being_alone_and_without_the_key_there_would_be_more(monkeypatch):
    """F39n: nobody waits for anybody, and the key says who made it."""
    monkeypatch.setattr(morning, "_is_alone", lambda: True)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)
    monkeypatch.setattr(morning, "key_of", lambda hashed, now: f"digest:{hashed}:{uuid.uuid4()}")
    monkeypatch.setattr(morning, "_mail", then_together(morning._mail, 8))
    at_once([lambda: gather(now=EIGHT)] * 8, threads=8)
    assert Message.objects.filter(category=Category.MORNING).count() > 1
