"""The moments of an activity, made from its rules: twelve months ahead, topped up every night."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest, Least

from activities.actions.series import follow_series
from activities.models import Activity, Schedule, Session
from huizen.days_off import days_off
from huizen.recurrence import BRUSSELS, ONGOING, DaysOff, Moment, moments

#: Activities that nobody will come to anymore get no new moments.
OVER = (Activity.Status.EXPIRED, Activity.Status.ARCHIVED)
BATCH = 200


def coming_moments(schedule: Schedule, *, now: datetime) -> list[Moment]:
    """The moments of a rule (saved or not) from now to the horizon: what an organiser sees before saving."""
    first, last = _span(now)
    return _coming(schedule, days_off(first, last), now)


@transaction.atomic
def extend_sessions(*, schedule: Schedule, now: datetime) -> int:
    """Give a rule its moments up to the horizon and say how many are new. Safe to run twice, or twice at once."""
    return _extend(Schedule.objects.filter(pk=schedule.pk), now=now)


def extend_all_sessions(*, now: datetime) -> int:
    """The same for every rule of the network, in batches with a constant number of statements each."""
    rules = Schedule.objects.exclude(kind__in=ONGOING).exclude(activity__status__in=OVER)
    keys = list(rules.order_by("pk").values_list("pk", flat=True))
    return sum(_extend_batch(keys[start : start + BATCH], now=now) for start in range(0, len(keys), BATCH))


@transaction.atomic
def _extend_batch(keys: list[int], *, now: datetime) -> int:
    return _extend(Schedule.objects.filter(pk__in=keys), now=now)


def _extend(schedules, *, now: datetime) -> int:
    """The rules are locked, so that none gets moments of what it said before somebody changed it."""
    rules = list(
        schedules.select_for_update(of=("self",), no_key=True).select_related("activity").order_by("pk")
    )
    first, last = _span(now)
    off, taken = days_off(first, last), _days_taken(rules, now)
    new = [
        _session(rule, moment, now)
        for rule in rules
        for moment in _coming(rule, off, now)
        if moment.day not in taken[rule.pk]
    ]
    # The unique key of rule and original start has the last word where two runs meet.
    Session.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
    if new:
        follow_series({session.activity_id for session in new}, now=now)
    return len(new)


@transaction.atomic
def set_capacity(*, activity: Activity, before: int | None, now: datetime) -> int:
    """Give the coming moments that followed the old number of places the new one; say how many could not follow.

    A moment with more sign-ups than the new number keeps its places: nobody loses one by an edit.
    """
    coming = Session.objects.filter(activity=activity, starts_at__gt=now, capacity=before)
    if activity.capacity is None:
        coming.filter(held_count=0).update(capacity=None, kept_count=0, changed_at=now)
    else:
        room = activity.capacity - F("confirmed_count") - F("held_count") - F("offered_count")
        fits = coming.filter(confirmed_count__lte=activity.capacity - F("held_count") - F("offered_count"))
        fits.update(capacity=activity.capacity, kept_count=Least(F("kept_count"), room), changed_at=now)
    return coming.count() if before != activity.capacity else 0


@transaction.atomic
def set_kept(*, activity: Activity, before: int, now: datetime) -> None:
    """Keep more or fewer places in the coming moments, as far as they are free: what was used stays used."""
    room = F("capacity") - F("confirmed_count") - F("held_count") - F("offered_count")
    if activity.reserved_places == before:
        return
    wanted = Greatest(F("kept_count") + (activity.reserved_places - before), 0)
    coming = Session.objects.filter(activity=activity, starts_at__gt=now, capacity__isnull=False)
    coming.update(kept_count=Least(wanted, room), changed_at=now)


def _span(now: datetime) -> tuple[date, date]:
    today = now.astimezone(BRUSSELS).date()
    return today, today + relativedelta(months=settings.SESSION_HORIZON_MONTHS)


def _coming(schedule: Schedule, off: DaysOff, now: datetime) -> list[Moment]:
    first, last = _span(now)
    return [m for m in moments(schedule, first=first, last=last, days_off=off) if m.starts_at > now]


def _days_taken(rules: Iterable[Schedule], now: datetime) -> dict[int, set[date]]:
    """Days on which a rule already has a moment: one that was moved or kept is not put there again."""
    taken: dict[int, set[date]] = defaultdict(set)
    rows = Session.objects.filter(schedule__in=rules, original_start__gt=now - timedelta(days=1))
    for schedule_id, start in rows.values_list("schedule_id", "original_start"):
        taken[schedule_id].add(start.astimezone(BRUSSELS).date())
    return taken


def _session(rule: Schedule, moment: Moment, now: datetime) -> Session:
    return Session(
        activity_id=rule.activity_id,
        schedule=rule,
        original_start=moment.starts_at,
        starts_at=moment.starts_at,
        ends_at=moment.ends_at,
        capacity=rule.activity.capacity,
        kept_count=min(rule.activity.reserved_places, rule.activity.capacity or 0),
        changed_at=now,
    )
