"""A moment that does not take place, takes place after all, moves, or gets more places; who signed up hears it."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from activities.actions.hold import drop_beyond
from activities.actions.registration_mail import send_session_news, text_cancellations
from activities.actions.reminder import plan_reminders
from activities.actions.session_lock import locked_session
from activities.actions.session_words import spoken_place, spoken_time
from activities.actions.waiting_list import Trigger, promote, withdraw_offers
from activities.models import Registration, Session
from huizen.actions.logbook import record
from huizen.models import Location, User


class SessionChangeError(Exception):
    """A change of a moment that cannot be; the text says why."""


def cancel_session(*, session_id: int, reason: str, by: User | None, now: datetime) -> Session:
    """The moment does not take place: families keep their sign-up and hear why. Twice is once.

    Raises BusyError, SessionChangeError.
    """
    with locked_session(session_id, now=now) as session:
        if session.status == Session.Status.CANCELLED:
            return session
        _refuse_past(session, now=now)
        session.status, session.cancel_reason = Session.Status.CANCELLED, reason
        _save(session, ["status", "cancel_reason"], now=now)
        _log(
            "cancelled",
            session,
            {"status": ["scheduled", "cancelled"]},
            by=by,
            now=now,
            reason=reason,
        )
        withdraw_offers(session, now=now)
        text_cancellations(_tell_all(session, "session_cancelled", now=now, reason=reason), now=now)
    return session


def restore_session(*, session_id: int, by: User | None, now: datetime) -> Session:
    """The moment takes place after all; places that came free meanwhile go to who waits. Twice is once.

    Raises BusyError, SessionChangeError.
    """
    with locked_session(session_id, now=now) as session:
        if session.status == Session.Status.SCHEDULED:
            return session
        _refuse_past(session, now=now)
        session.status, session.cancel_reason = Session.Status.SCHEDULED, ""
        _save(session, ["status", "cancel_reason"], now=now)
        _log("restored", session, {"status": ["cancelled", "scheduled"]}, by=by, now=now)
        _tell_all(session, "session_restored", now=now)
        promote(session, now=now, by=by, trigger=Trigger.RESTORED)
    return session


def move_session(
    *,
    session_id: int,
    starts_at: datetime,
    ends_at: datetime,
    location: Location | None,
    by: User | None,
    now: datetime,
) -> Session:
    """The moment gets another time or place; families hear the old and the new. The same again changes nothing.

    `location` is None for the place of the activity itself. Raises BusyError, SessionChangeError.
    """
    with locked_session(session_id, now=now) as session:
        _refuse_move(session, starts_at, ends_at, now=now)
        before = _facts(session)
        old = copy(session)
        if (session.starts_at, session.ends_at) != (starts_at, ends_at):
            session.time_version += 1
        session.starts_at, session.ends_at, session.location = starts_at, ends_at, location
        session.set_apart = True
        after = _facts(session)
        if after == before:
            return session
        _save(session, ["starts_at", "ends_at", "location", "time_version", "set_apart"], now=now)
        changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
        _log("moved", session, changes, by=by, now=now)
        was = {"old_when": partial(spoken_time, old), "old_where": partial(spoken_place, old)}
        _tell_all(session, "session_moved", now=now, **was)
        withdraw_offers(session, now=now)
        promote(session, now=now, by=by, trigger=Trigger.MOVED)
    return session


def change_capacity(*, session_id: int, capacity: int | None, by: User | None, now: datetime) -> Session:
    """More or fewer places, None for no limit; new places go to who waits. Nobody is ever put out.

    Raises BusyError, and SessionChangeError when more places are taken than would be left.
    """
    with locked_session(session_id, now=now) as session:
        if session.capacity == capacity:
            return session
        taken = session.confirmed_count + session.offered_count
        if capacity is not None and capacity < taken:
            raise SessionChangeError(
                f"Er zijn al {taken} plaatsen bezet. Zeg eerst mensen af, of kies meer plaatsen."
            )
        drop_beyond(session, capacity)
        before, session.capacity = session.capacity, capacity
        session.save(update_fields=["capacity"])
        _log("changed", session, {"capacity": [before, capacity]}, by=by, now=now)
        promote(session, now=now, by=by, trigger=Trigger.PLACES)
    return session


def _refuse_past(session: Session, *, now: datetime) -> None:
    if session.ends_at <= now:
        raise SessionChangeError("Dit moment is al voorbij.")


def _refuse_move(session: Session, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    _refuse_past(session, now=now)
    if session.status == Session.Status.CANCELLED:
        raise SessionChangeError("Dit moment gaat niet door. Laat het eerst weer doorgaan.")
    if ends_at <= starts_at:
        raise SessionChangeError("Het einde ligt voor het begin.")
    if starts_at <= now:
        raise SessionChangeError("Kies een tijdstip dat nog moet komen.")


def _facts(session: Session) -> dict[str, Any]:
    return {
        "starts_at": timezone.localtime(session.starts_at).isoformat(),
        "ends_at": timezone.localtime(session.ends_at).isoformat(),
        "location": session.location_id,
    }


def _save(session: Session, fields: Sequence[str], *, now: datetime) -> None:
    """Every change that families hear of is a new version of the calendar event (RFC 5545, 3.8.7.4)."""
    session.ical_sequence += 1
    session.changed_at = now
    session.save(update_fields=[*fields, "ical_sequence", "changed_at"])


def _tell_all(session: Session, template: str, *, now: datetime, **more: Any) -> list[Registration]:
    """A mail to everybody who has a place or waits, with the calendar file, and their reminders planned anew; them."""
    current = list(session.registrations.current().prefetch_related("participants"))
    for registration in current:
        send_session_news(registration, template, now=now, **more)
    plan_reminders(current, now=now)
    return current


def _log(verb: str, session: Session, changes, *, by: User | None, now: datetime, reason: str = "") -> None:
    record(verb, session, by=by, now=now, house=session.activity.house, changes=changes, reason=reason)
