"""Noting who came: each tap says what is, not what it changes, so two people at the same list lose nothing.

Locks only the sign-ups that it marks, in the order of their keys: capacity is not touched.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from activities.models import Activity, Attendance, Came, Participant, Registration, Session
from huizen.actions.logbook import record
from huizen.models import Event, User
from huizen.words import wall

#: From so long before the beginning.
OPENS = timedelta(hours=1)


class AttendanceError(Exception):
    """What was tapped cannot be noted; the text says why."""


@dataclass
class _Party:
    """A sign-up under its lock, with its children and what is noted of it."""

    row: Registration
    children: list[Participant]
    known: Attendance | None


@dataclass(frozen=True)
class Mark:
    """What somebody says of one child of a sign-up (`child`: its number), or of a party that is counted as one.

    `state` is "" for no answer. `heads`: how many of the party came; None for all.
    """

    registration: UUID
    child: int | None = None
    state: str = ""
    heads: int | None = None


def opens_at(session: Session) -> datetime:
    """From when attendance can be noted."""
    return session.starts_at - OPENS


def may_take(session: Session, *, now: datetime) -> bool:
    """Whether attendance can be noted now: from an hour before the beginning, and for always after."""
    return session.status == Session.Status.SCHEDULED and now >= opens_at(session)


def mark_attendance(*, session_id: int, marks: Sequence[Mark], by: User | None, now: datetime) -> list[Mark]:
    """Note some marks of one moment; what was noted before, which undoes them. The same again changes nothing.

    Raises AttendanceError.
    """
    with transaction.atomic():
        session = open_session(session_id, now=now)
        rows = _locked(session, {mark.registration for mark in marks})
        if len(rows) < len({mark.registration for mark in marks}):
            raise AttendanceError("Iemand is intussen van de lijst gehaald. Kijk de lijst na.")
        before = [_note(rows[mark.registration], mark, by=by, now=now) for mark in marks]
        log_taking(session, by=by, now=now)
    return before


def mark_rest(*, session_id: int, state: str, by: User | None, now: datetime) -> list[Mark]:
    """Give everybody without an answer the same one; what to undo it with. Raises AttendanceError."""
    with transaction.atomic():
        session = open_session(session_id, now=now)
        rows = _locked(session)
        marks = [replace(mark, state=state) for row in rows.values() for mark in _unanswered(row)]
        before = [_note(rows[mark.registration], mark, by=by, now=now) for mark in marks]
        log_taking(session, by=by, now=now)
    return before


def mark_new(*, registration_id: UUID, is_new: bool, now: datetime) -> None:
    """Say that a family that is there came for the first time, or did not. Nothing for who is not there."""
    Attendance.objects.filter(registration=registration_id, state=Came.PRESENT).update(
        is_new=is_new, marked_at=now
    )


def open_session(session_id: int, *, now: datetime) -> Session:
    """A moment of which attendance can be noted now. Raises AttendanceError."""
    session = Session.objects.select_related("activity__house").get(pk=session_id)
    if session.status == Session.Status.CANCELLED:
        raise AttendanceError("Dit moment gaat niet door.")
    if now < opens_at(session):
        raise AttendanceError(f"Dat kan vanaf {wall(opens_at(session)):%H.%M} uur die dag.")
    return session


def log_taking(session: Session, *, by: User | None, now: datetime) -> None:
    """Who noted the attendance of a moment stands in the logbook, once for each day."""
    told = Event.objects.filter(
        verb="took_attendance",
        subject_type=session._meta.label_lower,
        subject_id=str(session.pk),
        actor=by,
        at__date=wall(now).date(),
    )
    if not told.exists():
        record("took_attendance", session, by=by, now=now, house=session.activity.house)


def _locked(session: Session, only: Iterable[UUID] | None = None) -> dict[UUID, _Party]:
    rows = session.registrations.filter(state=Registration.State.CONFIRMED, anonymised_at=None)
    if only is not None:
        rows = rows.filter(pk__in=set(only))
    found = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    # Read after the lock: what another noted meanwhile is seen.
    known = Attendance.objects.in_bulk([row.pk for row in found])
    children: dict[UUID, list[Participant]] = {row.pk: [] for row in found}
    for child in Participant.objects.filter(registration__in=found).order_by("pk"):
        children[child.registration_id].append(child)
    for row in found:
        row.session = session
    return {row.pk: _Party(row, children[row.pk], known.get(row.pk)) for row in found}


def _unanswered(party: _Party) -> list[Mark]:
    if not party.children:
        return [] if party.known else [Mark(party.row.pk)]
    return [Mark(party.row.pk, child.pk) for child in party.children if not child.came]


def _note(party: _Party, mark: Mark, *, by: User | None, now: datetime) -> Mark:
    """Write one mark; what stood there before."""
    if mark.child is None:
        before = _as_one(party)
        _settle(party, mark.state, mark.heads or party.row.places, by=by, now=now)
        return before
    child = next((each for each in party.children if each.pk == mark.child), None)
    if child is None:
        raise AttendanceError("Dit kind staat niet meer op de lijst. Kijk de lijst na.")
    before = Mark(party.row.pk, child.pk, child.came)
    child.came = mark.state
    Participant.objects.filter(pk=child.pk).update(came=mark.state)
    _settle(party, *_together(party.children), by=by, now=now)
    return before


def _as_one(party: _Party) -> Mark:
    if party.known is None:
        return Mark(party.row.pk)
    heads = party.known.children + party.known.adults
    return Mark(party.row.pk, None, party.known.state, heads or None)


def _together(children: Sequence[Participant]) -> tuple[str, int]:
    """What a family did when its children are taken together: there as soon as one is, no answer while none has one."""
    states = [child.came for child in children]
    best = next((state for state in (Came.PRESENT, Came.ABSENT, Came.EXCUSED) if state in states), "")
    return best, states.count(Came.PRESENT)


def _settle(party: _Party, state: str, heads: int, *, by: User | None, now: datetime) -> None:
    """The row of the family as it follows from its marks."""
    if not state:
        Attendance.objects.filter(registration=party.row).delete()
        party.known = None
        return
    there = min(heads, party.row.places) if state == Came.PRESENT else 0
    by_child = party.row.session.activity.counts == Activity.Counts.CHILDREN
    facts = {
        "state": state,
        "children": there if by_child else 0,
        "adults": 0 if by_child else there,
        "is_new": bool(there and party.known and party.known.is_new),
        "marked_at": now,
        "marked_by": by,
    }
    party.known, _ = Attendance.objects.update_or_create(registration=party.row, defaults=facts)
