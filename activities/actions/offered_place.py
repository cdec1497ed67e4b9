"""A place that is offered: the family says yes, says no, or lets the time pass."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from activities.actions.registration import RegistrationError, TooLateError, record_registration
from activities.actions.registration_mail import send_promotion
from activities.actions.reminder import plan_reminder
from activities.actions.session_lock import count, locked_session
from activities.models import Registration

State = Registration.State


class OfferOverError(RegistrationError):
    """The time to answer is over; the place goes to the next family."""


def accept_offer(*, registration_id: UUID, now: datetime) -> Registration:
    """Yes, we come: the place that was offered is theirs. Twice is once. Raises BusyError, OfferOverError, TooLateError."""
    session_id = Registration.objects.values_list("session_id", flat=True).get(pk=registration_id)
    with locked_session(session_id, now=now) as session:
        registration = session.registrations.get(pk=registration_id)
        if registration.state == State.CONFIRMED:
            return registration
        if session.starts_at <= now:
            raise TooLateError(gettext("Dit moment is al begonnen. Bel het Huis als er iets is."))
        if registration.offer_expires_at is None or registration.offer_expires_at <= now:
            raise OfferOverError(
                gettext("De tijd om te antwoorden is voorbij. De plaats ging naar een ander gezin.")
            )
        registration.state, registration.promoted_at = State.CONFIRMED, now
        registration.offer_expires_at = None
        registration.save(update_fields=["state", "promoted_at", "offer_expires_at"])
        count(session, confirmed=registration.places, offered=-registration.places)
        changes = {"state": [State.OFFERED, State.CONFIRMED]}
        record_registration("accepted", registration, changes, by=None, now=now)
        send_promotion(registration, now=now)
        plan_reminder(registration, now=now)
    return registration
