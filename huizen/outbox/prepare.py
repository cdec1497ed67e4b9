"""Composing what waits, some tens at a time: the bytes are made once and kept, before anybody is written to."""

import logging
from collections import Counter
from datetime import datetime

from django.db import transaction

from huizen.models import Message
from huizen.outbox.compose import compose, one_line
from huizen.outbox.quiet import hushed_categories
from huizen.outbox.suppression import suppressions_of

log = logging.getLogger(__name__)
BATCH = 50


@transaction.atomic
def prepare(*, now: datetime) -> Counter[str]:
    """Make the bytes of the next mails that may leave; {state: how many ended here}. A bad one fails alone."""
    waiting = Message.objects.filter(state=Message.State.QUEUED, body_mime=None, not_before__lte=now).exclude(
        category__in=hushed_categories(now)
    )
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
        row.save(update_fields=["title", "message_id", "body_mime", "state", "reason"])
    return Counter(row.state for row in rows if row.state != Message.State.QUEUED)


def _compose(row: Message, now: datetime) -> None:
    try:
        # A savepoint: a template that asks the database for something wrong spoils only its own mail.
        with transaction.atomic():
            compose(row, now=now)
    except Exception as error:
        log.exception("The mail %s could not be written", row.key)
        row.state, row.reason = Message.State.FAILED, one_line(f"{type(error).__name__}: {error}")[:200]
        row.body_mime = row.message_id = None
