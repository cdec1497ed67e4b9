"""Shorthand of the tests about who comes every time: an activity with its moments, a family that joins."""

import datetime as dt
import uuid

from activities.actions.contact import Contact
from activities.actions.party import ChildFacts
from activities.actions.series import join_series
from activities.actions.sessions import extend_sessions
from activities.models import Session
from tests.factories import NOW, TODAY, ActivityFactory, ScheduleFactory

DAYS = [TODAY + dt.timedelta(days=7 * week) for week in range(1, 5)]


def an_activity(*, capacity=2, **facts):
    """Four Wednesdays from next week on."""
    about = {
        "registration_mode": "required",
        "channels": ["online"],
        "asks_birth_month": False,
        "capacity": capacity,
        **facts,
    }
    activity = ActivityFactory(**about)
    extend_sessions(schedule=ScheduleFactory(activity=activity, kind="dates", dates=DAYS), now=NOW)
    return activity


def join(activity, who="Alice", *, children=1, born=None, now=NOW, **more):
    count = children if isinstance(children, int) else 0
    names = [ChildFacts(f"Kind {number}", born) for number in range(count)] or children or []
    return join_series(
        **{
            "activity": activity,
            "contact": Contact(who, f"{who.lower()}@voorbeeld.example"),
            "children": names,
            "form_key": uuid.uuid4(),
            "now": now,
            **more,
        }
    )


def moments(activity) -> list[Session]:
    return list(activity.sessions.order_by("starts_at"))


def states(series) -> list[str]:
    rows = series.registrations.order_by("session__starts_at")
    return list(rows.values_list("state", flat=True))
