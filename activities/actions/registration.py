"""Signing up for a moment, changing a sign-up, and leaving: everything under the lock of the moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from activities.actions import age
from activities.actions.closing import why_closed
from activities.actions.contact import Contact
from activities.actions.draw import is_due
from activities.actions.hold import take_held
from activities.actions.party import ChildFacts, lacks_children, participants, party_rows, seat
from activities.actions.registration_mail import send_link_again, welcome_letter
from activities.actions.session_lock import locked_session
from activities.actions.waiting_list import Trigger, promote
from activities.models import Participant, Registration, Session
from activities.models.sign_up import MOST_PLACES
from families.models import Family
from huizen.actions.logbook import record
from huizen.insert import insert_together
from huizen.models import User
from huizen.outbox.doorbell import ring_on_commit
from huizen.words import count

State = Registration.State


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


#: What this form made before, what this contact has for this moment, and how many parties wait for it: by three
#: indexes in one question, because everybody who comes next waits for the answer.
LOOK = """
SELECT
    (SELECT id FROM activities_registration WHERE form_key = %(form_key)s),
    (SELECT id FROM activities_registration WHERE session_id = %(session)s AND contact_key = %(contact)s
        AND state IN ('confirmed', 'offered', 'waiting') AND anonymised_at IS NULL),
    (SELECT count(*) FROM activities_registration WHERE session_id = %(session)s AND state = 'waiting')
"""


def register(
    *,
    session_id: int,
    contact: Contact,
    form_key: UUID,
    children: Sequence[ChildFacts] = (),
    places: int = 1,
    note: str = "",
    wants_reduced: bool = False,
    from_kept: bool = False,
    family: Family | None = None,
    by: User | None = None,
    now: datetime,
) -> Registration:
    """Sign a family up: places for all, or together on the waiting list. The same form again gives the same row.

    With `children` each takes a place; without, `places` persons come. What the form held is its own. `by` is the
    member of the House who noted a telephone call: she may until the end, for activities that take no sign-ups on
    the site, for a child of another age, and with `from_kept` into the places that the House kept. None of
    that is shown with a family.
    Raises BusyError, ClosedError, WrongAgeError, AlreadyRegisteredError, FormUsedError, NoRoomError.
    """
    places = len(children) or places
    with locked_session(session_id, now=now) as session:
        if is_due(session, now=now):
            promote(session, now=now)
        same, twin, waiting = _look(session, contact, form_key)
        if earlier := same or twin:
            found = _found(session, earlier)
            if same:
                return _same_form(session, found)
            send_link_again(found, now=now)
        else:
            _refuse(session, children, places=places, by=by, now=now)
            registration = Registration(
                session=session,
                family=family,
                places=places,
                note=note,
                wants_reduced=wants_reduced and session.activity.reduced_rate,
                form_key=form_key,
                created_at=now,
                **contact.kept,
            )
            kept = session.kept_count if by and from_kept else 0
            return _add(session, registration, children, last=waiting + 1, kept=kept, by=by, now=now)
    raise AlreadyRegisteredError(_already(found))


def _look(session: Session, contact: Contact, form_key: UUID) -> tuple[UUID | None, UUID | None, int]:
    facts: dict[str, Any] = {"form_key": form_key, "session": session.pk, "contact": contact.key}
    with connection.cursor() as cursor:
        cursor.execute(LOOK, facts)
        return cursor.fetchone()


def _found(session: Session, registration_id: UUID) -> Registration:
    registration = Registration.objects.get(pk=registration_id)
    if registration.session_id == session.pk:
        registration.session = session
    return registration


def _same_form(session: Session, found: Registration) -> Registration:
    if found.session_id != session.pk:
        raise FormUsedError(gettext("Dit formulier is al gebruikt. Verstuur het nog eens."))
    return found


def _already(found: Registration) -> str:
    if found.email:
        return gettext("Je bent al ingeschreven voor dit moment. We mailden je de link opnieuw.")
    return gettext("Met dit nummer ben je al ingeschreven. Wil je iets veranderen? Bel het Huis.")


def _refuse(session: Session, children, *, places: int, by: User | None, now: datetime) -> None:
    sentence = _why_closed_for_staff(session, now=now) if by else why_closed(session, now=now)
    if sentence:
        raise ClosedError(sentence)
    if sentence := lacks_children(session.activity, children):
        raise RegistrationError(sentence)
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
        return gettext("Dit moment gaat niet door.")
    return gettext("Dit moment is al voorbij.") if session.ends_at <= now else ""


def refuse_too_many(session: Session, places: int) -> None:
    """A party that can never fit would wait for ever."""
    most = MOST_PLACES if session.capacity is None else min(MOST_PLACES, session.capacity)
    if not 1 <= places <= most:
        raise NoRoomError(
            gettext("Je kan hier hoogstens %(places)s nemen.") % {"places": count(most, "plaats", "plaatsen")}
        )


def _add(session: Session, registration: Registration, children, *, last: int, kept: int, by, now: datetime):
    held = take_held(session, registration.form_key)
    seat(session, registration, held=held, kept=kept)
    names = [child.first_name for child in children]
    letter = welcome_letter(registration, names=names, position=last, now=now)
    insert_together([*party_rows(registration, children, by=by, now=now), *letter])
    ring_on_commit()
    if held and registration.state == State.WAITING:
        promote(session, now=now, trigger=Trigger.FORM)
    return registration


def add_children(registration: Registration, children: Sequence[ChildFacts]) -> None:
    """Write down who comes with a sign-up, in one statement."""
    Participant.objects.bulk_create(participants(registration, children))


def record_registration(
    verb: str, registration: Registration, changes: dict, *, by: User | None, now: datetime
) -> None:
    """In the logbook under the number of the sign-up: names of families do not stand there."""
    record(verb, registration, by=by, now=now, house=registration.session.activity.house, changes=changes)
