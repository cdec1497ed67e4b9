"""What a process remembers to understand questions: our phrases and the school holidays, as the database has them."""

import threading
import time
from dataclasses import dataclass, field

from django.db import connection
from psycopg.sql import SQL, Identifier

from huizen.models import Concept, Holiday
from huizen.search.meaning.concepts import Concepts, compiled

#: How long a change may stay unseen outside a transaction.
CHECK_SECONDS = 1.0
WATCHED = (Concept, Holiday)


@dataclass(frozen=True)
class Known:
    """`version`: of which state of the database."""

    version: tuple = ()
    concepts: Concepts = field(default_factory=lambda: compiled([]))
    holidays: tuple[Holiday, ...] = ()


def _version() -> tuple:
    sums = [
        SQL("(SELECT sum(hashtextextended(t::text, 0)) FROM {} t)").format(Identifier(model._meta.db_table))
        for model in WATCHED
    ]
    with connection.cursor() as cursor:
        cursor.execute(SQL("SELECT ") + SQL(", ").join(sums))
        return cursor.fetchone()


def _read(version: tuple) -> Known:
    active = Concept.objects.filter(is_active=True).order_by("pk")
    rows = active.values_list("phrase", "language", "offer_types", "life_domains")
    school = Holiday.objects.filter(kind=Holiday.Kind.SCHOOL).order_by("starts_on")
    return Known(version, compiled(rows), tuple(school))


class _Shelf:
    known = Known()
    checked_at = float("-inf")
    lock = threading.Lock()


def current() -> Known:
    """What is known now; at most a second old outside a transaction, and always fresh within one."""
    if not connection.in_atomic_block and time.monotonic() - _Shelf.checked_at < CHECK_SECONDS:
        return _Shelf.known
    with _Shelf.lock:
        version = _version()
        if version != _Shelf.known.version:
            _Shelf.known = _read(version)
        _Shelf.checked_at = time.monotonic()
    return _Shelf.known
