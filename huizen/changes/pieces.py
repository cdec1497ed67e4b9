"""Parts of pages that are made once and kept until a row that they show changes, or until the clock makes them untrue.

A piece is made without the request, so nothing of a visitor can stand in it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import models
from django.utils.translation import get_language

from huizen.changes.feed import Change, generation, since

Thing = TypeVar("Thing")
Model = type[models.Model]


@dataclass(frozen=True)
class Piece(Generic[Thing]):
    """What was made, the stretch of time in which it is true, and what it shows: whole tables, and rows by their key."""

    thing: Thing
    since: datetime
    until: datetime
    tables: frozenset[str]
    rows: frozenset[Change]

    @classmethod
    def of(
        cls,
        thing: Thing,
        *,
        since: datetime,
        until: datetime,
        tables: Iterable[Model] = (),
        rows: Mapping[Model, Iterable[Hashable]],
    ) -> "Piece[Thing]":
        """`rows` by the key that the feed tells them by (`watch` in the migrations): a session by its activity."""
        return cls(
            thing,
            since,
            until,
            frozenset(model._meta.db_table for model in tables),
            frozenset(Change(model._meta.db_table, str(key)) for model, keys in rows.items() for key in keys),
        )

    def shows(self, change: Change) -> bool:
        return change.what in self.tables or change in self.rows


class Pieces(Generic[Thing]):
    """`most` pieces, each once for each language; then the one goes that nobody asked for longest."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Piece[Thing]] = OrderedDict()
        self._generation = -1
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Piece[Thing]], *, now: datetime) -> Thing:
        """What is kept under a key, as the database and the clock are now; else what `make` gives. Nobody changes it."""
        key = (get_language(), key)
        # Asked before the piece is made: what changes meanwhile is told afterwards, and takes the piece away.
        seen = generation()
        with self._lock:
            self._forget_what_changed(seen)
            piece = self._kept.get(key)
            if piece and piece.since <= now < piece.until:
                self._kept.move_to_end(key)
                return piece.thing
        piece = make()
        with self._lock:
            if self._generation == seen:
                self._kept[key] = piece
                self._kept.move_to_end(key)
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return piece.thing

    def _forget_what_changed(self, seen: int) -> None:
        if seen <= self._generation:
            return
        news = since(self._generation)
        if news is None:
            self._kept.clear()
        elif news:
            gone = [key for key, piece in self._kept.items() if any(map(piece.shows, news))]
            for key in gone:
                del self._kept[key]
        self._generation = seen
