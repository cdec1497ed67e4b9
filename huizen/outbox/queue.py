"""Queueing mail: in the transaction of the change that causes it, each key once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from huizen.models import Channel, House, Message
from huizen.outbox.doorbell import ring_on_commit
from huizen.outbox.preferences import stop_url
from huizen.outbox.suppression import address_hash


@transaction.atomic(savepoint=False)
def queue_message(**facts: Any) -> Message:
    """Queue one mail to one person (the facts of `letter`), and ask for its delivery once the transaction is in.

    The same key gives the row that is there already, and nothing new.
    """
    row = letter(**facts)
    queue_letters([row])
    return Message.objects.get(key=row.key)


def queue_letters(rows: Iterable[Message]) -> None:
    """Queue mails made by `letter`, in one statement; one whose key is there already is left out."""
    rows = list(rows)
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        ring_on_commit()


def letter(
    *,
    key: str,
    category: str,
    recipient: str,
    template: str,
    context: dict[str, Any],
    now: datetime,
    subject: models.Model | None = None,
    house: House | None = None,
    calendar: str = "",
    unsubscribe_url: str = "",
    kind: str = "",
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    policy: str = Message.Policy.AT_LEAST_ONCE,
    channel: str = Channel.MAIL,
    language: str = "nl",
) -> Message:
    """One mail, or one text message, to one person, not queued yet.

    `template` is `templates/emails/<template>.txt`: the subject on its first line, a blank line, then plain text.
    `context` is JSON. `subject` is the thing that the mail is about; with a `kind` it is asked again just before
    sending whether the mail is still wanted (huizen/outbox/kinds.py). `unsubscribe_url`: the address that ends mails
    like this one by a bare POST (RFC 8058), for the button that mail programs show; every optional kind has one.
    """
    hashed = address_hash(recipient)
    return Message(
        key=key,
        kind=kind,
        category=category,
        policy=policy,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        channel=channel,
        recipient=recipient,
        address_hash=hashed,
        house=house,
        language=language,
        template=template,
        context=context,
        calendar=calendar,
        unsubscribe_url=unsubscribe_url or stop_url(hashed, category),
        created_at=now,
        not_before=not_before or now,
        expires_at=expires_at,
    )
