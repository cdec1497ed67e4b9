"""What changed since we last looked, so that no change is missed, whenever its transaction commits.

A row of the feed bears the number of its transaction. All transactions below the oldest one that still runs are over;
what they wrote, we saw. So we ask for everything from that number on, and leave out the rows that we had already.
A row that we had and that is gone was rolled back: what we read then was never true, and is read anew.
"""

from dataclasses import dataclass, field

from django.db import connection

from activities.models import OfferChange

What = OfferChange.What
Row = tuple[str, int | None]

FEED = """
SELECT snapshot.oldest::text::bigint, change.id, change.what, change.activity_id, change.xid >= snapshot.oldest
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS oldest) snapshot
LEFT JOIN activities_offerchange change ON change.xid >= coalesce(%s::text::xid8, snapshot.oldest)
"""


@dataclass(frozen=True)
class Position:
    """How far we read: `oldest`, the lowest transaction that ran then, and the rows from there on that we had already."""

    oldest: int
    seen: dict[int, Row] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """What to read anew, and how far we are then."""

    position: Position
    activities: frozenset[int] = frozenset()
    around: bool = False
    everything: bool = False

    def __bool__(self):
        return bool(self.activities or self.around or self.everything)


def position() -> Position:
    """How far the feed is now; what is read after this moment holds everything before it."""
    return _read(None)[0]


def changes_since(before: Position) -> Changes:
    """What was committed since, and what we saw that was never committed (one query)."""
    after, rows = _read(before.oldest)
    new = [row for pk, row in rows.items() if pk not in before.seen]
    undone = [row for pk, row in before.seen.items() if pk not in rows]
    touched = {*new, *undone}
    return Changes(
        after,
        frozenset(pk for what, pk in touched if what == What.ACTIVITY),
        around=any(what == What.AROUND for what, _ in touched),
        everything=any(what == What.ALL for what, _ in touched),
    )


def _read(oldest: int | None) -> tuple[Position, dict[int, Row]]:
    with connection.cursor() as cursor:
        cursor.execute(FEED, [None if oldest is None else str(oldest)])
        rows = cursor.fetchall()
    found = {pk: (what, activity) for _, pk, what, activity, _ in rows if pk is not None}
    open_rows = {pk: found[pk] for _, pk, _, _, is_open in rows if pk is not None and is_open}
    return Position(rows[0][0], open_rows), found
