"""Composing what waits, some tens at a time: the bytes are made once and kept, before anybody is written to."""

import logging
from collections import Counter
from datetime import datetime

from django.db import transaction

from huizen.models import Message
from huizen.outbox.compose import compose, one_line
from huizen.outbox.quiet import hushed_categories

log = logging.getLogger(__name__)
BATCH = 50


@transaction.atomic
def prepare(*, now: datetime) -> Counter[str]:
    """Make the bytes of the next mails that may leave. A bad one fails alone; {failed: how many}."""
    waiting = Message.objects.filter(state=Message.State.QUEUED, body_mime=None, not_before__lte=now).exclude(
        category__in=hushed_categories(now)
    )
    rows = list(
        waiting.select_related("house")
        .order_by("priority", "not_before")
        .select_for_update(skip_locked=True, of=["self"])[:BATCH]
    )
    for row in rows:
        _compose(row, now)
    for row in rows:
        row.save(update_fields=["title", "message_id", "body_mime", "state", "reason"])
    return Counter(row.state for row in rows if row.state == Message.State.FAILED)


def _compose(row: Message, now: datetime) -> None:
    try:
        # A savepoint: a template that asks the database for something wrong spoils only its own mail.
        with transaction.atomic():
            compose(row, now=now)
    except Exception as error:
        log.exception("The mail %s could not be written", row.key)
        row.state, row.reason = Message.State.FAILED, one_line(f"{type(error).__name__}: {error}")[:200]
        row.body_mime = row.message_id = None
