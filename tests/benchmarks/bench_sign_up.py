"""Two hundred sign-ups at once for ten places, against as many bare rows under the same lock.

`pytest tests/benchmarks/bench_sign_up.py -s`
"""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from activities.actions.contact import Contact
from activities.actions.registration import register
from activities.actions.session_lock import locked_session
from activities.models import Registration, Session
from tests.factories import ActivityFactory, SessionFactory

NUMBER, AT_ONCE = 200, 40


@pytest.mark.django_db(transaction=True)
def test_sign_ups():
    """Rows a second of both, and how the places were given."""
    bare, real = a_moment(), a_moment()
    yardstick = rate(lambda number: bare_row(bare, number))
    figure = rate(lambda number: sign_up(real, number))
    real.refresh_from_db()
    print(f"\nbare rows under the lock {yardstick:.0f}/s, sign-ups {figure:.0f}/s ({figure / yardstick:.0%})")
    print(f"{real.confirmed_count} places given of {real.capacity}, {real.waiting_count} wait")


def a_moment() -> Session:
    activity = ActivityFactory(registration_mode="required", channels=["online"], counts="persons")
    return SessionFactory(
        activity=activity, capacity=10, original_start="2100-01-01T09:00Z", ends_at="2100-01-01T10:00Z"
    )


def rate(work) -> float:
    def one(number):
        try:
            work(number)
        finally:
            connection.close()

    begin = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, range(NUMBER)))
    return NUMBER / (time.perf_counter() - begin)


def bare_row(session: Session, number: int) -> None:
    with locked_session(session.pk, now=timezone.now()):
        Registration.objects.create(
            session=session,
            email=f"bare{number}@voorbeeld.example",
            contact_key=f"bare{number}",
            state="confirmed",
            form_key=uuid.uuid4(),
            created_at=timezone.now(),
        )


def sign_up(session: Session, number: int) -> None:
    register(
        session_id=session.pk,
        contact=Contact(f"Ouder {number}", email=f"ouder{number}@voorbeeld.example"),
        children=[],
        places=1,
        form_key=uuid.uuid4(),
        now=timezone.now(),
    )
