"""Ringing Celery when mail waits. A broken bell is no fault: the clock rings within half a minute."""

import logging
import time

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

#: After a ring that failed nobody tries for this long (seconds), so that one visitor in many pays the wait.
PAUSE = 30.0
_silent_until = 0.0
#: No second try, and half a second for each step: what a visitor waits at most, once in PAUSE, with a dead broker.
QUICK = {"max_retries": 0, "socket_connect_timeout": 0.5, "socket_timeout": 0.5}
#: A ring that nobody heard is forgotten after so many seconds.
EXPIRES = 60
#: Stands in the cache between a ring and the tick that hears it.
RUNG = "outbox:rung"


def ring_on_commit() -> None:
    """Ask for a tick once the transaction is in; once a transaction, however many mails it queues."""
    waiting = (hook[1] for hook in transaction.get_connection().run_on_commit)
    if ring not in waiting:
        transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Ask for a tick now, unless one is asked for that has not begun: it will find this mail too.

    Never raises: the mail stands in the database and will go.
    """
    global _silent_until
    if time.monotonic() < _silent_until or _rung_already():
        return
    try:
        with current_app.connection_for_write(transport_options=QUICK) as line:
            # By name: the outbox knows no tasks. Without a worker the ring is forgotten after a minute.
            current_app.send_task(
                "outbox.tick", connection=line, expires=EXPIRES, retry=False, ignore_result=True
            )
    except Exception as error:
        _silent_until = time.monotonic() + PAUSE
        heard()
        log.warning("The broker did not answer (%s); mail leaves at the next tick.", error)


def heard() -> None:
    """A tick begins: what is queued from now on rings anew. To be said before the tick looks at the database."""
    try:
        cache.delete(RUNG)
    except RedisError:
        log.debug("The cache did not answer; the ring is forgotten by itself.")


def _rung_already() -> bool:
    """Whether a tick waits that has not begun. Without a cache every mail rings."""
    try:
        return not cache.add(RUNG, 1, EXPIRES)
    except RedisError:
        return False
