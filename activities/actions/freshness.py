"""What the night does with offer that nobody looks after: it is hidden, or it is over."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from activities.freshness import is_forgotten
from activities.models import Activity, Registration, Schedule, Session
from huizen.actions.logbook import record
from huizen.recurrence import ONGOING

Status, Kind = Activity.Status, Schedule.Kind
#: So long after its last moment an offer stays online: for who looks back, and for feedback.
AFTER_LAST_MOMENT = timedelta(days=30)
#: Rows that one transaction holds.
BATCH = 200


def hide_forgotten(*, now: datetime) -> int:
    """Hide what nobody looked at for longer than its House allows, and say how many.

    While families are signed up for what comes, the offer is alive and stays: no page may vanish under them.
    "Nagekeken" by the House (check_activity) puts it back. Safe to run twice.
    """
    signed_up = Registration.objects.current().filter(
        session__activity=OuterRef("pk"), session__starts_at__gt=now
    )
    rows = Activity.objects.filter(is_forgotten(timezone.localdate(now)), status=Status.PUBLISHED)
    return _take_off(rows.exclude(Exists(signed_up)), Status.TO_CHECK, "hidden", now=now)


def expire_over(*, now: datetime) -> int:
    """Let offer expire of which the last moment is long over and no rule gives another; say how many.

    Publishing it again puts it back. Safe to run twice.
    """
    moments = Session.objects.filter(activity=OuterRef("pk"))
    rules = Schedule.objects.filter(activity=OuterRef("pk"), kind__in=ONGOING)
    rows = Activity.objects.filter(
        Exists(moments), ~Exists(moments.filter(ends_at__gt=now - AFTER_LAST_MOMENT)), ~Exists(rules)
    ).filter(status__in=[Status.PUBLISHED, Status.TO_CHECK])
    today = timezone.localdate(now)
    over = [
        activity.pk
        for activity in rows.only("pk").prefetch_related("schedules").order_by("pk")
        if not any(_goes_on(rule, today) for rule in activity.schedules.all())
    ]
    return sum(
        _take_off(rows.filter(pk__in=over[start : start + BATCH]), Status.EXPIRED, "expired", now=now)
        for start in range(0, len(over), BATCH)
    )


def _goes_on(rule: Schedule, today: date) -> bool:
    """Whether a rule may still give moments: in pauses, or beyond the horizon of the moments that were made."""
    if rule.kind in {Kind.ONCE, Kind.DATES}:
        return any(day >= today for day in rule.dates)
    return rule.ends_on is None or rule.ends_on >= today


def _take_off(rows, status: str, verb: str, *, now: datetime) -> int:
    """In small transactions, each row under its lock; who edits one at this moment is left alone until tomorrow."""
    total = 0
    while taken := _take_some_off(rows, status, verb, now=now):
        total += taken
    return total


@transaction.atomic
def _take_some_off(rows, status: str, verb: str, *, now: datetime) -> int:
    found = list(
        rows.select_related("house")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .order_by("pk")[:BATCH]
    )
    for activity in found:
        record(
            verb,
            activity,
            by=None,
            now=now,
            house=activity.house,
            changes={"status": [activity.status, status]},
        )
    Activity.objects.filter(pk__in=[activity.pk for activity in found]).update(status=status, changed_at=now)
    return len(found)
