"""Rows of several tables in one statement: what belongs together is written together, and costs one trip."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from django.db import connection, models

from huizen.models import Message, PlannedMessage

#: A row of these whose key is there already is left out (huizen/outbox/queue.py, planning.py).
ONCE = (Message, PlannedMessage)


def insert_together(rows: Iterable[models.Model]) -> None:
    """Insert new rows of any tables; none of them learns a number that the database gives.

    Much cheaper than one INSERT a table where it counts: under the lock of a moment. Foreign keys between the
    rows hold at the end of the transaction, as everywhere.
    """
    tables: dict[type[models.Model], list[models.Model]] = defaultdict(list)
    for row in rows:
        tables[type(row)].append(row)
    if not tables:
        return
    parts = [_insert(model, len(rows)) for model, rows in tables.items()]
    steps = ", ".join(f"step{number} AS ({part})" for number, part in enumerate(parts[:-1]))
    values = [value for model, rows in tables.items() for row in rows for value in _values(model, row)]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {steps} {parts[-1]}" if steps else parts[-1], values)
    for rows in tables.values():
        for row in rows:
            row._state.adding, row._state.db = False, connection.alias


def _insert(model: type[models.Model], number: int) -> str:
    """The statement for so many rows. All names come from our own models."""
    quote = connection.ops.quote_name
    fields = _fields(model)
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * number)
    unless = " ON CONFLICT DO NOTHING" if model in ONCE else ""
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {places}{unless}"  # noqa: S608


def _values(model: type[models.Model], row: models.Model) -> list:
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _fields(model)]


@cache
def _fields(model: type[models.Model]) -> list[models.Field]:
    """Without what the database makes itself: serial numbers and generated columns."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not isinstance(field, models.AutoField)
    ]
