"""The index of this process: made when it is first asked for, kept true while it is used."""

import threading
from datetime import datetime

from activities.search.index import Index


class _Shelf:
    index: Index | None = None
    lock = threading.RLock()


def current(*, now: datetime) -> Index:
    """The index as the database is now."""
    with _Shelf.lock:
        _Shelf.index = Index(now=now)
        return _Shelf.index
