"""What a person does about a mail that did not arrive."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from huizen.actions.logbook import record
from huizen.models import Message, Suppression, User
from huizen.outbox.doorbell import ring_on_commit
from huizen.outbox.suppression import lift_bounce

State = Message.State


class DeliveryError(Exception):
    """The mail cannot be sent again."""


@transaction.atomic
def resend(message: Message, *, by: User, now: datetime, reason: str) -> Message:
    """Queue a mail once more. Raises DeliveryError.

    Of a mail that may have arrived the very same bytes go again, so that a mail reader knows the second one.
    Any other is written anew. An address that did not exist is tried again: somebody looked.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if refusal := why_not_again(message, now=now):
        raise DeliveryError(refusal)
    before = message.state
    if before != State.UNKNOWN:
        message.body_mime = message.message_id = None
    message.state, message.reason, message.attempts = State.QUEUED, "", 0
    message.not_before, message.sent_at = now, None
    message.save()
    lift_bounce(message.address_hash)
    record(
        "resent",
        message,
        by=by,
        now=now,
        house=message.house,
        changes={"state": [before, message.state]},
        reason=reason,
    )
    ring_on_commit()
    return message


def why_not_again(message: Message, *, now: datetime) -> str:
    """The reason why a mail cannot be sent again, "" when it can."""
    if message.state in (State.QUEUED, State.SENDING):
        return "Dit bericht is nog onderweg."
    if not message.recipient:
        return "De tekst en het adres van dit bericht zijn gewist."
    if message.expires_at and message.expires_at <= now:
        return "Dit bericht heeft geen zin meer: het is te laat."
    wish = Q(category="") | Q(category=message.category)
    rows = Suppression.objects.filter(wish, address_hash=message.address_hash)
    if rows.exclude(reason__in=Suppression.OF_MAILBOX).exists():
        return "Deze persoon wil deze berichten niet meer."
    return ""
