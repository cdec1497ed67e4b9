"""The weekly mail: on Thursday morning, to who follows something, and only when there is news."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from activities.actions.follow import KIND, manage_path, stop_path
from activities.actions.session_words import spoken_time
from activities.models import Activity, Follow
from activities.recurrence import ONGOING
from huizen.links import absolute
from huizen.models import Category
from huizen.outbox.queue import queue_message
from huizen.words import price

log = logging.getLogger(__name__)

#: Thursday at nine on the kitchen wall: in time for Wednesday's news and for the weekend.
WEEKDAY, HOUR = 3, time(9, 0)
#: After an outage it still goes until Saturday at nine; later it is no use for this week.
LATE = timedelta(days=2)
WEEK = timedelta(days=7)
MOST_NEW, MOST_WEEK = 6, 8

#: What fits a kept search, the soonest first: (query, now=, between=) (activities/saved_search.py).
Fitting = Callable[..., list[Activity]]
ONGOING_WORDS = {kind.value: kind.label for kind in ONGOING}


@dataclass(frozen=True)
class Offers:
    """What fits one thing that is followed: all of it, and what has a moment in the coming week. Soonest first."""

    all: list[Activity]
    week: list[Activity]


class Known:
    """What was found in one run: two who follow the same thing cost one search."""

    def __init__(self, fitting: Fitting) -> None:
        self._fitting = fitting
        self._found: dict[tuple, Offers] = {}

    def offers(self, follow: Follow, *, now: datetime) -> Offers:
        """All that fits what is followed, and what of it comes this week."""
        thing = (follow.house_id, follow.query)
        if thing not in self._found:
            query = f"huis={follow.house.slug}" if follow.house else follow.query
            week = self._fitting(query, now=now, between=(now, now + WEEK))
            self._found[thing] = Offers(self._fitting(query, now=now), week)
        return self._found[thing]


def digest_time(*, now: datetime) -> datetime | None:
    """The Thursday morning whose mail may go now; None between Saturday and the next one."""
    today = timezone.localdate(now)
    thursday = today - timedelta(days=(today.weekday() - WEEKDAY) % 7)
    due = _on_the_wall(thursday)
    if now < due:
        due = _on_the_wall(thursday - WEEK)
    return due if now < due + LATE else None


def send_digests(*, fitting: Fitting, now: datetime) -> int:
    """Send the mails of this week that did not go yet; how many were queued. Safe to run twice, and side by side.

    The fault of one follow is its own: it is tried again at the next run.
    """
    due = digest_time(now=now)
    if due is None:
        return 0
    known = Known(fitting)
    waiting = Follow.objects.current().filter(covered_until__lt=due).order_by("pk")
    return sum(_try(key, due=due, known=known, now=now) for key in waiting.values_list("pk", flat=True))


def key_of(follow: Follow, due: datetime) -> str:
    """One mail a week for each follow, however many workers there are: the key exists once."""
    year, week, _ = timezone.localdate(due).isocalendar()
    return f"digest:{follow.pk}:{year}-W{week:02d}"


def take(key: int, due: datetime) -> Follow | None:
    """The follow, locked, if its mail of this week did not go yet; whom another worker has is left to that one."""
    rows = Follow.objects.current().filter(pk=key, covered_until__lt=due)
    return rows.select_for_update(skip_locked=True, of=("self",)).select_related("house").first()


def _try(key: int, *, due: datetime, known: Known, now: datetime) -> bool:
    try:
        with transaction.atomic():
            follow = take(key, due)
            return follow is not None and send_digest(follow, due=due, known=known, now=now)
    except Exception:
        log.exception("The weekly mail of follow %s could not be made", key)
        return False


def send_digest(follow: Follow, *, due: datetime, known: Known, now: datetime) -> bool:
    """Queue the mail of one follow where there is news, and write down until when everything is told; whether it went."""
    offers = known.offers(follow, now=now)
    new = [each for each in offers.all if _is_new(each, follow, now)]
    if new:
        _queue(follow, new, offers.week, due=due, now=now)
        follow.last_sent_at = now
    follow.covered_until = now
    follow.save(update_fields=["covered_until", "last_sent_at"])
    return bool(new)


def _is_new(activity: Activity, follow: Follow, now: datetime) -> bool:
    return activity.published_at is not None and follow.covered_until < activity.published_at <= now


def _queue(
    follow: Follow, new: list[Activity], week: list[Activity], *, due: datetime, now: datetime
) -> None:
    told = {each.pk for each in new}
    context = {
        "label": follow.label,
        "new": [_facts(each) for each in new[:MOST_NEW]],
        "more": max(0, len(new) - MOST_NEW),
        "week": [_facts(each) for each in week if each.pk not in told][:MOST_WEEK],
        "all_link": absolute(_all_path(follow)),
        "manage_link": absolute(manage_path(follow)),
        "stop_link": absolute(stop_path(follow)),
    }
    queue_message(
        key=key_of(follow, due),
        category=Category.DIGEST,
        kind=KIND.name,
        recipient=follow.email,
        template="digest",
        context=context,
        now=now,
        subject=follow,
        unsubscribe_url=context["stop_link"],
        expires_at=due + LATE,
    )


def _facts(activity: Activity) -> dict[str, str]:
    """What the mail says of one offer."""
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


def _on_the_wall(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))
