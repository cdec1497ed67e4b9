"""Mail that processes of their own deliver: queued, rung for, waited for, and made older."""

import time
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from huizen.models import Message, PlannedMessage
from huizen.outbox import doorbell
from tests.huizen import letters

LEASE = 2
State = Message.State


def queue(key="a", **facts):
    """A mail that a process of its own can write: with a template of the portal."""
    facts = {
        "template": "account_notice",
        "context": {"what": "Proef", "login_url": "https://a.example/"},
    } | facts
    return letters.queue(key, now=timezone.now(), **facts)


def until(condition, *, seconds=180):
    """Wait until it is so; the limit is for a machine that is ten times as busy as it should be."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)  # between two looks


def ring():
    """Ask Celery for a tick, whatever was rung before."""
    doorbell._silent_until = 0.0
    doorbell.heard()
    doorbell.ring()


def ring_until_all_left():
    """Ring twice a second, as the lease of a worker that died must end first."""
    end = time.monotonic() + 180
    while not nothing_waits():
        assert time.monotonic() < end, "not everything left in time"
        ring()
        time.sleep(0.5)


def identities(sink):
    """The distinct mails that the server took."""
    return {(mail.message_id, mail.date) for mail in sink.accepted}


def time_passes(**span):
    """The clock of other processes cannot be turned: everything that waits is made so much older."""
    ago = timedelta(**span)
    Message.objects.update(
        not_before=F("not_before") - ago,
        created_at=F("created_at") - ago,
        expires_at=F("expires_at") - ago,
    )
    PlannedMessage.objects.update(due_at=F("due_at") - ago, expires_at=F("expires_at") - ago)


def nothing_waits():
    """Whether every mail has ended."""
    return not Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).exists()


def cut_all_connections():
    """As a PostgreSQL that restarts: every other connection to this database is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def waiting_for_us():
    """Who waits for a row that this transaction holds: (process,), or None."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()
