"""The index of this process: made when it is first asked for, kept true by the feed of changes (huizen/changes).

Few changes are read at once. After many, another index is made beside this one, which serves until that one is ready.
"""

import logging
import threading
from datetime import datetime

from django.db import connection

from activities.search.index import Index
from activities.search.touched import touched
from huizen import changes
from huizen.memory import give_back

logger = logging.getLogger(__name__)
#: From so many changed activities on a new index is less work.
MANY = 500
#: Up to so many activities a new index takes less than a blink.
QUICK = 1_000


class _Shelf:
    index: Index | None = None
    lock = threading.RLock()
    builder: threading.Thread | None = None


def current(*, now: datetime) -> Index:
    """The index as the database is now; at most a second old outside a transaction. Hold its lock to read."""
    index, generation = _Shelf.index, changes.generation()
    serves = index is not None and index.reaches_back_to(now)
    if serves and index.generation >= generation and not index.is_worn(now):
        return index
    # One thread reads; the others go on with what there is. Only where that does not serve they wait.
    if not _Shelf.lock.acquire(blocking=not serves or connection.in_atomic_block):
        return index
    try:
        return _brought_up_to_date(generation, now)
    finally:
        _Shelf.lock.release()


def forget() -> None:
    """Begin anew: the next question makes an index."""
    if builder := _Shelf.builder:
        builder.join()
    _Shelf.index = None


def _brought_up_to_date(generation: int, now: datetime) -> Index:
    index = _Shelf.index
    if index is None or not index.reaches_back_to(now):
        return _put(Index(generation=generation, now=now))
    news = changes.since(index.generation)
    what = None if news is None or index.is_worn(now) else touched(news)
    if what is None or len(what.activities) > MANY:
        return _made_anew(index, generation, now)
    index.refresh(what, now=now)
    index.generation = generation
    return index


def _made_anew(index: Index, generation: int, now: datetime) -> Index:
    """Another index: at once where that is quick or where nobody else can see what we wrote, else beside this one."""
    if connection.in_atomic_block or len(index.columns.all) <= QUICK:
        return _put(Index(generation=generation, now=now))
    if _Shelf.builder is None:
        _Shelf.builder = threading.Thread(target=_build, args=(generation, now), name="search", daemon=True)
        _Shelf.builder.start()
    return index


def _build(generation: int, now: datetime) -> None:
    """Where this fails, the old index still says how far it is, and the next question tries again."""
    try:
        _put(Index(generation=generation, now=now))
    except Exception:
        logger.exception("The search index could not be made anew; the old one goes on.")
    finally:
        connection.close()
        _Shelf.builder = None


def _put(index: Index) -> Index:
    _Shelf.index = index
    if len(index.columns.all) > QUICK:
        give_back()
    return index
