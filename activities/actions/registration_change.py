"""Changing a sign-up, or leaving: everything under the lock of the moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from activities.actions.party import COUNTED_AS, ChildFacts, fits, unseat
from activities.actions.registration import (
    NoRoomError,
    RegistrationError,
    TooLateError,
    add_children,
    record_registration,
    refuse_too_many,
)
from activities.actions.registration_mail import send_cancellation
from activities.actions.reminder import plan_reminder
from activities.actions.session_lock import count, locked_session
from activities.actions.waiting_list import Trigger, promote
from activities.models import Registration, Session
from huizen.models import User

State = Registration.State


def cancel_registration(
    *, registration_id: UUID, by: User | None = None, reason: str = "", tell: bool = True, now: datetime
) -> Registration:
    """Take a family off a moment; its places go to who waits, in the same transaction. Twice is once.

    `by` is the member of the House, None for the family itself, which can until the moment begins. `tell`: with a
    mail. Raises BusyError, TooLateError.
    """
    with _locked_registration(registration_id, now=now) as (session, registration):
        if registration.state == State.CANCELLED:
            return registration
        _refuse_late(session, by=by, now=now)
        cancel_locked(session, registration, by=by, now=now)
        plan_reminder(registration, now=now)
        if tell:
            send_cancellation(registration, now=now, reason=reason)
        promote(session, now=now, by=by, trigger=Trigger.LEFT)
    return registration


def cancel_locked(session: Session, registration: Registration, *, by: User | None, now: datetime) -> None:
    """Take a family off a locked moment and write it down; what the free places become is for the caller."""
    before = registration.state
    unseat(session, registration, registration.places, now=now)
    registration.state, registration.offer_expires_at = State.CANCELLED, None
    registration.cancelled_at = now
    registration.cancelled_by = Registration.CancelledBy.HOUSE if by else Registration.CancelledBy.PARENT
    fields = ["state", "offer_expires_at", "kept_places", "cancelled_at", "cancelled_by"]
    registration.save(update_fields=fields)
    changes = {"state": [before, State.CANCELLED], "places": [registration.places, 0]}
    record_registration("cancelled", registration, changes, by=by, now=now)


def add_child(
    *, registration_id: UUID, child: ChildFacts, by: User | None = None, now: datetime
) -> Registration:
    """One more child comes along: only into a place that nobody waits for. Raises NoRoomError and as cancelling."""
    with _locked_registration(registration_id, now=now) as (session, registration):
        _resize(session, registration, registration.places + 1, by=by, now=now)
        add_children(registration, [child])
    return registration


def remove_child(
    *, registration_id: UUID, participant_id: int, by: User | None = None, now: datetime
) -> Registration:
    """One child does not come; its place goes to who waits. A child that is gone already changes nothing.

    Raises RegistrationError for the last child (then the whole sign-up is to be cancelled), and as cancelling.
    """
    with _locked_registration(registration_id, now=now) as (session, registration):
        child = registration.participants.filter(pk=participant_id).first()
        if child is None:
            return registration
        if registration.places == 1:
            raise RegistrationError(gettext("Dit is het enige kind. Zeg dan de hele inschrijving af."))
        child.delete()
        _resize(session, registration, registration.places - 1, by=by, now=now)
    return registration


def change_places(
    *, registration_id: UUID, places: int, by: User | None = None, now: datetime
) -> Registration:
    """More or fewer persons come, where persons are counted. Raises NoRoomError and as cancelling."""
    with _locked_registration(registration_id, now=now) as (session, registration):
        if places != registration.places:
            _resize(session, registration, places, by=by, now=now)
    return registration


@contextmanager
def _locked_registration(registration_id: UUID, *, now: datetime) -> Iterator[tuple[Session, Registration]]:
    """The moment of a sign-up, locked, and the sign-up as it is under that lock."""
    session_id = Registration.objects.values_list("session_id", flat=True).get(pk=registration_id)
    with locked_session(session_id, now=now) as session:
        yield session, session.registrations.get(pk=registration_id)


def _refuse_late(session: Session, *, by: User | None, now: datetime) -> None:
    if (session.ends_at if by else session.starts_at) <= now:
        raise TooLateError(gettext("Dit moment is al begonnen. Bel het Huis als er iets is."))


def _resize(session: Session, registration: Registration, places: int, *, by, now: datetime) -> None:
    if registration.state == State.CANCELLED:
        raise RegistrationError(gettext("Deze inschrijving is geannuleerd."))
    _refuse_late(session, by=by, now=now)
    before, more = registration.places, places - registration.places
    if more > 0:
        _refuse_growth(session, registration, more)
        count(session, **{COUNTED_AS[registration.state]: more})
    else:
        unseat(session, registration, -more, now=now)
    registration.places = places
    registration.save(update_fields=["places", "kept_places"])
    record_registration("changed", registration, {"places": [before, places]}, by=by, now=now)
    promote(session, now=now, by=by, trigger=Trigger.FEWER)
    registration.refresh_from_db(fields=["state", "promoted_at", "offer_expires_at"])


def _refuse_growth(session: Session, registration: Registration, more: int) -> None:
    """A place that somebody waits for is not free, whoever asks; a party that waits may grow to what can ever fit."""
    if registration.state == State.WAITING:
        refuse_too_many(session, registration.places + more)
    elif session.waiting_count > 0 or not fits(session, more):
        raise NoRoomError(gettext("Er is geen plaats meer vrij."))
