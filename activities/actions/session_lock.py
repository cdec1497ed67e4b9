"""The one lock on the places of a moment: whoever changes them takes it first, and takes nothing before it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from psycopg.errors import LockNotAvailable

from activities.models import Hold, Session

#: How long a visitor waits for others who sign up for the same moment, in seconds.
PATIENCE = 3
#: Said to the database as it is: everybody who comes next waits for this statement.
COUNT = """
UPDATE activities_session
SET confirmed_count = confirmed_count + %s, waiting_count = waiting_count + %s,
    waiting_last = waiting_last + %s, held_count = held_count + %s,
    offered_count = offered_count + %s, kept_count = kept_count + %s
WHERE id = %s
"""


class BusyError(Exception):
    """Others held the moment for longer than a visitor should wait; nothing was changed."""

    def __init__(self):
        super().__init__(gettext("Het is nu heel druk. Wacht even en probeer het nog eens."))


@contextmanager
def locked_session(session_id: int, *, now: datetime) -> Iterator[Session]:
    """A transaction that begins by locking one moment. Raises BusyError, Session.DoesNotExist.

    The row comes as it is now, with its activity, House and places, and without promises that are over. Under
    READ COMMITTED (activities/checks.py) everything that is read after it is of now as well, so counting under the
    lock is safe.
    """
    with _patiently():
        session = _lock(_whole_sessions()).get(pk=session_id)
        _let_go_in_time([session], now=now)
        yield session


@contextmanager
def locked_sessions(session_ids: Iterable[int], *, now: datetime) -> Iterator[list[Session]]:
    """The same for several moments at once, always in the same order, so that nobody waits in a circle."""
    with _patiently():
        sessions = list(_lock(_whole_sessions()).filter(pk__in=list(session_ids)).order_by("pk"))
        _let_go_in_time(sessions, now=now)
        yield sessions


@contextmanager
def _patiently() -> Iterator[None]:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}s"])
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise BusyError from error
        raise


def count(
    session: Session,
    *,
    confirmed: int = 0,
    waiting: int = 0,
    numbers: int = 0,
    held: int = 0,
    offered: int = 0,
    kept: int = 0,
) -> None:
    """Add to the counters of a locked moment (below zero: take off). The CHECKs of the table have the last word."""
    session.confirmed_count += confirmed
    session.waiting_count += waiting
    session.waiting_last += numbers
    session.held_count += held
    session.offered_count += offered
    session.kept_count += kept
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [confirmed, waiting, numbers, held, offered, kept, session.pk])


def _let_go_in_time(sessions: list[Session], *, now: datetime) -> None:
    """What is promised no longer: holds that are over, and places that the House kept until about now."""
    _drop_old_holds(sessions, now=now)
    for session in sessions:
        if session.kept_count and is_released(session, now=now):
            count(session, kept=-session.kept_count)


def is_released(session: Session, *, now: datetime) -> bool:
    """Whether the places that the House kept are for everybody by now."""
    return session.starts_at - timedelta(hours=session.activity.reserved_hours) <= now


def _drop_old_holds(sessions: list[Session], *, now: datetime) -> None:
    """A hold that is over counts for nothing; where nobody holds a place this costs nothing."""
    held = {session.pk: session for session in sessions if session.held_count}
    if not held:
        return
    over = Hold.objects.filter(session__in=held, until__lte=now)
    for hold in list(over):
        count(held[hold.session_id], held=-hold.places)
    over.delete()


def _whole_sessions() -> QuerySet[Session]:
    return Session.objects.select_related("activity__house", "activity__location", "location")


def _lock(sessions: QuerySet[Session]) -> QuerySet[Session]:
    # no_key: a new registration refers to its moment, and that must not wait for this lock.
    return sessions.select_for_update(no_key=True, of=("self",))
