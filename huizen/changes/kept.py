"""Something that is made from the database and kept in memory until one of its tables changes."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import models

from huizen.changes.feed import generation, since

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """`make` reads the whole thing; `current()` gives it as the database is now, at most a second old outside a transaction."""

    def __init__(self, make: Callable[[], Thing], *models: type[models.Model]) -> None:
        self._make = make
        self._tables = {model._meta.db_table for model in models}
        self._generation = -1
        self._lock = threading.Lock()
        self._thing: Thing

    def current(self) -> Thing:
        """The thing itself: everybody gets the same one, so nobody changes it."""
        now = generation()
        if now != self._generation:
            # One thread makes it; the others wait, or the first visitors would find nothing at all.
            with self._lock:
                news = since(self._generation)
                if news is None or any(change.what in self._tables for change in news):
                    self._thing = self._make()
                self._generation = now
        return self._thing
