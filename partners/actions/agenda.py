"""Making the agenda of a meeting: points come, change, move and go; what waits is taken up with one tap.

Every change locks the meeting, as changing the meeting itself does, and moves its `changed_at`: who has an older page
in front of her hears it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.actions.uploads import drop
from huizen.models import User
from partners.actions.meeting_lock import MeetingError, lock_meeting
from partners.agenda_sources import waiting_for
from partners.models import AgendaDocument, AgendaItem, Meeting
from partners.standing_agenda import MOST_POINTS


@dataclass(frozen=True)
class AgendaPoint:
    """One point, in the order in which it is given. `key`: the row that it already is."""

    title: str
    purpose: str = AgendaItem.Purpose.DISCUSS
    minutes: int | None = None
    presenter: str = ""
    key: int | None = field(default=None, compare=False)


def write_agenda(meeting: Meeting, points: Sequence[AgendaPoint]) -> list[AgendaPoint]:
    """Make the agenda exactly these points; gives what it was. A point that stays is the same row, with its documents.

    Call it where the meeting is locked.
    """
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    before = [AgendaPoint(item.title, item.purpose, item.minutes, item.presenter, item.pk) for item in items]
    if before != list(points):
        known = {item.pk: item for item in items}
        rows = [known.pop(point.key or 0, AgendaItem(meeting=meeting)) for point in points]
        _delete(known)
        for position, (row, point) in enumerate(zip(rows, points, strict=True), start=1):
            row.position, row.title, row.purpose = position, point.title, point.purpose
            row.minutes, row.presenter = point.minutes, point.presenter
        told = ["position", "title", "purpose", "minutes", "presenter"]
        AgendaItem.objects.bulk_update([row for row in rows if row.pk], told)
        AgendaItem.objects.bulk_create([row for row in rows if not row.pk])
    return before


@transaction.atomic
def add_item(*, meeting: Meeting, facts: dict[str, Any], by: User | None, now: datetime) -> AgendaItem:
    """Put a point behind the others. Raises MeetingError when the meeting is cancelled, or the agenda is full."""
    meeting = lock_meeting(meeting)
    _refuse_cancelled(meeting)
    last = meeting.agenda.order_by("-position").values_list("position", flat=True).first() or 0
    if meeting.agenda.count() >= MOST_POINTS:
        raise MeetingError(f"Een agenda heeft hoogstens {MOST_POINTS} punten.")
    item = AgendaItem.objects.create(meeting=meeting, position=last + 1, **facts)
    _changed(meeting, ["", item.title], by=by, now=now)
    return item


@transaction.atomic
def take_up(*, meeting: Meeting, key: str, by: User, now: datetime) -> AgendaItem:
    """Put something that waits on the agenda. Pressed twice, it stands there once.

    Raises MeetingError when it waits no longer.
    """
    lock_meeting(meeting)
    taken = {item.source: item for item in AgendaItem.objects.filter(meeting=meeting).exclude(source="")}
    if key in taken:
        return taken[key]
    waiting = (one for group in waiting_for(meeting, now=now) for one in group.waiting)
    found = next((one for one in waiting if one.key == key), None)
    if found is None:
        raise MeetingError("Dit wacht intussen niet meer.")
    facts = {"title": found.title[:160], "purpose": found.purpose, "minutes": found.minutes}
    facts |= {"text": found.text[:2000], "source": found.key, "carried_from_id": found.item}
    return add_item(meeting=meeting, facts=facts, by=by, now=now)


@transaction.atomic
def change_item(*, item: AgendaItem, facts: dict[str, Any], by: User, now: datetime) -> AgendaItem:
    """Another text, purpose, time or state. Raises MeetingError when it is gone, or the meeting is cancelled."""
    meeting, row = _locked(item)
    before = row.title
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=list(facts))
    _changed(meeting, [before, row.title], by=by, now=now)
    return row


@transaction.atomic
def move_item(*, item: AgendaItem, step: int, by: User, now: datetime) -> None:
    """One place up (`step` −1) or down (1); at the end of the list it stays. Raises MeetingError when it is gone."""
    meeting, row = _locked(item)
    order = list(meeting.agenda.order_by("position"))
    here = order.index(row)
    there = here + step
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        _number(order)
        _changed(meeting, [f"{row}: {here + 1}", f"{row}: {there + 1}"], by=by, now=now)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User, now: datetime) -> None:
    """Take a point away, with its documents; the next ones move up.

    Raises MeetingError when it is gone already, or when the meeting began: the minutes tell what became of it.
    """
    meeting, row = _locked(item)
    if meeting.starts_at <= now:
        raise MeetingError(
            "Het overleg is begonnen. Schuif het punt door, of schrijf in het verslag waarom niet."
        )
    _delete([row.pk])
    _number(meeting.agenda.order_by("position"))
    _changed(meeting, [row.title, ""], by=by, now=now)


def _locked(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    meeting = lock_meeting(item.meeting)
    _refuse_cancelled(meeting)
    row = meeting.agenda.filter(pk=item.pk).first()
    if row is None:
        raise MeetingError("Iemand haalde dit punt intussen weg.")
    return meeting, row


def _refuse_cancelled(meeting: Meeting) -> None:
    if meeting.is_cancelled:
        raise MeetingError("Dit overleg gaat niet door. Herstel het eerst.")


def _delete(keys: Iterable[int]) -> None:
    gone = AgendaItem.objects.filter(pk__in=list(keys))
    drop(*(document.file for document in AgendaDocument.objects.filter(item__in=gone)))
    gone.delete()


def _number(items: Iterable[AgendaItem]) -> None:
    rows = list(items)
    for position, row in enumerate(rows, start=1):
        row.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])


def _changed(meeting: Meeting, change: list[str], *, by: User | None, now: datetime) -> None:
    meeting.changed_at = now
    meeting.save(update_fields=["changed_at"])
    record("agenda_changed", meeting, by=by, now=now, house=meeting.house, changes={"agenda": change})
