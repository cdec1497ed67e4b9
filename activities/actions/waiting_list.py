"""The waiting list of a moment: who comes first, gets the first place that is free and large enough."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q

from activities.actions.registration_mail import send_promotion
from activities.actions.reminder import plan_reminder
from activities.actions.session_lock import BusyError, count, locked_session
from activities.actions.spot_watch import tell_watchers, to_tell
from activities.models import Hold, Registration, Session
from huizen.actions.logbook import record
from huizen.models import User

State = Registration.State


class Swept(NamedTuple):
    """What one sweep did: families that got a place, and moments that were busy."""

    promoted: int
    busy: int


def promote(session: Session, *, now: datetime, by: User | None = None) -> list[Registration]:
    """Give the free places of a locked moment to who waits longest; the families that got one.

    A party that is larger than what is free keeps its number and its turn; the next that fits goes first.
    Never after the beginning, never for a moment that does not take place. What is left when nobody waits any
    more is told to who asked to hear of it.
    """
    if session.status != Session.Status.SCHEDULED or session.starts_at <= now:
        return []
    promoted, passed = [], []
    for registration in _waiting(session) if session.waiting_count else ():
        if session.free == 0:
            break
        if session.free is not None and registration.places > session.free:
            passed.append(registration.waiting_number)
            continue
        _confirm(session, registration, passed=passed, by=by, now=now)
        promoted.append(registration)
    tell_watchers(session, now=now)
    return promoted


def promote_session(*, session_id: int, now: datetime, by: User | None = None) -> list[Registration]:
    """The same for a moment that is not locked yet. Raises BusyError."""
    with locked_session(session_id, now=now) as session:
        return promote(session, now=now, by=by)


def sweep(*, now: datetime) -> Swept:
    """Promote wherever somebody who waits fits or a hold is over; what is busy waits for the next sweep."""
    promoted = busy = 0
    held = Hold.objects.filter(until__lte=now).values_list("session", flat=True)
    movers = movable(now=now).values_list("pk", flat=True)
    for session_id in sorted({*movers, *held, *to_tell(now=now)}):
        try:
            promoted += len(promote_session(session_id=session_id, now=now))
        except BusyError:
            busy += 1
    return Swept(promoted, busy)


def movable(*, now: datetime):
    """Moments to come where somebody waits who would fit."""
    fits = Registration.objects.filter(
        Q(session__capacity=None)
        | Q(places__lte=F("session__capacity") - F("session__confirmed_count") - F("session__held_count")),
        session=OuterRef("pk"),
        state=State.WAITING,
    )
    return (
        Session.objects.scheduled()
        .filter(Exists(fits), starts_at__gt=now, waiting_count__gt=0)
        .order_by("pk")
    )


def position(registration: Registration) -> int:
    """The place in line, 1 for who is next."""
    return Registration.objects.filter(
        session=registration.session_id,
        state=State.WAITING,
        waiting_number__lte=registration.waiting_number,
    ).count()


def _waiting(session: Session):
    return session.registrations.filter(state=State.WAITING).order_by("waiting_number")


def _confirm(session: Session, registration: Registration, *, passed: list[int], by, now: datetime) -> None:
    registration.session = session
    registration.state = State.CONFIRMED
    registration.promoted_at = now
    registration.save(update_fields=["state", "promoted_at"])
    count(session, confirmed=registration.places, waiting=-registration.places)
    _tell(session, registration, passed=passed, by=by, now=now)


def _tell(session: Session, registration: Registration, *, passed: list[int], by, now: datetime) -> None:
    """Why this family and not another: in the logbook, without names; and the good news by mail."""
    skipped = f"te groot voor de vrije plaatsen: nummer {', '.join(map(str, passed))}" if passed else ""
    record(
        "promoted",
        registration,
        by=by,
        now=now,
        house=session.activity.house,
        changes={
            "state": [State.WAITING, State.CONFIRMED],
            "waiting_number": [registration.waiting_number, None],
            "confirmed_count": [session.confirmed_count - registration.places, session.confirmed_count],
        },
        reason=skipped[:300],
    )
    send_promotion(registration, now=now)
    plan_reminder(registration, now=now)
