"""The index of this process: made when it is first asked for, kept true while it is used.

A web process asks the database at most once a second what changed; within a transaction it always asks, because who
writes must see what she wrote. Few changes are read at once. After many, another index is made beside this one, which
serves until that one is ready.
"""

import logging
import threading
import time
from datetime import datetime

from django.conf import settings
from django.db import connection

from activities.search.changes import Changes, changes_since
from activities.search.index import Index

logger = logging.getLogger(__name__)
#: From so many changed activities on a new index is less work.
MANY = 500
#: Up to so many activities a new index takes less than a blink.
QUICK = 1_000


class _Shelf:
    index: Index | None = None
    checked_at = float("-inf")
    lock = threading.RLock()
    builder: threading.Thread | None = None


def current(*, now: datetime) -> Index:
    """The index as the database is now; at most `SEARCH_CHECK_SECONDS` old outside a transaction. Hold its lock to read."""
    index = _Shelf.index
    if index and index.reaches_back_to(now) and _is_fresh():
        return index
    # One thread asks; the others go on with what there is. Only where there is nothing yet they wait.
    if not _Shelf.lock.acquire(
        blocking=index is None or not index.reaches_back_to(now) or connection.in_atomic_block
    ):
        return index
    try:
        return _brought_up_to_date(now)
    finally:
        _Shelf.lock.release()


def forget() -> None:
    """Begin anew: the next question makes an index."""
    if _Shelf.builder:
        _Shelf.builder.join()
    _Shelf.index, _Shelf.builder, _Shelf.checked_at = None, None, float("-inf")


def _is_fresh() -> bool:
    return (
        not connection.in_atomic_block
        and time.monotonic() - _Shelf.checked_at < settings.SEARCH_CHECK_SECONDS
    )


def _brought_up_to_date(now: datetime) -> Index:
    index = _Shelf.index
    if index is None or not index.reaches_back_to(now):
        return _put(Index(now=now))
    if _is_fresh():
        return index
    changes = changes_since(index.position)
    if changes.everything or len(changes.activities) > MANY or index.is_worn(now):
        return _made_anew(index, changes, now)
    if changes:
        index.refresh(changes, now=now)
    index.position = changes.position
    _Shelf.checked_at = time.monotonic()
    return index


def _made_anew(index: Index, changes: Changes, now: datetime) -> Index:
    """Another index: at once where that is quick or where nobody else can see what we wrote, else beside this one."""
    if connection.in_atomic_block or len(index.columns.all) <= QUICK:
        return _put(Index(now=now))
    if _Shelf.builder is None:
        _Shelf.builder = threading.Thread(target=_build, args=(now,), name="search index", daemon=True)
        _Shelf.builder.start()
    _Shelf.checked_at = time.monotonic()
    return index


def _build(now: datetime) -> None:
    """What is left of the old index's position makes the next question try again where this fails."""
    try:
        _put(Index(now=now))
    except Exception:
        logger.exception("The search index could not be made anew; the old one goes on.")
    finally:
        connection.close()
        _Shelf.builder = None


def _put(index: Index) -> Index:
    _Shelf.index, _Shelf.checked_at = index, time.monotonic()
    return index
