"""Addresses that must not be written to. Only a keyed hash is kept: nobody can read the list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from huizen.models import Category, Message, Suppression
from huizen.outbox.kinds import Row


def address_hash(address: str) -> str:
    """The same for the same address in any case; meaningless without the portal's secret key."""
    return salted_hmac("huizen.suppression", address.strip().lower(), algorithm="sha256").hexdigest()


@transaction.atomic
def suppress(address: str, *, reason: str, now: datetime, category: str = "") -> None:
    """Never write to this address again: about one category, or ("") about anything. What waits is held back."""
    row = Suppression(address_hash=address_hash(address), category=category, reason=reason, at=now)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
    waiting = Message.objects.filter(state=Message.State.QUEUED, recipient__iexact=address.strip())
    waiting = waiting.filter(category=category) if category else waiting.exclude(category=Category.ACCOUNT)
    waiting.update(state=Message.State.SUPPRESSED, reason=row.get_reason_display())


def lift_bounce(address: str) -> None:
    """Try an address again that did not exist; who does not want our mail stays left alone."""
    Suppression.objects.filter(
        address_hash=address_hash(address), reason=Suppression.Reason.HARD_BOUNCE
    ).delete()


def is_suppressed(address: str, *, category: str) -> bool:
    """Whether this address gets no mail of this category."""
    return Suppression.objects.filter(
        address_hash=address_hash(address), category__in=["", category]
    ).exists()


def allow_again(address: str, *, category: str) -> None:
    """Somebody who wanted no mail of one category wants it again."""
    Suppression.objects.filter(
        address_hash=address_hash(address), category=category, reason=Suppression.Reason.UNSUBSCRIBED
    ).delete()


def suppressions_of(rows: Iterable[Row]) -> dict[str, str]:
    """{key: why} of those rows that must not be sent, in one query.

    A person who signs in asked for that mail a second ago: it is always tried.
    """
    rows = [row for row in rows if row.category != Category.ACCOUNT]
    hashes = {row.key: address_hash(row.recipient) for row in rows}
    found = {}
    for each in Suppression.objects.filter(address_hash__in=set(hashes.values())):
        found[each.address_hash, each.category] = each.get_reason_display()
    return {
        row.key: why
        for row in rows
        if (why := found.get((hashes[row.key], "")) or found.get((hashes[row.key], row.category)))
    }
