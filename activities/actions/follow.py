"""Following a House or a search: asked, confirmed from the letter box itself, ended with one tap, forgotten in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from activities.models import Follow
from huizen import links
from huizen.models import Category, House, Message, PlannedMessage, User
from huizen.outbox.kinds import Kind
from huizen.outbox.queue import queue_message

PURPOSE = "follow"
#: An address follows this many things; a machine that types addresses gets no further.
MOST, MOST_OPEN = 40, 5
#: A question that is not answered is forgotten after this long (docs/data-retention.yaml).
OPEN = timedelta(days=7)


@dataclass(frozen=True)
class Followed:
    """What somebody wants to follow, in words: a House, or a kept search (activities/saved_search.py); one of the two."""

    label: str
    house: House | None = None
    query: str = ""

    @property
    def key(self) -> dict[str, Any]:
        return {"house": self.house, "query": self.query}


def manage_path(follow: Follow) -> str:
    """The page on which an address confirms, sees and ends what it follows, without an account."""
    return reverse("follow_manage", args=[links.sign(PURPOSE, follow.pk)])


def stop_path(follow: Follow) -> str:
    """The address that ends it by one POST, for mail programs and for people."""
    return reverse("follow_stop", args=[links.sign(PURPOSE, follow.pk)])


@transaction.atomic
def ask_to_follow(*, email: str, followed: Followed, now: datetime) -> None:
    """Write to an address whether it wants the weekly mail; nothing else is sent before it says yes.

    The caller learns nothing of the address: known or not, the answer is the same. Once a day at most for each thing.
    """
    email = email.lower()
    if _asks_too_much(email, followed):
        return
    follow = _open(email, followed, now=now)
    known = follow.confirmed_at is not None
    queue_message(
        key=f"follow:{follow.pk}:{'known' if known else 'ask'}:{timezone.localdate(now)}",
        category=Category.FOLLOW,
        kind=KIND.name,
        recipient=email,
        template="follow_known" if known else "follow_confirm",
        context={"label": follow.label, "link": links.absolute(manage_path(follow))},
        now=now,
        subject=follow,
        expires_at=now + OPEN,
    )


@transaction.atomic
def follow_at_once(*, by: User, followed: Followed, now: datetime) -> Follow:
    """Follow with the address of one's own account, which a code by mail proved already."""
    follow = _open(by.email, followed, now=now)
    return confirm_follow(follow_id=follow.pk, now=now)


@transaction.atomic
def confirm_follow(*, follow_id: int, now: datetime) -> Follow:
    """Yes, from the letter box itself: what comes online from now on is news. Twice is once."""
    follow = _locked(follow_id)
    if follow.confirmed_at is None or follow.ended_at is not None:
        follow.confirmed_at, follow.ended_at, follow.covered_until = now, None, now
        follow.save(update_fields=["confirmed_at", "ended_at", "covered_until"])
    return follow


@transaction.atomic
def end_follow(*, follow_id: int, now: datetime) -> Follow:
    """No more mail about this; what waits is held back (why_not). Twice is once."""
    follow = _locked(follow_id)
    if follow.ended_at is None:
        follow.ended_at = now
        follow.save(update_fields=["ended_at"])
    return follow


def end_all_follows(*, email: str, now: datetime) -> int:
    """No more weekly mail to this address, about anything; how many ended."""
    return Follow.objects.filter(email=email.lower(), ended_at=None).update(ended_at=now)


def forget_follows(*, before: datetime, now: datetime) -> int:
    """Erase the questions that nobody answered, and what was ended."""
    open_for_long = Q(confirmed_at=None, created_at__lt=before)
    return Follow.objects.filter(open_for_long | Q(ended_at__lt=before)).delete()[0]


def why_not(row: Message | PlannedMessage, now: datetime) -> str:
    """Why a mail about this is no longer wanted; empty when it is."""
    follow = Follow.objects.filter(pk=row.subject_id).first()
    if follow is None or follow.ended_at is not None or follow.email != row.recipient.lower():
        return "volgt niet meer"
    return ""


KIND = Kind(name="follow", why_not=why_not)


def _asks_too_much(email: str, followed: Followed) -> bool:
    """Whether this address follows too much, or was asked too often without an answer."""
    others = Follow.objects.filter(email=email, ended_at=None).exclude(**followed.key)
    return others.filter(confirmed_at=None).count() >= MOST_OPEN or others.count() >= MOST


def _open(email: str, followed: Followed, *, now: datetime) -> Follow:
    """The row of this address and this thing; ended earlier: the question is asked anew."""
    facts = {"label": followed.label[:240], "created_at": now, "covered_until": now}
    follow, is_new = Follow.objects.get_or_create(email=email, **followed.key, defaults=facts)
    if is_new:
        return follow
    follow = _locked(follow.pk)
    if follow.ended_at is not None:
        follow.ended_at = follow.confirmed_at = None
        follow.created_at = now
        follow.save(update_fields=["ended_at", "confirmed_at", "created_at"])
    return follow


def _locked(follow_id: int) -> Follow:
    return Follow.objects.select_for_update(of=("self",)).select_related("house").get(pk=follow_id)
