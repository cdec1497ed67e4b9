"""Releasing: a planned reminder that is due becomes a mail in the queue, if it is still wanted and still of use."""

import logging
from datetime import datetime

from django.db import transaction

from huizen.models import Message, PlannedMessage
from huizen.outbox.compose import one_line
from huizen.outbox.kinds import kind_named
from huizen.outbox.morning import next_morning
from huizen.outbox.preferences import stop_url, waits_of
from huizen.outbox.quiet import QUIET_CATEGORIES, outside_quiet_hours
from huizen.outbox.suppression import suppressions_of

log = logging.getLogger(__name__)
State = PlannedMessage.State
#: Rows a transaction: their locks are held while the apps above are asked what to say.
BATCH = 50
WAITS = "wacht op de ochtendmail"


def release_due(*, now: datetime) -> int:
    """Decide about every reminder that is due; how many were looked at. Safe beside other workers."""
    total = 0
    while number := _release_batch(now):
        total += number
    return total


@transaction.atomic
def _release_batch(now: datetime) -> int:
    due = PlannedMessage.objects.filter(state=State.PLANNED, due_at__lte=now).order_by("due_at")
    rows = list(due.select_for_update(skip_locked=True)[:BATCH])
    unwanted, waits = suppressions_of(rows), waits_of(rows)
    messages = [
        message
        for row in rows
        if (message := _decide(row, unwanted.get(row.key, ""), waits.get(row.key, ""), now))
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    PlannedMessage.objects.bulk_update(rows, ["state", "reason", "due_at"])
    return len(rows)


def _decide(row: PlannedMessage, suppressed: str, wait: str, now: datetime) -> Message | None:
    """Set the state of one reminder; the mail that it becomes, or None."""
    not_before = outside_quiet_hours(now) if row.category in QUIET_CATEGORIES else now
    if row.expires_at <= not_before:
        return _end(row, State.EXPIRED, "te laat om nog nuttig te zijn")
    if suppressed:
        return _end(row, State.SUPPRESSED, suppressed)
    if wait and row.expires_at > (morning := next_morning(now, wait)):
        # What would be of no use by then goes at once, alone.
        row.due_at, row.reason = morning, WAITS
        return None
    try:
        # A savepoint: a query of an app above that fails must not take the other reminders along.
        with transaction.atomic():
            return _message(row, not_before, now)
    except Exception as error:
        log.exception("The reminder %s could not be made", row.key)
        return _end(row, State.FAILED, f"{type(error).__name__}: {error}")


def _message(row: PlannedMessage, not_before: datetime, now: datetime) -> Message | None:
    kind = kind_named(row.kind)
    if reason := kind.why_not(row, now):
        return _end(row, State.CANCELLED, reason)
    if kind.compose is None:
        raise TypeError(f"De soort '{kind.name}' kan geen herinnering schrijven.")
    letter = kind.compose(row, now)
    row.state, row.reason = State.RELEASED, ""
    return Message(
        key=row.key,
        kind=row.kind,
        category=row.category,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        channel=row.channel,
        recipient=row.recipient,
        address_hash=row.address_hash,
        house_id=row.house_id,
        language=letter.language,
        template=letter.template,
        context=letter.context,
        calendar=letter.calendar,
        unsubscribe_url=stop_url(row.address_hash, row.category),
        created_at=now,
        not_before=not_before,
        expires_at=row.expires_at,
    )


def _end(row: PlannedMessage, state: str, reason: str) -> None:
    row.state, row.reason = state, one_line(reason)[:200]
