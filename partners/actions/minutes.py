"""Writing minutes, sending them round, approving them in a later meeting, and taking an approval back.

What is saved is a revision, only added to. Two people may write at once: what they wrote in different places is joined,
what they wrote in the same place is shown to the second. The lock of the meeting puts them one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from partners.actions.action_point import Agreed, give_action
from partners.actions.meeting_lock import MeetingError, lock_meeting
from partners.actions.minutes_letter import send_round
from partners.meeting_line import after
from partners.minutes_body import Clash, Written, body_of, joined, tidy, written_in
from partners.models import AgendaItem, Meeting, Minutes, MinutesRevision

State = Minutes.State


class MinutesError(MeetingError):
    """Why minutes cannot be written, sent or approved; its text is for the person who tried."""


class ClashError(MinutesError):
    """Somebody else wrote in the same places since.

    `written` is what both wrote, with hers where it clashes; `number` is the revision that stands now.
    """

    def __init__(self, written: Written, clashes: list[Clash], number: int):
        super().__init__("Iemand anders schreef ook bij een punt. Kijk na wat daar staat, en bewaar opnieuw.")
        self.written, self.clashes, self.number = written, clashes, number


@dataclass(frozen=True)
class Save:
    """What somebody saves: what is written, how each point ended, what was agreed at which (0: at none), and what she saw."""

    written: Written
    seen: int
    states: dict[int, str] = field(default_factory=dict)
    agreed: Sequence[tuple[int, Agreed]] = ()


@transaction.atomic
def save_minutes(*, meeting: Meeting, save: Save, by: User, now: datetime) -> Minutes:
    """Keep what was written as a new revision; nothing new where nothing changed.

    Raises ClashError where somebody else wrote in the same place since revision `save.seen`, and MinutesError when the
    meeting did not begin or does not take place, or when the minutes are approved.
    """
    meeting, minutes, latest = _locked(meeting)
    _refuse_writing(meeting, minutes, now)
    written, clashes = joined(
        written_in(_body_at(minutes, save.seen)),
        written_in(latest.body if latest else {}),
        tidy(save.written),
    )
    if clashes:
        raise ClashError(written, clashes, _number(latest))
    items = {item.pk: item for item in meeting.agenda.all()}
    _set_states(items, save.states)
    for key, agreed in save.agreed:
        give_action(house=meeting.house, agreed=agreed, meeting=meeting, item=items.get(key), by=by, now=now)
    if _keep(minutes, written, latest, by=by, now=now):
        record("minuted", meeting, by=by, now=now, house=meeting.house)
    return minutes


@transaction.atomic
def send_minutes(*, meeting: Meeting, seen: int, by: User, now: datetime) -> MinutesRevision:
    """Send what stands to everybody who was asked; the first time the minutes, later an improved version of them.

    Raises MinutesError when nothing is written, when nothing changed since it went round, when somebody wrote since
    revision `seen`, or when the minutes are approved.
    """
    meeting, minutes, latest = _locked(meeting)
    _refuse_writing(meeting, minutes, now)
    if latest is None:
        raise MinutesError("Er staat nog niets in het verslag.")
    body = body_of(meeting, written_in(latest.body), latest.body)
    if latest.was_sent and latest.body == body:
        raise MinutesError("Deze versie is al rondgestuurd.")
    if latest.number != seen:
        raise MinutesError("Iemand schreef intussen nog aan het verslag. Kijk het na, en verstuur het dan.")
    revision = _add(minutes, body, latest.number, by=by, now=now, was_sent=True)
    minutes.state = State.CIRCULATED
    minutes.save(update_fields=["state"])
    send_round(meeting, revision, by=by, now=now)
    record("minutes_sent", meeting, by=by, now=now, house=meeting.house)
    return revision


@transaction.atomic
def approve_minutes(*, meeting: Meeting, approved_in: Meeting, by: User, now: datetime) -> Minutes:
    """Say in which later meeting the minutes were approved; from then on they stay as they are.

    Raises MinutesError when they did not go round, when something was written since, when they are approved already,
    or when that meeting is none that came after, or did not begin.
    """
    meeting, minutes, latest = _locked(meeting)
    if minutes.state == State.APPROVED:
        raise MinutesError("Dit verslag is al goedgekeurd.")
    if minutes.state != State.CIRCULATED or latest is None:
        raise MinutesError("Stuur het verslag eerst rond.")
    if not latest.was_sent:
        raise MinutesError("Er is iets verbeterd dat nog niet rondging. Stuur dat eerst rond.")
    if not after(meeting).filter(pk=approved_in.pk, starts_at__lte=now).exists():
        raise MinutesError("Kies een later overleg van dezelfde groep, dat al begonnen is.")
    minutes.state, minutes.approved_in, minutes.approved_at = State.APPROVED, approved_in, now
    minutes.save()
    record("minutes_approved", meeting, by=by, now=now, house=meeting.house, reason=str(approved_in))
    return minutes


@transaction.atomic
def reopen_minutes(*, meeting: Meeting, reason: str, by: User, now: datetime) -> Minutes:
    """Take an approval back, so that the minutes can be mended and approved anew. No revision changes.

    Raises MinutesError when they are not approved.
    """
    meeting, minutes, _ = _locked(meeting)
    if minutes.state != State.APPROVED:
        raise MinutesError("Dit verslag is niet goedgekeurd.")
    minutes.state, minutes.approved_in, minutes.approved_at = State.CIRCULATED, None, None
    minutes.save()
    record("minutes_reopened", meeting, by=by, now=now, house=meeting.house, reason=reason)
    return minutes


def why_no_writing(meeting: Meeting, *, now: datetime) -> str:
    """Why nobody can write minutes yet, or ""."""
    if meeting.is_cancelled:
        return "Dit overleg gaat niet door. Er is geen verslag te schrijven."
    return "" if meeting.starts_at <= now else "Je schrijft het verslag zodra het overleg begint."


def _locked(meeting: Meeting) -> tuple[Meeting, Minutes, MinutesRevision | None]:
    meeting = lock_meeting(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
    latest = None if minutes._state.adding else minutes.revisions.order_by("-number").first()
    return meeting, minutes, latest


def _refuse_writing(meeting: Meeting, minutes: Minutes, now: datetime) -> None:
    if reason := why_no_writing(meeting, now=now):
        raise MinutesError(reason)
    if minutes.state == State.APPROVED:
        raise MinutesError(
            "Dit verslag is goedgekeurd. Zet een verbetering op de agenda van het volgende overleg."
        )


def _body_at(minutes: Minutes, number: int) -> dict[str, Any]:
    """The revision that an editor had in front of her; nothing where there was none."""
    if minutes._state.adding or number < 1:
        return {}
    found = minutes.revisions.filter(number=number).values_list("body", flat=True).first()
    return found or {}


def _set_states(items: dict[int, AgendaItem], states: dict[int, str]) -> None:
    for key, state in states.items():
        if key in items:
            items[key].state = state
    AgendaItem.objects.bulk_update(items.values(), ["state"])


def _keep(
    minutes: Minutes, written: Written, latest: MinutesRevision | None, *, by: User, now: datetime
) -> bool:
    """Add a revision where it says something new; whether it did."""
    if minutes._state.adding:
        minutes.save(force_insert=True)
    former = latest.body if latest else {}
    body = body_of(minutes.meeting, written, former)
    if body == former:
        return False
    _add(minutes, body, _number(latest), by=by, now=now)
    return True


def _add(
    minutes: Minutes, body: dict[str, Any], last: int, *, by: User, now: datetime, was_sent: bool = False
) -> MinutesRevision:
    return MinutesRevision.objects.create(
        minutes=minutes, number=last + 1, body=body, author=by, at=now, was_sent=was_sent
    )


def _number(revision: MinutesRevision | None) -> int:
    return revision.number if revision else 0
