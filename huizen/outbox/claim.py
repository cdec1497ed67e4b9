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
from django.db import DatabaseError, connection

from huizen.models import Channel, Message
from huizen.outbox.compose import one_line
from huizen.outbox.quiet import hushed_categories

log = logging.getLogger(__name__)

#: Two workers never take the same row, and neither waits for the other. The fault tests take it away to see the harm.
LOCKING = "FOR UPDATE SKIP LOCKED"

#: In the order of the model, as from_db wants them.
COLUMNS = [field.attname for field in Message._meta.concrete_fields]

#: Parts of a WITH: the next message becomes ours.
CLAIMED = """
next AS MATERIALIZED (
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
"""
#: Parts of a WITH: what became of one of ours is written down, if it still is ours.
DONE = """
done AS (
    UPDATE huizen_message
    SET state = %(state)s::text, reason = %(reason)s, not_before = coalesce(%(not_before)s, not_before),
        sent_at = CASE WHEN %(state)s::text = 'sent' THEN %(now)s::timestamptz END, claim_token = NULL, lease_until = NULL
    WHERE id = %(id)s AND claim_token = %(own_token)s AND state = 'sending'
    RETURNING id
), noted AS (
    UPDATE huizen_deliveryattempt AS attempt
    SET ended_at = %(now)s, outcome = %(outcome)s::text, smtp_code = %(code)s, text = %(text)s
    FROM done WHERE attempt.message_id = done.id AND attempt.outcome = 'started'
)
"""
RECORD = "WITH {done} SELECT id FROM done"
CLAIM = "WITH {claimed} SELECT {columns} FROM claimed"
BOTH = """
WITH {done}, {claimed}
SELECT (SELECT id FROM done), {columns} FROM (SELECT 1) AS always LEFT JOIN claimed ON true
"""


def claim(*, now: datetime, channel: str = Channel.MAIL) -> Message | None:
    """Take the next message that may leave this way, for as long as the lease; None when there is none."""
    row = _run(_filled(CLAIM), _claim_facts(now, channel))
    return Message.from_db(connection.alias, COLUMNS, row) if row else None


def record_sent(message: Message, *, now: datetime, code: int | None, text: str) -> Message | None:
    """Write down that a message left and take the next that may leave the same way: one question instead of two.

    Where taking the next goes wrong, what left is written down all the same.
    """
    done = _record_facts(message, state=Message.State.SENT, now=now, outcome="accepted", code=code, text=text)
    try:
        row = _run(_filled(BOTH), done | _claim_facts(now, message.channel))
    except DatabaseError:
        log.exception("The next message could not be taken")
        row = _run(_filled(RECORD), done)
    kept, *columns = row or [None]
    if kept is None:
        _warn(message, "accepted", text)
    return Message.from_db(connection.alias, COLUMNS, columns) if any(columns) else None


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
    told = {"code": code, "text": text, "reason": reason, "not_before": not_before}
    facts = _record_facts(message, state=state, now=now, outcome=outcome, **told)
    kept = _run(_filled(RECORD), facts) is not None
    if not kept:
        _warn(message, outcome, text)
    return kept


def _claim_facts(now: datetime, channel: str) -> dict[str, Any]:
    return {
        "now": now,
        "channel": str(channel),
        "lease_until": now + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS),
        "token": uuid.uuid4(),
        "hushed": hushed_categories(now),
    }


def _record_facts(
    message: Message, *, state, now, outcome, code=None, text="", reason="", not_before=None
) -> dict[str, Any]:
    return {
        "id": message.pk,
        "own_token": message.claim_token,
        "state": str(state),
        "now": now,
        "outcome": str(outcome),
        "code": code,
        "text": one_line(text)[:300],
        "reason": one_line(reason)[:200],
        "not_before": not_before,
    }


def _warn(message: Message, outcome: str, text: str) -> None:
    log.warning("The lease of %s was lost; its result (%s, %s) was not recorded", message.key, outcome, text)


def _filled(statement: str) -> str:
    claimed = CLAIMED.format(locking=LOCKING)
    return statement.format(claimed=claimed, done=DONE, columns=", ".join(COLUMNS))


def _run(statement: str, facts: dict[str, Any]) -> tuple | None:
    """Its row, if any. Prepared: PostgreSQL plans it once a connection, since the planning takes longer than the work.

    Django's own cursor cannot do that; this one is on the same connection, so in the same transaction.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, facts, prepare=True).fetchone()
