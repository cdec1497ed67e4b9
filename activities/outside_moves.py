"""Single dates that a calendar put at another moment (RECURRENCE-ID, RFC 5545, 3.8.4.4): the same date, moved.

The rule of an activity keeps the moment where the date was planned, and the date itself moves, so that who signed up for
it stays signed up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from activities.models import Activity, OutsideEvent, Registration, Session
from activities.offer_facts import Facts
from huizen.calendar_reading import Moment

#: The moves of an event, beside its other facts.
MOVES = "moves"


@dataclass(frozen=True)
class Move:
    """A date that is to go to another moment; `is_edited`: somebody put it elsewhere here."""

    session: Session
    to: Moment
    sign_ups: int
    is_edited: bool

    @property
    def is_harmless(self) -> bool:
        """Whether no family counts on it and nobody decided about it here."""
        return not self.sign_ups and not self.is_edited


def moves_of(moves: Iterable[tuple[Moment, Moment]]) -> list[list[str]]:
    """The moves as JSON holds them: from when to when it was planned, and from when to when it is."""
    return [[moment.isoformat() for moment in (*planned, *now)] for planned, now in moves]


def moves_differ(before: Facts, after: Facts) -> bool:
    """Whether a calendar moved another date, or moved one elsewhere."""
    return bool(before.get(MOVES, []) != after.get(MOVES, []))


def moves_to_make(event: OutsideEvent, activity: Activity, *, now: datetime) -> list[Move]:
    """What the calendar moved, or put back, since it was last taken over and still stands elsewhere here (one query)."""
    said, taken = _targets(event.said), _targets(event.taken)
    wanted = {planned: to for planned, to in said.items() if taken.get(planned) != to}
    wanted |= {planned: planned for planned in taken.keys() - said.keys()}
    if not wanted:
        return []
    current = Q(registrations__in=Registration.objects.current())
    rows = Session.objects.filter(activity=activity, status=Session.Status.SCHEDULED, starts_at__gt=now)
    rows = rows.filter(original_start__in=[start for start, _ in wanted])
    by_start = {row.original_start: row for row in rows.annotate(many=Count("registrations", filter=current))}
    found = []
    for planned, to in sorted(wanted.items()):
        session = by_start.get(planned[0])
        if session and to[0] > now and (session.starts_at, session.ends_at) != to:
            stands = {planned, taken.get(planned, planned)}
            edited = (session.starts_at, session.ends_at) not in stands
            found.append(Move(session, to, session.many, edited))
    return found


def taken_moves(event: OutsideEvent, left: Iterable[Move]) -> list[list[str]]:
    """What was taken over of the moves, as JSON holds it, when those that are `left` still wait."""
    waits = {move.session.original_start for move in left}
    said = [move for move in event.said.get(MOVES, []) if datetime.fromisoformat(move[0]) not in waits]
    return said + [move for move in event.taken.get(MOVES, []) if datetime.fromisoformat(move[0]) in waits]


def _targets(facts: dict[str, Any]) -> dict[Moment, Moment]:
    """{when it was planned: when it is}."""
    read = [[datetime.fromisoformat(moment) for moment in move] for move in facts.get(MOVES, [])]
    return {(starts, ends): (new_start, new_end) for starts, ends, new_start, new_end in read}
