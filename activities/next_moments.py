"""Activities that were not found by a search, made ready for their cards."""

from collections.abc import Iterable
from datetime import datetime

from activities.models import Activity, Schedule, Session
from huizen.recurrence import ONGOING


def with_next_moments(rows: Iterable[Activity], *, now: datetime) -> list[Activity]:
    """The same activities with `next_session` (or None), `ongoing` (a kind of rule, or ""), `distance` and
    `fits_from` (both None), as the card wants them: two queries, whatever the number."""
    rows = list(rows)
    keys = [row.pk for row in rows]
    coming = Session.objects.filter(activity__in=keys).upcoming(now=now).scheduled()
    sessions = {
        each.activity_id: each for each in coming.order_by("activity", "starts_at").distinct("activity")
    }
    kinds = dict(
        Schedule.objects.filter(activity__in=keys, kind__in=ONGOING).values_list("activity_id", "kind")
    )
    for row in rows:
        row.next_session = sessions.get(row.pk)
        row.ongoing = kinds.get(row.pk, "")
        row.distance = row.fits_from = None
    return rows
