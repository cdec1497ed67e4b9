"""The moments of an activity, made from its rules: twelve months ahead, topped up every night."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest, Least

from activities.actions.series import follow_series
from activities.models import Activity, Registration, Schedule, Session
from activities.recurrence import BRUSSELS, ONGOING, DaysOff, Moment, moments
from huizen.actions.logbook import record
from huizen.models import Holiday, User

#: Activities that nobody will come to anymore get no new moments.
OVER = (Activity.Status.EXPIRED, Activity.Status.ARCHIVED)
BATCH = 200


@dataclass
class Rebuilt:
    """What became of the coming moments after a rule changed."""

    added: int = 0
    moved: int = 0
    removed: int = 0
    kept: list[Session] = field(default_factory=list)


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
def rebuild_sessions(*, schedule: Schedule, by: User | None, now: datetime) -> Rebuilt:
    """Bring the coming moments in line with a changed rule.

    What is past stays as it is. A coming moment to which nobody signed up and that nobody touched is moved to
    the new hours of its day, or removed. The others are kept and handed back: a person decides about those.
    """
    schedule = Schedule.objects.select_for_update(of=("self",), no_key=True).get(pk=schedule.pk)
    wanted = {moment.day: moment for moment in coming_moments(schedule, now=now)}
    result = Rebuilt()
    moved, removed = _sort_out(_coming_sessions(schedule, now), wanted, result)
    for session in moved:
        _move(session, wanted[_day(session)], now)
    Session.objects.bulk_update(
        moved, ["original_start", "starts_at", "ends_at", "ical_sequence", "changed_at"], batch_size=500
    )
    Session.objects.filter(pk__in=[session.pk for session in removed]).delete()
    result.moved, result.removed = len(moved), len(removed)
    result.added = extend_sessions(schedule=schedule, now=now)
    _tell(schedule, result, by=by, now=now)
    return result


@transaction.atomic
def remove_coming_sessions(*, schedule: Schedule, by: User | None, now: datetime) -> Rebuilt:
    """Take away the coming moments of a rule that is about to go; those with sign-ups are kept and handed back."""
    schedule = Schedule.objects.select_for_update(of=("self",), no_key=True).get(pk=schedule.pk)
    result = Rebuilt()
    _, removed = _sort_out(_coming_sessions(schedule, now), {}, result)
    Session.objects.filter(pk__in=[session.pk for session in removed]).delete()
    result.removed = len(removed)
    _tell(schedule, result, by=by, now=now)
    return result


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


def days_off(first: date, last: date) -> DaysOff:
    """The public holidays and the days of school holidays in a span (one query)."""
    found: dict[str, set[date]] = defaultdict(set)
    for holiday in Holiday.objects.touching(first, last):
        start, end = max(holiday.starts_on, first), min(holiday.ends_on, last)
        found[holiday.kind].update(start + timedelta(days=count) for count in range((end - start).days + 1))
    return DaysOff(public=frozenset(found[Holiday.Kind.PUBLIC]), school=frozenset(found[Holiday.Kind.SCHOOL]))


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


def _coming_sessions(schedule: Schedule, now: datetime) -> list[Session]:
    """The coming moments of a rule, locked: a sign-up that is on its way waits, and then finds the new hours.

    The lock comes first and the question second, so that the answer holds every sign-up before it.
    """
    coming = Session.objects.filter(schedule=schedule, starts_at__gt=now, original_start__gt=now)
    keys = list(coming.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    signed_up = Exists(Registration.objects.filter(session=OuterRef("pk")))
    return list(Session.objects.filter(pk__in=keys).annotate(signed_up=signed_up).order_by("starts_at"))


def _sort_out(sessions: list[Session], wanted: dict[date, Moment], result: Rebuilt):
    """Those to move and those to remove; what follows from the rule stays, what people rely on is handed back."""
    moved: list[Session] = []
    removed: list[Session] = []
    for session in sessions:
        moment = wanted.get(_day(session))
        if moment and (session.original_start, session.ends_at) == (moment.starts_at, moment.ends_at):
            continue
        if session.signed_up or _touched(session):  # type: ignore[attr-defined]
            result.kept.append(session)
        else:
            (moved if moment else removed).append(session)
    return moved, removed


def _day(session: Session) -> date:
    return session.original_start.astimezone(BRUSSELS).date()


def _touched(session: Session) -> bool:
    """Whether a person changed this one moment: its hours, its place, or whether it takes place."""
    return (
        session.status != Session.Status.SCHEDULED
        or session.starts_at != session.original_start
        or session.time_version != 1
        or session.location_id is not None
    )


def _move(session: Session, moment: Moment, now: datetime) -> None:
    session.original_start = session.starts_at = moment.starts_at
    session.ends_at, session.changed_at = moment.ends_at, now
    session.ical_sequence += 1


def _tell(schedule: Schedule, result: Rebuilt, *, by: User | None, now: datetime) -> None:
    activity = Activity.objects.select_related("house").get(pk=schedule.activity_id)
    counts = {
        "added": result.added,
        "moved": result.moved,
        "removed": result.removed,
        "kept": len(result.kept),
    }
    record(
        "rebuilt",
        activity,
        by=by,
        now=now,
        house=activity.house,
        changes={name: [0, count] for name, count in counts.items() if count},
    )
