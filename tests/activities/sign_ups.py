"""Shorthand of the tests about sign-ups: a moment with places, a family that signs up."""

import datetime as dt
import uuid

from django.utils import timezone

from activities.actions.contact import Contact
from activities.actions.party import ChildFacts
from activities.actions.registration import register
from activities.models import Session
from huizen.models import Message
from tests.factories import NOW, ActivityFactory, SessionFactory


def a_moment(*, capacity=None, activity=(), **facts) -> Session:
    """A moment of tomorrow for which parents sign up here, without asking for birth months."""
    about = {
        "registration_mode": "required",
        "channels": ["online"],
        "asks_birth_month": False,
        "capacity": capacity,
        **dict(activity),
    }
    return SessionFactory(activity=ActivityFactory(**about), capacity=capacity, **facts)


def soon(**facts) -> Session:
    """A moment of the day after tomorrow, as the views read the clock themselves."""
    return a_moment(original_start=timezone.now() + dt.timedelta(days=2), **facts)


def typed(**more) -> dict:
    """What a browser sends for a family with one child."""
    return {
        "sleutel": str(uuid.uuid4()),
        "name": "Alice",
        "email": "alice@voorbeeld.example",
        "rijen": "1",
        "kind-0-first_name": "Noor",
        **more,
    }


def sign_up(session, who="Alice", *, children=1, now=NOW, **more):
    """One family with so many children, or with these, known by its name."""
    return register(
        **{
            "session_id": session.pk,
            "contact": Contact(who, f"{who.lower()}@voorbeeld.example"),
            "children": children
            if isinstance(children, list)
            else [ChildFacts(f"Kind {number}") for number in range(children)],
            "form_key": uuid.uuid4(),
            "now": now,
            **more,
        }
    )


def counters(session) -> tuple[int, int, int]:
    """Places taken, places that wait, the last number: as they are in the database now."""
    session.refresh_from_db()
    return session.confirmed_count, session.waiting_count, session.waiting_last


def templates() -> list[str]:
    """Which letters there are, in the order of the alphabet."""
    return sorted(Message.objects.values_list("template", flat=True))
