"""Reading the feed: once a second for a whole process, and never past a change that was committed late."""

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection

#: How many changes a process remembers; who is further behind starts anew.
REMEMBERED = 5000
#: How long the feed keeps a line, in days; and after how many seconds of silence a process starts anew, well before.
KEPT_DAYS = 2
LONGEST_SILENCE = 24 * 3600.0

# One statement, so one snapshot: what a transaction that still runs will add has a number of at least `xmin`, and
# is read again from there. A beginner, who says nothing, needs no history.
READ = """
SELECT xmin::text, c.id, c.what, c.key
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin) AS here
LEFT JOIN huizen_change c ON c.xid >= coalesce(nullif(%s, '')::xid8, here.xmin)
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a watched table that changed: the table, and the key it is told by (text; "" is everything)."""

    what: str
    key: str


@dataclass
class _Reader:
    """How far this process has read."""

    xmin: str = ""
    seen: frozenset[int] = frozenset()
    generation: int = 0
    news: deque[tuple[int, Change]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    #: From which generation on `news` is whole.
    whole_from: int = 0
    asked_at: float = float("-inf")


_reader = _Reader()
_lock = threading.Lock()


def generation() -> int:
    """A number that grows whenever something watched changed; at most a second old outside a transaction."""
    if not connection.in_atomic_block and _is_recent():
        return _reader.generation
    with _lock:
        _read()
    return _reader.generation


def since(seen: int) -> set[Change] | None:
    """What changed after a generation; None when that is no longer known, and all must be read anew."""
    if seen < _reader.whole_from:
        return None
    return {change for number, change in list(_reader.news) if number > seen}


def forget(*, before: datetime) -> int:
    """Take the lines away that every process has read; answers how many. Called by the night."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM huizen_change WHERE at < %s", [before])
        return cursor.rowcount


def reset() -> None:
    """Begin anew, as a process does that has just started."""
    global _reader
    with _lock:
        _reader = _Reader(generation=_reader.generation + 1, whole_from=_reader.generation + 1)


def _is_recent() -> bool:
    return time.monotonic() - _reader.asked_at < settings.CHANGES_CHECK_SECONDS


def _read() -> None:
    asked = time.monotonic()
    started = bool(_reader.xmin) and asked - _reader.asked_at < LONGEST_SILENCE
    with connection.cursor() as cursor:
        cursor.execute(READ, [_reader.xmin if started else ""])
        rows = cursor.fetchall()
    lines = {number: Change(what, key) for _, number, what, key in rows if number is not None}
    fresh = {change for number, change in lines.items() if number not in _reader.seen}
    if not started:
        _reader.generation += 1
        _reader.whole_from = _reader.generation
    elif fresh:
        _reader.generation += 1
        if len(fresh) > REMEMBERED or any(not change.key for change in fresh):
            _reader.whole_from = _reader.generation
        _reader.news.extend((_reader.generation, change) for change in fresh)
        if len(_reader.news) == REMEMBERED:
            _reader.whole_from = max(_reader.whole_from, _reader.news[0][0])
    _reader.xmin, _reader.seen, _reader.asked_at = rows[0][0], frozenset(lines), asked
