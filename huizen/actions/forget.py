"""Forgetting people in time (docs/data-retention.yaml): each function erases what is older than `before`."""

from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from huizen.models import (
    DeliveryAttempt,
    DeliveryEvent,
    Invitation,
    Message,
    PlannedMessage,
    Preference,
    SearchPhrase,
    User,
)
from huizen.outbox.suppression import address_hash

#: Mail that nothing happens to any more.
DONE = [
    Message.State.SENT,
    Message.State.FAILED,
    Message.State.SUPPRESSED,
    Message.State.EXPIRED,
    Message.State.UNKNOWN,
    Message.State.BOUNCED,
    Message.State.COMPLAINED,
]


@transaction.atomic
def forget_letters(*, before: datetime, now: datetime) -> int:
    """Mail that is done with: its address, words and bytes; that it went, and when, stays for the figures."""
    return _forget_words(Message.objects.filter(created_at__lt=before, state__in=DONE))


@transaction.atomic
def forget_letters_to(address: str) -> int:
    """The same at once for one address, whose owner asks it; what still waits goes out first."""
    ended = PlannedMessage.objects.filter(recipient__iexact=address).exclude(
        state=PlannedMessage.State.PLANNED
    )
    ended.delete()
    Preference.objects.filter(address_hash=address_hash(address)).delete()
    return _forget_words(Message.objects.filter(recipient__iexact=address, state__in=DONE))


def _forget_words(old: QuerySet[Message]) -> int:
    # Servers quote the address in what they answer.
    DeliveryAttempt.objects.filter(message__in=old).exclude(text="").update(text="")
    DeliveryEvent.objects.filter(message__in=old).update(text="", address_hash="")
    return old.exclude(recipient="").update(
        key=Concat(Value("forgotten:"), Cast("pk", CharField())),
        recipient="",
        address_hash="",
        context={},
        body_mime=None,
        calendar="",
        unsubscribe_url="",
        title="",
        reason="",
    )


def forget_planned(*, before: datetime, now: datetime) -> int:
    """Reminders that left, or were not needed."""
    planned = PlannedMessage.objects.filter(due_at__lt=before).exclude(state=PlannedMessage.State.PLANNED)
    return planned.delete()[0]


def forget_invitations(*, before: datetime, now: datetime) -> int:
    """Invitations to a role that can no longer be used."""
    return Invitation.objects.filter(expires_at__lt=before).delete()[0]


def forget_search_phrases(*, before: datetime, now: datetime) -> int:
    """Words that nobody searched with for long, as far as we heard."""
    return SearchPhrase.objects.filter(last_on__lt=before.date()).delete()[0]


@transaction.atomic
def forget_accounts(*, before: datetime, now: datetime) -> int:
    """Accounts of parents who did not sign in for long; who works in the network is left alone."""
    unseen = Q(last_login__lt=before) | Q(last_login=None, date_joined__lt=before)
    parents = User.objects.filter(unseen, memberships=None, is_superuser=False)
    count = parents.count()
    parents.delete()
    return count
