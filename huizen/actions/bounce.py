"""What becomes of a message and its address when a mailbox or a mail provider speaks up: once, in any order."""

import logging
import mailbox
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import DeliveryAttempt, DeliveryEvent, Message, Suppression, User
from huizen.outbox.bounce_mail import Bounce, read_bounce
from huizen.outbox.suppression import address_hash, lift_bounce, suppress_hash

log = logging.getLogger(__name__)
Kind, State = DeliveryEvent.Kind, Message.State
#: The provider of a report by mail.
BY_MAIL = "mail"
#: From which states a telling leads to another: a later state never goes back.
_UNDER_WAY = (State.QUEUED, State.SENDING, State.UNKNOWN, State.SENT)
_STEPS = {
    Kind.HARD_BOUNCE: (_UNDER_WAY, State.BOUNCED),
    Kind.SOFT_BOUNCE: (_UNDER_WAY, State.BOUNCED),
    Kind.COMPLAINT: ((*_UNDER_WAY, State.BOUNCED), State.COMPLAINED),
    Kind.DELIVERED: ((State.UNKNOWN,), State.SENT),
}


@dataclass(frozen=True)
class Told:
    """What somebody told of a message: by whom, under which number of theirs, and of which message or address."""

    provider: str
    event_id: str
    kind: str
    at: datetime
    message: UUID | None = None
    message_id: str = ""
    recipient: str = ""
    text: str = ""


@transaction.atomic
def hear(told: Told, *, now: datetime) -> bool:
    """Write down what was told and act on it; False when we knew it already, or it is of nobody we know."""
    message = _message_of(told)
    hashed = message.address_hash if message else told.recipient and address_hash(told.recipient)
    if not hashed:
        return False
    _, is_new = DeliveryEvent.objects.get_or_create(
        provider=told.provider,
        event_id=told.event_id[:200],
        defaults={
            "message": message,
            "address_hash": hashed,
            "kind": told.kind,
            "at": told.at,
            "text": told.text[:300],
        },
    )
    if is_new:
        if message:
            _advance(message, told)
        _keep_away(hashed, told, now=now)
    return is_new


@transaction.atomic
def hear_bounce(raw: bytes, *, now: datetime) -> bool:
    """The same of a mail that came back; False for a mail that says nothing new of a message of ours."""
    bounce = read_bounce(raw)
    message = _message_of(bounce) if bounce else None
    if bounce is None or message is None:
        return False
    # One telling of each kind a message: mail servers repeat themselves.
    event_id = f"{message.pk}:{bounce.kind}"
    return hear(Told(BY_MAIL, event_id, bounce.kind, now, message=message.pk, text=bounce.text), now=now)


def hear_maildir(folder: str, *, now: datetime) -> int:
    """Read all that lies in a Maildir; how much was heard. What says nothing to us stays there, as read."""
    heard, box = 0, mailbox.Maildir(folder, create=False)
    for key in list(box.keys()):
        mail = box.get_message(key)
        if mail.get_subdir() != "new":
            continue
        if hear_bounce(box.get_bytes(key), now=now):
            heard += 1
            box.discard(key)
        else:
            mail.set_subdir("cur")
            mail.add_flag("S")
            box[key] = mail
    return heard


class RetryError(Exception):
    """This address cannot be tried again."""


@transaction.atomic
def try_again(message: Message, *, by: User, now: datetime) -> None:
    """Somebody called and knows that the address works: write to it again. Raises RetryError."""
    hashed = message.address_hash
    rows = Suppression.objects.filter(address_hash=hashed, category="")
    reason = rows.values_list("reason", flat=True).first()
    if reason is None:
        raise RetryError("Naar dit adres vertrekt al opnieuw post.")
    if reason not in Suppression.OF_MAILBOX:
        raise RetryError("Deze persoon wil geen post van ons. Bel liever.")
    lift_bounce(hashed)
    record("tried_again", message, by=by, now=now, house=message.house)


def _message_of(told: Told | Bounce) -> Message | None:
    """The message, locked: by its number, else by the Message-ID that we gave it."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("house")
    if told.message:
        return rows.filter(pk=told.message).first()
    name = told.message_id.strip().strip("<>")
    return rows.filter(message_id=f"<{name}>").first() if name else None


def _advance(message: Message, told: Told) -> None:
    before, after = _STEPS.get(Kind(told.kind), ((), ""))
    if message.state not in before:
        return
    if message.state == State.SENDING:
        # What came back was taken: the worker that waits for the answer finds its lease gone.
        message.tries.filter(outcome=DeliveryAttempt.Outcome.STARTED).update(
            outcome=DeliveryAttempt.Outcome.ACCEPTED, ended_at=told.at
        )
    message.state, message.claim_token, message.lease_until = after, None, None
    message.reason = told.text[:200] if after != State.SENT else ""
    message.sent_at = message.sent_at or (told.at if after == State.SENT else None)
    message.save(update_fields=["state", "claim_token", "lease_until", "reason", "sent_at"])


def _keep_away(hashed: str, told: Told, *, now: datetime) -> None:
    """No more mail to an address that does not exist, that complained, or that sends back too often."""
    reason = {
        Kind.HARD_BOUNCE: Suppression.Reason.HARD_BOUNCE,
        Kind.COMPLAINT: Suppression.Reason.COMPLAINT,
    }.get(Kind(told.kind))
    if told.kind == Kind.SOFT_BOUNCE and _comes_back_often(hashed, now=now):
        reason = Suppression.Reason.SOFT_BOUNCE
    if reason:
        suppress_hash(hashed, reason=reason, now=now)


def _comes_back_often(hashed: str, *, now: datetime) -> bool:
    since = now - timedelta(days=settings.OUTBOX_SOFT_BOUNCE_DAYS)
    rows = DeliveryEvent.objects.filter(address_hash=hashed, kind=Kind.SOFT_BOUNCE, at__gte=since)
    return rows.count() >= settings.OUTBOX_SOFT_BOUNCES
