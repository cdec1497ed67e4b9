"""The one lock on the places of a moment: whoever changes them takes it first, and takes nothing before it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet
from psycopg.errors import LockNotAvailable

from activities.models import Session

#: How long a visitor waits for others who sign up for the same moment, in seconds.
PATIENCE = 3


class BusyError(Exception):
    """Others held the moment for longer than a visitor should wait; nothing was changed."""

    def __init__(self):
        super().__init__("Het is nu heel druk. Wacht even en probeer het nog eens.")


@contextmanager
def locked_session(session_id: int) -> Iterator[Session]:
    """A transaction that begins by locking one moment. Raises BusyError, Session.DoesNotExist.

    The row comes as it is now, with its activity, House and places. Under READ COMMITTED (activities/checks.py)
    everything that is read after it is of now as well, so counting under the lock is safe.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{PATIENCE}s"])
            yield _lock(_whole_sessions()).get(pk=session_id)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise BusyError from error
        raise


def count(session: Session, *, confirmed: int = 0, waiting: int = 0, numbers: int = 0) -> None:
    """Add to the counters of a locked moment (below zero: take off). The CHECKs of the table have the last word."""
    session.confirmed_count += confirmed
    session.waiting_count += waiting
    session.waiting_last += numbers
    Session.objects.filter(pk=session.pk).update(
        confirmed_count=F("confirmed_count") + confirmed,
        waiting_count=F("waiting_count") + waiting,
        waiting_last=F("waiting_last") + numbers,
    )


def _whole_sessions() -> QuerySet[Session]:
    return Session.objects.select_related("activity__house", "activity__location", "location")


def _lock(sessions: QuerySet[Session]) -> QuerySet[Session]:
    # no_key: a new registration refers to its moment, and that must not wait for this lock.
    return sessions.select_for_update(no_key=True, of=("self",))
