"""Mail that processes of their own deliver: queued, rung for, waited for, and made older."""

import time
from datetime import timedelta

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


def until(condition, *, seconds=60):
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def ring():
    """Ask Celery for a tick, whatever was rung before."""
    doorbell._silent_until = 0.0
    doorbell.heard()
    doorbell.ring()


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
