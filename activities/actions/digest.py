"""The weekly mail: on Thursday morning, to who follows something, and only when there is news."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.urls import reverse

from activities.actions.follow import KIND, manage_path, stop_path
from activities.actions.session_words import spoken_time
from activities.models import Activity, Follow, Schedule
from huizen.links import absolute
from huizen.models import Category
from huizen.outbox.queue import queue_message
from huizen.outbox.weekly import LATE, WEEK, digest_time, week_of
from huizen.recurrence import ONGOING
from huizen.words import price

log = logging.getLogger(__name__)

MOST_NEW, MOST_WEEK = 6, 8

ONGOING_WORDS = {kind: Schedule.Kind(kind).label for kind in ONGOING}


@dataclass(frozen=True)
class Offers:
    """What fits one thing that is followed: all of it, and what has a moment in the coming week. Soonest first."""

    all: list[Activity]
    week: list[Activity]


class Search(Protocol):
    """Finds what fits a kept search (activities/saved_search.py), the soonest first."""

    def __call__(
        self, query: str, *, now: datetime, between: tuple[datetime, datetime] | None = None
    ) -> list[Activity]: ...


@dataclass(frozen=True)
class Run:
    """The mails of one Thursday: `due` is its morning; `known` what was found already, by what is followed."""

    due: datetime
    now: datetime
    search: Search
    known: dict[tuple, Offers] = field(default_factory=dict)


def send_digests(*, search: Search, now: datetime) -> int:
    """Send the mails of this week that did not go yet; how many were queued. Safe to run twice, and side by side.

    The fault of one follow is its own: it is tried again at the next run.
    """
    due = digest_time(now=now)
    if due is None:
        return 0
    run = Run(due, now, search)
    waiting = Follow.objects.current().filter(covered_until__lt=due).order_by("pk")
    return sum(_try(key, run) for key in waiting.values_list("pk", flat=True))


def key_of(follow: Follow, due: datetime) -> str:
    """One mail a week for each follow, however many workers there are: the key exists once."""
    return f"digest:{follow.pk}:{week_of(due)}"


def take(key: int, due: datetime) -> Follow | None:
    """The follow, locked, if its mail of this week did not go yet; whom another worker has is left to that one."""
    rows = Follow.objects.current().filter(pk=key, covered_until__lt=due)
    return rows.select_for_update(skip_locked=True, of=("self",)).select_related("house").first()


def _try(key: int, run: Run) -> bool:
    try:
        with transaction.atomic():
            follow = take(key, run.due)
            return follow is not None and send_digest(follow, run)
    except Exception:
        log.exception("The weekly mail of follow %s could not be made", key)
        return False


def send_digest(follow: Follow, run: Run) -> bool:
    """Queue the mail of one follow where there is news, and write down until when everything is told; whether it went."""
    thing = (follow.house_id, follow.query)
    if thing not in run.known:
        run.known[thing] = _offers(follow, run)
    new = [each for each in run.known[thing].all if _is_new(each, follow, run.now)]
    if new:
        _queue(follow, new, run.known[thing].week, run)
        follow.last_sent_at = run.now
    follow.covered_until = run.now
    follow.save(update_fields=["covered_until", "last_sent_at"])
    return bool(new)


def _offers(follow: Follow, run: Run) -> Offers:
    query = f"huis={follow.house.slug}" if follow.house else follow.query
    week = (run.now, run.now + WEEK)
    return Offers(run.search(query, now=run.now), run.search(query, now=run.now, between=week))


def _is_new(activity: Activity, follow: Follow, now: datetime) -> bool:
    return activity.published_at is not None and follow.covered_until < activity.published_at <= now


def _queue(follow: Follow, new: list[Activity], week: list[Activity], run: Run) -> None:
    told = {each.pk for each in new}
    context: dict[str, Any] = {
        "label": follow.label,
        "new": [_facts(each) for each in new[:MOST_NEW]],
        "more": max(0, len(new) - MOST_NEW),
        "week": [_facts(each) for each in week if each.pk not in told][:MOST_WEEK],
        "all_link": absolute(_all_path(follow)),
        "manage_link": absolute(manage_path(follow)),
        "stop_link": absolute(stop_path(follow)),
    }
    queue_message(
        key=key_of(follow, run.due),
        category=Category.DIGEST,
        kind=KIND.name,
        recipient=follow.email,
        template="digest",
        context=context,
        now=run.now,
        subject=follow,
        unsubscribe_url=context["stop_link"],
        expires_at=run.due + LATE,
    )


def _facts(activity: Any) -> dict[str, str]:
    """What the mail says of one offer, as the search handed it over: with its `next_session` and `ongoing`."""
    session = activity.next_session
    return {
        "title": activity.title,
        "when": spoken_time(session) if session else ONGOING_WORDS.get(activity.ongoing, ""),
        "where": activity.location.town or activity.location.name
        if activity.location
        else activity.house.name,
        "price": price(activity.price_kind, activity.price_cents),
        "link": absolute(reverse("activity_detail", args=[activity.slug])),
    }


def _all_path(follow: Follow) -> str:
    if follow.house:
        return reverse("house_detail", args=[follow.house.slug])
    return f"{reverse('activity_list')}?{follow.query}"
