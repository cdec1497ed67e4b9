"""Another moment of the same activity for one family, with its children and its place."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from activities.actions.party import fits, unseat
from activities.actions.registration import AlreadyRegisteredError, NoRoomError, RegistrationError
from activities.actions.registration_mail import send_shift
from activities.actions.reminder import plan_reminder
from activities.actions.session_lock import count, locked_sessions
from activities.actions.waiting_list import Trigger, promote
from activities.models import Activity, Attendance, Registration, Session
from huizen.actions.logbook import record
from huizen.models import User

State = Registration.State


def other_moments(registration: Registration, *, now: datetime) -> QuerySet[Session]:
    """The moments to come of the same activity where the whole party fits and nobody waits, soonest first."""
    room = Q(capacity=None) | Q(
        capacity__gte=F("confirmed_count")
        + F("held_count")
        + F("offered_count")
        + F("kept_count")
        + registration.places,
        waiting_count=0,
    )
    coming = Session.objects.scheduled().filter(
        room, activity=registration.session.activity_id, starts_at__gt=now
    )
    draws = Q(activity__waiting_order=Activity.WaitingOrder.DRAW, drawn_at=None)
    return coming.exclude(draws).exclude(pk=registration.session_id).order_by("starts_at", "pk")


def shift_registration(*, registration_id: UUID, to: int, by: User | None, now: datetime) -> Registration:
    """Give a family a place in another moment of its activity; the place that it leaves goes to who waits there.

    Both moments are locked in the order of their numbers, so two moves to the last place give it once. One mail with
    the old and the new moment. A family that waits gets a place; nobody passes who waits in the other moment.
    Twice is once. Raises BusyError, NoRoomError, AlreadyRegisteredError, RegistrationError.
    """
    left = Registration.objects.values_list("session_id", flat=True).get(pk=registration_id)
    with locked_sessions({left, to}, now=now) as sessions:
        found = {session.pk: session for session in sessions}
        registration = Registration.objects.get(pk=registration_id)
        if registration.session_id == to:
            return registration
        if to not in found or registration.session_id != left:
            raise RegistrationError("De lijst is intussen veranderd. Probeer het nog eens.")
        _refuse(registration, found[left], found[to], now=now)
        _shift(registration, found[left], found[to], by=by, now=now)
        promote(found[left], now=now, by=by, trigger=Trigger.LEFT)
    return registration


def _refuse(registration: Registration, left: Session, to: Session, *, now: datetime) -> None:
    if registration.state == State.CANCELLED:
        raise RegistrationError("Deze inschrijving is geannuleerd.")
    if to.activity_id != left.activity_id:
        raise RegistrationError("Kies een moment van dezelfde activiteit.")
    if left.ends_at <= now or registration.anonymised_at:
        raise RegistrationError("Dit moment is al voorbij.")
    if to.status == Session.Status.CANCELLED or to.starts_at <= now:
        raise RegistrationError("Kies een moment dat nog komt en doorgaat.")
    if to.registrations.current().filter(contact_key=registration.contact_key).exists():
        raise AlreadyRegisteredError("Dit gezin is voor dat moment al ingeschreven.")
    if to.collects_wishes:
        raise NoRoomError("Voor dat moment loten we nog. Kies een ander moment.")
    if not fits(to, registration.places) or (to.capacity is not None and to.waiting_count):
        raise NoRoomError("In dat moment is niet genoeg plaats vrij.")


def _shift(registration: Registration, left: Session, to: Session, *, by, now: datetime) -> None:
    before, turn = registration.state, registration.waiting_number
    unseat(left, registration, registration.places, now=now)
    if before != State.CONFIRMED:
        registration.promoted_at, registration.offer_expires_at = now, None
    count(to, confirmed=registration.places)
    registration.session, registration.state, registration.waiting_number = to, State.CONFIRMED, None
    fields = ["session", "state", "kept_places", "waiting_number", "promoted_at", "offer_expires_at"]
    registration.save(update_fields=fields)
    # Who was noted a little early was noted for the moment that it leaves.
    Attendance.objects.filter(registration=registration).delete()
    registration.participants.exclude(came="").update(came="")
    changes = {
        "session": [str(left), str(to)],
        "state": [before, State.CONFIRMED],
        "waiting_number": [turn, None],
    }
    record("shifted", registration, by=by, now=now, house=to.activity.house, changes=changes)
    send_shift(registration, left=left, now=now)
    plan_reminder(registration, now=now)
