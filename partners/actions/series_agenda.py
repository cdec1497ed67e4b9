"""Setting the agenda with which every date of a series begins; dates to come follow, what is past stays."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from partners.actions.meeting_lock import MeetingError, lock_series
from partners.models import AgendaItem, Meeting, MeetingSeries
from partners.standing_agenda import StandingPoint, change_of, first_items, kept, standing_points

FIELDS = ["position", "title", "purpose", "minutes", "presenter"]


@transaction.atomic
def set_standing_agenda(
    *, series: MeetingSeries, points: Sequence[StandingPoint], seen: datetime, by: User, now: datetime
) -> int:
    """Let every date to come begin with these points; how many dates change.

    A point that somebody changed for one date stays as it is there. Raises MeetingError when somebody else changed the
    series since `seen`.
    """
    series = lock_series(series.pk)
    if seen != series.changed_at:
        raise MeetingError("Iemand anders wijzigde deze reeks intussen. Kijk na wat er nu staat.")
    before = standing_points(series)
    if kept(before) == kept(points):
        return 0
    series.agenda, series.changed_at = kept(points), now
    series.save(update_fields=["agenda", "changed_at"])
    changed = _bring_in_line(series, before, points, now)
    words = ["; ".join(point.title for point in some) for some in (before, points)]
    record("agenda_changed", series, by=by, now=now, house=series.house, changes={"agenda": words})
    return changed


def begin_with_standing(series: MeetingSeries, meetings: Sequence[Meeting]) -> None:
    """Give dates that are new the points of their series (one statement)."""
    points = standing_points(series)
    AgendaItem.objects.bulk_create(item for meeting in meetings for item in first_items(points, meeting.pk))


def _bring_in_line(
    series: MeetingSeries, before: Sequence[StandingPoint], after: Sequence[StandingPoint], now: datetime
) -> int:
    """All dates to come, in a fixed number of statements."""
    coming = Meeting.objects.filter(series=series, starts_at__gt=now).order_by("pk")
    meetings = list(coming.select_for_update(no_key=True, of=("self",)))
    items = defaultdict(list)
    rows = AgendaItem.objects.filter(meeting__in=meetings).prefetch_related("documents")
    for item in rows.order_by("position"):
        items[item.meeting_id].append(item)
    shown = {key: _shown(some) for key, some in items.items()}
    changes = {one.pk: change_of(one.pk, items[one.pk], before, after) for one in meetings}
    AgendaItem.objects.filter(pk__in=[item.pk for one in changes.values() for item in one.gone]).delete()
    for one in changes.values():
        for number, item in enumerate(one.order, start=1):
            item.position = number
    written = [item for one in changes.values() for item in one.order]
    AgendaItem.objects.bulk_update([item for item in written if item.pk], FIELDS)
    AgendaItem.objects.bulk_create([item for item in written if not item.pk])
    touched = [key for key, one in changes.items() if _shown(one.order) != shown.get(key, [])]
    Meeting.objects.filter(pk__in=touched).update(changed_at=now)
    return len(touched)


def _shown(items: Sequence[AgendaItem]) -> list[tuple]:
    return [tuple(getattr(item, name) for name in FIELDS) for item in items]
