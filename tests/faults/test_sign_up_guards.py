"""What would happen at sign-ups without the guards: negative controls of test_registration_races.py and test_waiting_races.py."""

import datetime as dt
import random
import time
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from activities.actions import session_lock
from activities.actions.invariants import check_invariants
from activities.actions.registration_change import cancel_registration
from activities.models import Registration
from tests.activities.sign_ups import sign_up
from tests.at_once import at_once
from tests.factories import ScheduleFactory, SessionFactory
from tests.faults.test_registration_races import joins, post, soon, takes_all, typed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


def test_f3n_without_the_lock_counters_and_rows_part_or_the_table_refuses(monkeypatch):
    session = soon(capacity=10)
    first = [sign_up(session, f"Eerste{number}", now=timezone.now()) for number in range(30)]
    monkeypatch.setattr(session_lock, "_lock", lambda sessions: sessions)

    def leaves(registration):
        return lambda: cancel_registration(registration_id=registration.pk, now=timezone.now())

    acts = [joins(session, number) for number in range(80)] + [leaves(each) for each in first]
    random.Random(3).shuffle(acts)
    results = at_once(acts)
    refused = [each for each in results if isinstance(each, IntegrityError)]
    assert refused or check_invariants(now=timezone.now())


def test_f5n_without_the_number_of_the_form_the_second_click_would_not_see_the_same_page():
    session, form = soon(capacity=10), typed(1)
    clicks = [post(session, 1, form | {"sleutel": str(uuid.uuid4())}) for _ in range(5)]
    answers = at_once(clicks)
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [302]
    # The family itself is still there once: that is another guard (F6).
    assert Registration.objects.count() == 1


class Disorderly:
    """Locks the same moments, one by one, in whatever order."""

    def __init__(self, rows):
        self.rows = rows.select_for_update(no_key=True, of=("self",))

    def get(self, **facts):
        return self.rows.get(**facts)

    def filter(self, pk__in):
        self.keys = list(pk__in)
        return self

    def order_by(self, name):
        random.shuffle(self.keys)
        for key in self.keys:
            yield self.rows.get(pk=key)
            time.sleep(0.02)  # in which the others take theirs


def test_f7n_without_one_order_of_locks_families_would_wait_for_each_other_for_ever(monkeypatch):
    first = soon(capacity=20)
    activity = first.activity
    rule = ScheduleFactory(activity=activity, kind="dates")
    for day in range(1, 11):
        start = first.starts_at + dt.timedelta(days=day)
        SessionFactory(activity=activity, schedule=rule, original_start=start, capacity=20)
    monkeypatch.setattr(session_lock, "_lock", Disorderly)

    results = at_once([takes_all(activity, number) for number in range(8)], threads=8)
    assert DeadlockDetected in {type(getattr(each, "__cause__", None)) for each in results}
