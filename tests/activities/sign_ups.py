"""Shorthand of the tests about sign-ups: a moment with places, a family that signs up."""

import uuid

from activities.actions.contact import Contact
from activities.actions.party import ChildFacts
from activities.actions.registration import register
from activities.models import Session
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
