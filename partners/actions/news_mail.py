"""The weekly mail with what Houses tell their partners: on Thursday morning, one a person, and only with news."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from huizen import links
from huizen.models import Category, House, Membership, Message, PlannedMessage, Suppression, User
from huizen.outbox.kinds import Kind
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.suppression import allow_again, is_suppressed, suppress, suppressions_of
from huizen.outbox.weekly import LATE, WEEK, digest_time, week_of
from huizen.roles import Role
from partners.models import News

PURPOSE = NAME = "partner-news"
#: Who reads along with the partners of a House.
READERS = (Role.COORDINATOR, Role.PARTNER_EDITOR)


@transaction.atomic
def send_news(*, now: datetime) -> int:
    """Queue the mails of this week that are not there yet; how many. Safe to run twice, and side by side.

    A week in which no mail could leave is not made up for: what a House tells stands on the desks anyway.
    """
    due = digest_time(now=now)
    if due is None:
        return 0
    told = _told(due)
    mails = [_mail(user, houses, told, due=due, now=now) for user, houses in _readers(list(told)).items()]
    known = set(Message.objects.filter(key__in=[mail.key for mail in mails]).values_list("key", flat=True))
    held = suppressions_of(mails).keys() | known
    new = [mail for mail in mails if mail.key not in held]
    queue_letters(new)
    return len(new)


def gets_news(user: User) -> bool:
    """Whether this person wants the weekly mail; until she says no, she does."""
    return not is_suppressed(user.email, category=Category.PARTNER_NEWS)


def stop_news(*, user: User, now: datetime) -> None:
    """No such mail to this address any more, also not the one that waits. Twice is once."""
    suppress(user.email, reason=Suppression.Reason.UNSUBSCRIBED, category=Category.PARTNER_NEWS, now=now)


def want_news(*, user: User) -> None:
    """The weekly mail again, from the next one on."""
    allow_again(user.email, category=Category.PARTNER_NEWS)


def stop_path(user: User) -> str:
    """The address that ends it by one POST, for mail programs and for people."""
    return reverse("news_stop", args=[links.sign(PURPOSE, user.pk)])


def why_not(row: Message | PlannedMessage, now: datetime) -> str:
    """Why the mail is no longer wanted; empty when it is."""
    still = _memberships().filter(user=row.subject_id, user__email=row.recipient)
    return "" if still.exists() else "hoort bij geen Huis meer"


KIND = Kind(name=NAME, why_not=why_not)


def _told(due: datetime) -> dict[House, list[News]]:
    """What is new, by House, the latest first."""
    told: dict[House, list[News]] = defaultdict(list)
    new = News.objects.new_between(due - WEEK, due).select_related("house")
    for news in new.order_by("-since", "-pk"):
        told[news.house].append(news)
    return told


def _readers(houses: list[House]) -> dict[User, list[House]]:
    """Who reads about which of these Houses, each once and by name."""
    found: dict[User, list[House]] = defaultdict(list)
    for membership in _memberships().filter(house__in=houses).order_by("house__name", "pk"):
        if membership.house not in found[membership.user]:
            found[membership.user].append(membership.house)
    return found


def _memberships():
    rows = Membership.objects.current().filter(role__in=READERS, user__is_active=True)
    return rows.select_related("user", "house")


def _mail(
    user: User, houses: list[House], told: dict[House, list[News]], *, due: datetime, now: datetime
) -> Message:
    stop = links.absolute(stop_path(user))
    context: dict[str, Any] = {
        "houses": [
            {"name": house.name, "news": [{"title": n.title, "text": n.text} for n in told[house]]}
            for house in houses
        ],
        "link": links.absolute(reverse("resource_list")),
        "stop_link": stop,
    }
    return letter(
        key=f"{NAME}:{user.pk}:{week_of(due)}",
        category=Category.PARTNER_NEWS,
        kind=NAME,
        recipient=user.email,
        template="partner_news",
        context=context,
        now=now,
        subject=user,
        house=houses[0] if len(houses) == 1 else None,
        unsubscribe_url=stop,
        expires_at=due + LATE,
    )
