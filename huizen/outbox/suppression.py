"""Addresses that must not be written to. Only a keyed hash is kept: nobody can read the list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from huizen.models import Category, DeliveryEvent, Message, Suppression, User
from huizen.outbox.kinds import Row


def address_hash(address: str) -> str:
    """The same for the same address in any case; meaningless without the portal's secret key."""
    return salted_hmac("huizen.suppression", address.strip().lower(), algorithm="sha256").hexdigest()


def suppress(address: str, *, reason: str, now: datetime, category: str = "") -> None:
    """Never write to this address again: about one category, or ("") about anything. What waits is held back."""
    suppress_hash(address_hash(address), reason=reason, now=now, category=category)


@transaction.atomic
def suppress_hash(hashed: str, *, reason: str, now: datetime, category: str = "") -> None:
    """The same for who has only the hash: a link in a mail holds no address."""
    row = Suppression(address_hash=hashed, category=category, reason=reason, at=now)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)
    waiting = Message.objects.filter(state=Message.State.QUEUED, address_hash=hashed)
    waiting = waiting.filter(category=category) if category else waiting.exclude(category=Category.ACCOUNT)
    waiting.update(state=Message.State.SUPPRESSED, reason=row.get_reason_display())


@transaction.atomic
def lift_bounce(hashed: str) -> None:
    """Try an address again that did not work, and count anew; who does not want our mail stays left alone."""
    bounced = Suppression.objects.filter(address_hash=hashed, category="")
    bounced.filter(reason__in=Suppression.OF_MAILBOX).delete()
    DeliveryEvent.objects.filter(address_hash=hashed, kind=DeliveryEvent.Kind.SOFT_BOUNCE).update(
        address_hash=""
    )


def unreachable(user: User) -> QuerySet[Message]:
    """The last message, one an address, to everybody whose mail comes back or is not wanted; who reads it must call."""
    hashes = Suppression.objects.filter(category="", reason__in=Suppression.TO_CALL).values("address_hash")
    rows = Message.objects.visible_to(user).exclude(recipient="").filter(address_hash__in=hashes)
    return rows.order_by("address_hash", "-created_at", "pk").distinct("address_hash")


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
    found = {}
    for each in Suppression.objects.filter(address_hash__in={row.address_hash for row in rows}):
        found[each.address_hash, each.category] = each.get_reason_display()
    return {
        row.key: why
        for row in rows
        if (why := found.get((row.address_hash, "")) or found.get((row.address_hash, row.category)))
    }
