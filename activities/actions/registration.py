"""Signing up for a moment, changing a sign-up, and leaving: everything under the lock of the moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from activities.actions import age
from activities.actions.closing import why_closed
from activities.actions.contact import Contact
from activities.actions.hold import take_held
from activities.actions.registration_mail import (
    send_confirmation,
    send_link_again,
    send_waiting,
)
from activities.actions.reminder import plan_first_reminders
from activities.actions.session_lock import count, locked_session
from activities.actions.waiting_list import position, promote
from activities.models import Activity, Participant, Registration, Session
from families.models import Family
from huizen.actions.logbook import record
from huizen.models import User

State = Registration.State
#: The most places that one party can take (the CHECK registration_places).
MOST_PLACES = 20


class RegistrationError(Exception):
    """A sign-up, or a change of one, that cannot be; the text says why."""


class ClosedError(RegistrationError):
    """The moment takes no sign-ups: drop-in, cancelled, past, closed, not published."""


class AlreadyRegisteredError(RegistrationError):
    """This address or number has a sign-up for this moment already; by mail it got its link again."""


class FormUsedError(RegistrationError):
    """The key of this form made a sign-up for another moment."""


class NoRoomError(RegistrationError):
    """There are not enough places, also not on the waiting list."""


class WrongAgeError(RegistrationError):
    """A child has not the age of the activity on the day of the moment."""


class TooLateError(RegistrationError):
    """The moment has begun: nothing can be changed here any more."""


@dataclass(frozen=True)
class ChildFacts:
    """A child that comes: a first name, and the first day of its birth month where the activity asks."""

    first_name: str
    birth_month: date | None = None


def register(
    *,
    session_id: int,
    contact: Contact,
    form_key: UUID,
    children: Sequence[ChildFacts] = (),
    places: int = 1,
    note: str = "",
    wants_reduced: bool = False,
    family: Family | None = None,
    by: User | None = None,
    now: datetime,
) -> Registration:
    """Sign a family up: places for all, or together on the waiting list. The same form again gives the same row.

    With `children` each takes a place; without, `places` persons come. What the form held is its own. `by` is the
    member of the House who noted a telephone call: she may until the end, for activities that take no sign-ups on
    the site, and for a child of another age.
    Raises BusyError, ClosedError, WrongAgeError, AlreadyRegisteredError, FormUsedError, NoRoomError.
    """
    with locked_session(session_id, now=now) as session:
        found = _earlier(session, contact, form_key)
        if found is None:
            _refuse(session, children, places=len(children) or places, by=by, now=now)
            return _add(
                session,
                Registration(
                    name=contact.name,
                    email=contact.email,
                    phone=contact.phone,
                    contact_key=contact.key,
                    places=len(children) or places,
                    note=note,
                    wants_reduced=wants_reduced and session.activity.reduced_rate,
                    family=family,
                    form_key=form_key,
                ),
                children,
                by=by,
                now=now,
            )
        if found.form_key == form_key:
            return _same_form(session, found)
        send_link_again(found, now=now)
    raise AlreadyRegisteredError(_already(found))


def _earlier(session: Session, contact: Contact, form_key: UUID) -> Registration | None:
    """What this form made before, or what this contact has for this moment; the form goes first."""
    twin = Q(
        session=session,
        contact_key=contact.key,
        state__in=[State.CONFIRMED, State.WAITING],
        anonymised_at=None,
    )
    found = list(Registration.objects.filter(Q(form_key=form_key) | twin))
    found.sort(key=lambda registration: registration.form_key != form_key)
    for registration in found:
        if registration.session_id == session.pk:
            registration.session = session
    return found[0] if found else None


def _same_form(session: Session, found: Registration) -> Registration:
    if found.session_id != session.pk:
        raise FormUsedError("Dit formulier is al gebruikt. Verstuur het nog eens.")
    return found


def _already(found: Registration) -> str:
    if found.email:
        return "Je bent al ingeschreven voor dit moment. We mailden je de link opnieuw."
    return "Met dit nummer ben je al ingeschreven. Wil je iets veranderen? Bel het Huis."


def _refuse(session: Session, children, *, places: int, by: User | None, now: datetime) -> None:
    sentence = _why_closed_for_staff(session, now=now) if by else why_closed(session, now=now)
    if sentence:
        raise ClosedError(sentence)
    if session.activity.counts == Activity.Counts.CHILDREN and not children:
        raise RegistrationError("Schrijf minstens één kind in.")
    refuse_too_many(session, places)
    if not by:
        refuse_wrong_age(session, children)


def refuse_wrong_age(session: Session, children: Sequence[ChildFacts]) -> None:
    """The form said it already, at the child; this is for who gets past the form."""
    for child in children:
        if child.birth_month and not age.fits(session, child.birth_month):
            raise WrongAgeError(f"{child.first_name}: {age.why_not_fit(session, child.birth_month)}")


def _why_closed_for_staff(session: Session, *, now: datetime) -> str:
    if session.status == Session.Status.CANCELLED:
        return "Dit moment gaat niet door."
    return "Dit moment is al voorbij." if session.ends_at <= now else ""


def refuse_too_many(session: Session, places: int) -> None:
    """A party that can never fit would wait for ever."""
    most = MOST_PLACES if session.capacity is None else min(MOST_PLACES, session.capacity)
    if not 1 <= places <= most:
        raise NoRoomError(f"Je kan hier hoogstens {most} {'plaats' if most == 1 else 'plaatsen'} nemen.")


def _add(session: Session, registration: Registration, children, *, by, now: datetime) -> Registration:
    registration.session = session
    registration.created_at = now
    held = take_held(session, registration.form_key)
    seat(session, registration, held=held)
    registration.save(force_insert=True)
    add_children(registration, children)
    _welcome(registration, children, by=by, now=now)
    if held and registration.state == State.WAITING:
        promote(session, now=now)
    return registration


def seat(session: Session, registration: Registration, *, held: int = 0) -> None:
    """Decide about a party of a locked moment: places for all of it, or one turn on the waiting list.

    `held`: the places that its form held, counted off here. They are its own, also when others wait meanwhile;
    for more than that nobody passes who waits.
    """
    places = registration.places
    nobody_waits = session.waiting_count == 0 and fits(session, places - held)
    if places <= held or nobody_waits:
        registration.state = State.CONFIRMED
        count(session, confirmed=places, held=-held)
    else:
        registration.state = State.WAITING
        count(session, waiting=places, numbers=1, held=-held)
        registration.waiting_number = session.waiting_last


def _welcome(registration: Registration, children, *, by: User | None, now: datetime) -> None:
    """What follows from a new sign-up: the logbook, the mail, the reminder."""
    waits = registration.state == State.WAITING
    verb = "waiting" if waits else "registered"
    record_registration(verb, registration, first_state(registration), by=by, now=now)
    names = [child.first_name for child in children]
    if waits:
        turn = position(registration) if registration.email else 0
        send_waiting(registration, position=turn, names=names, now=now)
        return
    send_confirmation(registration, names=names, now=now)
    plan_first_reminders([registration], now=now)


def first_state(registration: Registration) -> dict[str, list]:
    """What the logbook keeps of a new sign-up."""
    return {
        "state": [None, registration.state],
        "places": [None, registration.places],
        "waiting_number": [None, registration.waiting_number],
    }


def add_children(registration: Registration, children: Sequence[ChildFacts]) -> None:
    Participant.objects.bulk_create(
        Participant(registration=registration, first_name=child.first_name, birth_month=child.birth_month)
        for child in children
    )


def fits(session: Session, places: int) -> bool:
    return session.free is None or places <= session.free


def record_registration(
    verb: str, registration: Registration, changes: dict, *, by: User | None, now: datetime
) -> None:
    """In the logbook under the number of the sign-up: names of families do not stand there."""
    record(verb, registration, by=by, now=now, house=registration.session.activity.house, changes=changes)
