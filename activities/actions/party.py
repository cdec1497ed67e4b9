"""A party gets its places together or waits together, and what follows from that is written in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext

from activities.actions.draw import seal
from activities.actions.reminder import first_reminders
from activities.actions.session_lock import count, is_released
from activities.models import Activity, Participant, Registration, Session
from huizen.actions.logbook import event
from huizen.models import Event, User

State = Registration.State
#: Which counter of the moment holds the places of a sign-up.
COUNTED_AS: dict[str, str] = {
    State.CONFIRMED: "confirmed",
    State.OFFERED: "offered",
    State.WAITING: "waiting",
}


@dataclass(frozen=True)
class ChildFacts:
    """A child that comes: a first name, and the first day of its birth month where the activity asks."""

    first_name: str
    birth_month: date | None = None


def lacks_children(activity: Activity, children: Sequence[ChildFacts]) -> str:
    """Why a form without children will not do, as a sentence; empty where it does."""
    if activity.counts == Activity.Counts.CHILDREN and not children:
        return gettext("Schrijf minstens één kind in.")
    return ""


def seat(session: Session, registration: Registration, *, held: int = 0, kept: int = 0) -> None:
    """Decide about a party of a locked moment: places for all of it, or one turn on the waiting list.

    `held`: the places that its form held, counted off here. `kept`: those of the House that it may use. They are its
    own, also when others wait meanwhile or wishes are collected; for more than that nobody passes who waits.
    """
    places, own = registration.places, held + kept
    nobody_waits = session.waiting_count == 0 and fits(session, places - own)
    if places <= own or (nobody_waits and not session.collects_wishes):
        registration.state, registration.kept_places = State.CONFIRMED, min(kept, places)
        count(session, confirmed=places, held=-held, kept=-registration.kept_places)
    else:
        if session.collects_wishes:
            seal(session, now=registration.created_at)
        registration.state = State.WAITING
        count(session, waiting=places, numbers=1, held=-held)
        registration.waiting_number = session.waiting_last


def unseat(session: Session, registration: Registration, places: int, *, now: datetime) -> None:
    """Take so many places of a party of a locked moment back; what becomes of them is for the caller.

    Those that the House kept go last. They are kept again while it keeps any (not once they are for everybody), and
    never more than it keeps of each moment by now.
    """
    back = max(0, registration.kept_places - (registration.places - places))
    registration.kept_places -= back
    keeps = session.capacity is not None and not is_released(session, now=now)
    most = max(0, session.activity.reserved_places - session.kept_count) if keeps else 0
    count(session, **{COUNTED_AS[registration.state]: -places}, kept=min(back, most))


def fits(session: Session, places: int) -> bool:
    """Whether so many places are free, whoever waits."""
    return session.free is None or places <= session.free


def party_rows(
    registration: Registration, children: Sequence[ChildFacts], *, by: User | None, now: datetime
) -> list[Model]:
    """A new sign-up with what always follows from it, not written yet: the children, the logbook, what is planned."""
    return [
        registration,
        *participants(registration, children),
        _first_event(registration, by=by, now=now),
        *first_reminders([registration], now=now),
    ]


def _first_event(registration: Registration, *, by: User | None, now: datetime) -> Event:
    """What the logbook keeps of a new sign-up."""
    verb = "waiting" if registration.state == State.WAITING else "registered"
    changes: dict[str, list] = {
        "state": [None, registration.state],
        "places": [None, registration.places],
        "waiting_number": [None, registration.waiting_number],
    }
    house = registration.session.activity.house
    return event(verb, registration, by=by, now=now, house=house, changes=changes)


def participants(registration: Registration, children: Sequence[ChildFacts]) -> list[Participant]:
    """The children of a sign-up, not written yet."""
    return [
        Participant(registration=registration, first_name=child.first_name, birth_month=child.birth_month)
        for child in children
    ]
