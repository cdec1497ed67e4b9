"""Composing what waits, some tens at a time: the bytes are made once and kept, before anybody is written to."""

import logging
from collections import Counter
from datetime import datetime

from django.db import transaction

from huizen.models import Channel, Message
from huizen.outbox.compose import compose, one_line
from huizen.outbox.kinds import kind_named
from huizen.outbox.quiet import hushed_categories
from huizen.outbox.sms import compose_sms
from huizen.outbox.suppression import suppressions_of

log = logging.getLogger(__name__)
BATCH = 50
#: What writing a message sets.
WRITTEN = ["title", "context", "message_id", "body_mime", "segments", "cost", "state", "reason"]


@transaction.atomic
def prepare(*, now: datetime, channel: str = Channel.MAIL) -> Counter[str]:
    """Make the bytes of the next messages that may leave; {state: how many ended here}. A bad one fails alone."""
    waiting = Message.objects.filter(
        state=Message.State.QUEUED, channel=channel, body_mime=None, not_before__lte=now
    ).exclude(category__in=hushed_categories(now))
    rows = list(
        waiting.select_related("house")
        .order_by("priority", "not_before")
        .select_for_update(skip_locked=True, of=["self"])[:BATCH]
    )
    unwanted = suppressions_of(rows)
    for row in rows:
        if reason := unwanted.get(row.key):
            row.state, row.reason = Message.State.SUPPRESSED, reason
        else:
            _compose(row, now)
        row.save(update_fields=WRITTEN)
    return Counter(row.state for row in rows if row.state != Message.State.QUEUED)


def _compose(row: Message, now: datetime) -> None:
    try:
        # A savepoint: a template that asks the database for something wrong spoils only its own mail.
        with transaction.atomic():
            if not _renewed(row, now):
                return
            write = compose_sms if row.channel == Channel.SMS else compose
            write(row, now=now)
    except Exception as error:
        log.exception("The mail %s could not be written", row.key)
        row.state, row.reason = Message.State.FAILED, one_line(f"{type(error).__name__}: {error}")[:200]
        row.body_mime = row.message_id = None


def _renewed(row: Message, now: datetime) -> bool:
    """Take over what is true now, where the kind asks for that; whether there is anything left to say."""
    kind = kind_named(row.kind) if row.kind else None
    if kind is None or kind.renew is None:
        return True
    if reason := kind.why_not(row, now):
        row.state, row.reason = Message.State.SUPPRESSED, reason
        return False
    row.context = kind.renew(row, now).context
    return True
