"""What all imports of files do alike: confirmed or thrown away, carried out behind the screen, taken back."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar

from celery import current_app
from django.db import connection, transaction

from huizen.actions.logbook import record
from huizen.models import SheetImport, SheetLine, User
from huizen.sheet import Row

log = logging.getLogger(__name__)
State = SheetImport.State
Kind = TypeVar("Kind", bound=SheetImport)

#: Lines in one transaction: what is done again after a crash, and how often the page of the progress moves.
BATCH = 25


class ImportStopped(Exception):
    """Why an import cannot go on so; its text is for who tried."""


@dataclass
class Undoing:
    """What of an import can go, and what stays with the reason."""

    gone: list[Any] = field(default_factory=list)
    stays: list[tuple[Any, str]] = field(default_factory=list)


class Decision(Protocol):
    """What a line will do, and what to say about it."""

    @property
    def outcome(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def reason(self) -> str: ...


def prepare(sheet_import: Kind, rows: Iterable[Row], decide: Callable[[Row], Decision]) -> Kind:
    """Keep a file and what each of its lines will do; `decide` judges those that could be read. Inside a transaction."""
    sheet_import.save()
    lines = _lines(sheet_import)
    lines.bulk_create(
        (lines.model(**{lines.field.name: sheet_import}, **_line(row, decide)) for row in rows),
        batch_size=1000,
    )
    return sheet_import


def _line(row: Row, decide: Callable[[Row], Decision]) -> dict[str, Any]:
    facts = {"number": row.number, "cells": row.cells, "facts": row.facts}
    if row.reason:
        return facts | {"outcome": SheetLine.FAULT, "column": row.column, "reason": row.reason}
    decision = decide(row)
    return facts | {"outcome": decision.outcome, "column": decision.column, "reason": decision.reason}


@transaction.atomic
def start(*, sheet_import: Kind, verb: str, task: str, by: User, now: datetime) -> Kind:
    """Confirm an import; `task` does the work behind the screen. Raises ImportStopped when that was done already."""
    row = _unconfirmed(sheet_import)
    row.state = State.RUNNING
    row.save(update_fields=["state"])
    record(verb, row, by=by, now=now, house=row.house)
    transaction.on_commit(partial(ring, task), robust=True)
    return row


@transaction.atomic
def discard(*, sheet_import: SheetImport) -> None:
    """Throw away what nobody confirmed. Raises ImportStopped when it was confirmed."""
    _unconfirmed(sheet_import).delete()


@transaction.atomic
def take_back(
    *,
    sheet_import: Kind,
    what_can_go: Callable[[Kind], Undoing],
    take_away: Callable[[list], None],
    verb: str,
    by: User,
    now: datetime,
) -> Undoing:
    """Take away what can go; what stays can go later, once nothing hangs on it.

    Raises ImportStopped while the import is not carried out, or when it was taken back already.
    """
    row = _locked(sheet_import)
    if row.state != State.DONE:
        raise ImportStopped("Deze invoer kan je nu niet terugnemen.")
    undoing = what_can_go(row)
    take_away(undoing.gone)
    if not undoing.stays:
        row.state = State.TAKEN_BACK
        row.save(update_fields=["state"])
    if undoing.gone:
        record(verb, row, by=by, now=now, house=row.house)
    return undoing


def carry_out_all(kind: type[SheetImport], some: Callable[[int], bool]) -> None:
    """Carry out each confirmed file of a kind; `some` does the next lines of one, and says whether there may be more."""
    running = kind._default_manager.filter(state=State.RUNNING).order_by("pk")
    for key in running.values_list("pk", flat=True):
        while some(key):
            pass


def running(kind: type[Kind], key: int) -> Kind | None:
    """A confirmed file, locked; None when it was finished meanwhile. Inside a transaction."""
    rows = kind._default_manager.select_for_update(no_key=True, of=("self",))
    return rows.select_related("house").filter(pk=key, state=State.RUNNING).first()


def carry_out_lines(row: SheetImport, carry_out: Callable[[list], object], *, now: datetime) -> bool:
    """The next lines of a file, together or not at all; whether there may be more. Without any, the file is done."""
    lines = _next_lines(row)
    if lines:
        carry_out(lines)
    else:
        row.state, row.done_at = State.DONE, now
        row.save(update_fields=["state", "done_at"])
    return bool(lines)


def _next_lines(row: SheetImport) -> list:
    return list(_lines(row).to_do().order_by("number")[:BATCH])


def _lines(sheet_import: Any) -> Any:
    """Each kind of import names its own as `lines`."""
    return sheet_import.lines


def wait_for_others(*numbers: int) -> None:
    """Until this transaction ends nobody else goes on under the same number (or pair of them)."""
    with connection.cursor() as cursor:
        places = ", ".join("%s" for _ in numbers)
        cursor.execute(f"SELECT pg_advisory_xact_lock({places})", numbers)


def ring(task: str) -> None:
    """Ask Celery to begin. Without a broker the clock finds the work within a minute."""
    try:
        # By name: an action knows no tasks.
        current_app.send_task(task, retry=False, ignore_result=True, expires=600)
    except Exception as error:
        log.warning("The broker did not answer (%s); %s begins within a minute.", error, task)


def _unconfirmed(sheet_import: Kind) -> Kind:
    row = _locked(sheet_import)
    if row.state != State.PREPARED:
        raise ImportStopped("Deze invoer was al bevestigd.")
    return row


def _locked(sheet_import: Kind) -> Kind:
    rows = type(sheet_import)._default_manager.select_related("house")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=sheet_import.pk)
