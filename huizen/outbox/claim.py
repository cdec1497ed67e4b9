"""Taking one mail in hand, and writing down what became of it: one statement each, on either side of SMTP.

A claim is a lease with a token. Who loses the lease (a worker that died, or was far too slow) cannot write its
result any more: the token has changed. Written in SQL, because the order of locking is the point.
"""

import logging
import uuid
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from huizen.models import Channel, Message
from huizen.outbox.compose import one_line
from huizen.outbox.quiet import hushed_categories

log = logging.getLogger(__name__)

#: Two workers never take the same row, and neither waits for the other. The fault tests take it away to see the harm.
LOCKING = "FOR UPDATE SKIP LOCKED"

#: In the order of the model, as from_db wants them.
COLUMNS = [field.attname for field in Message._meta.concrete_fields]

CLAIM = """
WITH next AS MATERIALIZED (
    SELECT id FROM huizen_message
    WHERE state = 'queued' AND channel = %(channel)s AND not_before <= %(now)s AND body_mime IS NOT NULL
        AND (expires_at IS NULL OR expires_at > %(now)s) AND category <> ALL(%(hushed)s)
    ORDER BY priority, not_before LIMIT 1 {locking}
), claimed AS (
    UPDATE huizen_message AS message
    SET state = 'sending', claim_token = %(token)s, lease_until = %(lease_until)s, attempts = attempts + 1
    FROM next WHERE message.id = next.id
    RETURNING message.*
), attempt AS (
    INSERT INTO huizen_deliveryattempt (message_id, number, started_at, outcome, text)
    SELECT id, (SELECT count(*) + 1 FROM huizen_deliveryattempt WHERE message_id = claimed.id), %(now)s, 'started', ''
    FROM claimed
)
SELECT {columns} FROM claimed
"""

RECORD = """
WITH done AS (
    UPDATE huizen_message
    SET state = %(state)s::text, reason = %(reason)s, not_before = coalesce(%(not_before)s, not_before),
        sent_at = CASE WHEN %(state)s::text = 'sent' THEN %(now)s::timestamptz END, claim_token = NULL, lease_until = NULL
    WHERE id = %(id)s AND claim_token = %(token)s AND state = 'sending'
    RETURNING id
), noted AS (
    UPDATE huizen_deliveryattempt AS attempt
    SET ended_at = %(now)s, outcome = %(outcome)s::text, smtp_code = %(code)s, text = %(text)s
    FROM done WHERE attempt.message_id = done.id AND attempt.outcome = 'started'
)
SELECT id FROM done
"""


def claim(*, now: datetime, channel: str = Channel.MAIL) -> Message | None:
    """Take the next message that may leave this way, for as long as the lease; None when there is none."""
    facts = {
        "now": now,
        "channel": str(channel),
        "lease_until": now + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS),
        "token": uuid.uuid4(),
        "hushed": hushed_categories(now),
    }
    row = _run(CLAIM.format(locking=LOCKING, columns=", ".join(COLUMNS)), facts)
    return Message.from_db(connection.alias, COLUMNS, row) if row else None


def record(
    message: Message,
    *,
    state: str,
    now: datetime,
    outcome: str,
    code: int | None = None,
    text: str = "",
    reason: str = "",
    not_before: datetime | None = None,
) -> bool:
    """Write down what became of a claimed mail; False when the lease was lost and somebody else has it now."""
    facts = {
        "id": message.pk,
        "token": message.claim_token,
        "state": state,
        "now": now,
        "outcome": outcome,
        "code": code,
        "text": one_line(text)[:300],
        "reason": one_line(reason)[:200],
        "not_before": not_before,
    }
    kept = _run(RECORD, facts) is not None
    if not kept:
        log.warning(
            "The lease of %s was lost; its result (%s, %s) was not recorded", message.key, outcome, text
        )
    return kept


def _run(statement: str, facts: dict[str, Any]) -> tuple | None:
    """Its row, if any. Prepared: PostgreSQL plans it once a connection, since the planning takes longer than the work.

    Django's own cursor cannot do that; this one is on the same connection, so in the same transaction.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, facts, prepare=True).fetchone()
