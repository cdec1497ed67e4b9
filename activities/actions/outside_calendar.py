"""A calendar of somebody else: added, confirmed, stopped, taken away, and left out of what it says."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F

from activities.models import OutsideCalendar, OutsideEvent
from huizen.actions.logbook import record
from huizen.actions.sheet_import import ring
from huizen.models import House, User

State = OutsideCalendar.State
TASK = "activities.read_calendars"
NOBODY = "Wie deze agenda toevoegde, maakt hier geen activiteiten meer. Stop ze, en volg ze opnieuw."


class OutsideError(Exception):
    """This cannot be done with the calendar now; the text is a sentence for who tried."""


@transaction.atomic
def add_calendar(*, calendar: OutsideCalendar, by: User, now: datetime) -> OutsideCalendar:
    """Keep a calendar. One with an address is read at once, behind the screen; nothing is made of it yet.

    A calendar without an address (a file) takes the place of the one that this organiser sent before.
    """
    if not calendar.url and (earlier := _earlier_file(calendar)):
        return earlier
    calendar.made_by, calendar.made_at, calendar.state = by, now, State.READING
    calendar.next_read_at = now if calendar.url else None
    calendar.save()
    record("added_calendar", calendar, by=by, now=now, house=calendar.house)
    transaction.on_commit(partial(ring, TASK), robust=True)
    return calendar


def _earlier_file(calendar: OutsideCalendar) -> OutsideCalendar | None:
    """The one for which a newer file comes; under the lock of its House, so that there is never a second."""
    House.objects.select_for_update(no_key=True).get(pk=calendar.house_id)
    rows = OutsideCalendar.objects.filter(house=calendar.house, organiser=calendar.organiser, url="")
    return rows.first()


@transaction.atomic
def confirm_calendar(*, calendar: OutsideCalendar, by: User, now: datetime) -> None:
    """Make drafts of what was read, and follow it from now on, in the name of who says so. Raises OutsideError."""
    row = locked(calendar)
    if row.state not in {State.READ, State.STOPPED}:
        raise OutsideError("Deze agenda wordt al gevolgd, of is nog niet gelezen.")
    row.state, row.next_read_at = (
        State.FOLLOWED,
        now if row.url and row.state == State.STOPPED else F("next_read_at"),
    )
    row.made_by = by
    row.save(update_fields=["state", "next_read_at", "made_by"])
    row.events.filter(reason=NOBODY).update(reason="", is_open=True)
    record("followed_calendar", row, by=by, now=now, house=row.house)
    transaction.on_commit(partial(ring, TASK), robust=True)


@transaction.atomic
def stop_calendar(*, calendar: OutsideCalendar, by: User, now: datetime) -> None:
    """Follow it no more; what was made of it stays. Raises OutsideError."""
    row = locked(calendar)
    if row.state != State.FOLLOWED:
        raise OutsideError("Deze agenda wordt niet gevolgd.")
    row.state, row.next_read_at = State.STOPPED, None
    row.save(update_fields=["state", "next_read_at"])
    record("stopped_calendar", row, by=by, now=now, house=row.house)


@transaction.atomic
def remove_calendar(*, calendar: OutsideCalendar, by: User, now: datetime) -> None:
    """Forget the calendar and what it said; the activities that were made of it stay."""
    row = locked(calendar)
    record("removed", row, by=by, now=now, house=row.house)
    row.delete()


@transaction.atomic
def read_again(*, calendar: OutsideCalendar, now: datetime) -> None:
    """Read it now, behind the screen, instead of tonight. Raises OutsideError."""
    row = locked(calendar)
    if not row.url or row.state == State.STOPPED:
        raise OutsideError("Deze agenda wordt niet gelezen.")
    row.next_read_at = now
    row.save(update_fields=["next_read_at"])
    transaction.on_commit(partial(ring, TASK), robust=True)


@transaction.atomic
def skip_event(*, event: OutsideEvent, is_skipped: bool) -> None:
    """Make nothing of an event, or do after all; only while there is no activity of it."""
    locked(event.calendar)
    rows = OutsideEvent.objects.filter(pk=event.pk, made_at=None, next_at__isnull=False)
    rows.update(is_skipped=is_skipped, is_open=not is_skipped, reason="")
    transaction.on_commit(partial(ring, TASK), robust=True)


def locked(calendar: OutsideCalendar) -> OutsideCalendar:
    """A calendar as it is now; whoever changes it or what it says goes on one after another."""
    rows = OutsideCalendar.objects.select_related("house", "organiser", "made_by")
    return rows.select_for_update(of=("self",)).get(pk=calendar.pk)


def next_night(now: datetime, key: int) -> datetime:
    """When to read it again: after three o'clock on the wall, not all at the same minute."""
    night = now.replace(hour=3, minute=key % 50, second=0, microsecond=0)
    return night if night > now else night + timedelta(days=1)
