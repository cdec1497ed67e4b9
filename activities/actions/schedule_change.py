"""Changing when an activity is, for all that comes or from a day on: what is past stays, who signed up moves along."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.base import ModelState

from activities.actions.offer_save import keep_version
from activities.actions.schedule_news import News, tell_news
from activities.actions.session_lock import locked_sessions
from activities.actions.session_words import spoken_place, spoken_time
from activities.actions.sessions import coming_moments, extend_sessions
from activities.date_plan import Fate, Step, day_of, plan_dates, told
from activities.models import Activity, Registration, Schedule, Session
from activities.recurrence import ONGOING, schedule_in_words
from huizen.actions.logbook import record
from huizen.models import User

Kind = Schedule.Kind
KEEP, CANCEL = "keep", "cancel"
#: What families read where the coordinator gave no other reason.
REASON = "De dagen van deze activiteit veranderen."
MOVED_FIELDS = ["original_start", "starts_at", "ends_at", "time_version", "ical_sequence", "changed_at"]


class UnseenError(Exception):
    """Families are touched by the change and nobody looked at it yet, or it became another since."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants of the rules of an activity: those with other words (not saved), those to go.

    `from_day`: until then all stays as it is; empty for all that is to come.
    """

    saved: tuple[Schedule, ...] = ()
    removed: tuple[Schedule, ...] = ()
    from_day: date | None = None

    @classmethod
    def whole(cls, activity: Activity, rules: Sequence[Schedule]) -> "Wish":
        """That these are all rules of the activity; one whose row went meanwhile is a new one."""
        present = {row.pk: row for row in activity.schedules.all()}
        for rule in rules:
            rule.pk = rule.pk if rule.pk in present else None
            rule._state.adding = rule.pk is None
        kept = {rule.pk for rule in rules}
        return cls(tuple(rules), tuple(row for key, row in present.items() if key not in kept))


@dataclass(frozen=True)
class Answers:
    """What the coordinator saw (`seen`, a mark; None where nobody is asked) and chose for each date that is left."""

    seen: str | None = None
    choices: Mapping[int, str] = field(default_factory=dict)
    reason: str = REASON


@dataclass(frozen=True)
class RulePlan:
    """One rule as it will be (`rule`; none for one that goes), what stays of it before, and what becomes of its dates."""

    rule: Schedule | None
    cut: Schedule | None = None
    gone: Schedule | None = None
    source: int | None = None
    steps: tuple[Step, ...] = ()

    @property
    def words(self) -> str:
        return schedule_in_words(self.rule) if self.rule else ""


@dataclass
class Changed:
    """What became of the coming moments."""

    added: int = 0
    moved: int = 0
    removed: int = 0
    cancelled: int = 0
    kept: list[Session] = field(default_factory=list)
    mails: int = 0


def foresee(*, activity: Activity, wish: Wish, now: datetime) -> list[RulePlan]:
    """What a wish would do to each coming date; nothing is kept."""
    parts = _parts(activity, wish)
    sessions = list(_coming(parts, now))
    return _planned(parts, sessions, wish, now)


def seen_mark(plans: Iterable[RulePlan]) -> str:
    """A short mark of all that families hear of in these plans; empty where they hear nothing."""
    facts = [
        f"{step.session.pk}:{step.fate}:{step.sign_ups}:{step.moment and step.moment.starts_at.isoformat()}"
        for plan in plans
        for step in told(plan.steps)
        if step.session
    ]
    return hashlib.sha256(";".join(facts).encode()).hexdigest()[:24] if facts else ""


def change_schedules(
    *, activity: Activity, wish: Wish, answers: Answers | None = None, by: User | None, now: datetime
) -> Changed:
    """Keep the rules and bring the coming moments in line; who signed up hears of it in one mail a family.

    A date with sign-ups that the rule no longer has is kept or cancelled as the answers say, kept without an
    answer. Raises UnseenError, BusyError; nothing is changed then.
    """
    answers = answers or Answers()
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).only("pk").get(pk=activity.pk)
        parts = _parts(activity, wish)
        before = _in_words(activity)
        with locked_sessions(_coming(parts, now).values_list("pk", flat=True), now=now) as sessions:
            plans = _planned(parts, sessions, wish, now)
            _refuse_unseen(plans, answers)
            changed = Changed()
            news = [one for plan in plans for one in _carry_out(plan, answers, changed, by=by, now=now)]
            changed.mails = tell_news(news, reason=answers.reason, now=now)
        _log(activity, before, changed, by=by, now=now)
    return changed


def _parts(activity: Activity, wish: Wish) -> list[RulePlan]:
    """The rules that change, each with what stays of it before the day from which the change counts."""
    present = {row.pk: row for row in activity.schedules.all()}
    parts = []
    for rule in wish.saved:
        rule.activity = activity
        old = present.get(rule.pk)
        cut = _cut(old, wish.from_day) if old else None
        new = _from(rule, wish.from_day) if cut and wish.from_day else rule
        parts.append(RulePlan(new, cut=cut, source=rule.pk))
    for row in wish.removed:
        cut = _cut(row, wish.from_day)
        parts.append(RulePlan(None, cut=cut, gone=None if cut else row, source=row.pk))
    return parts


def _cut(old: Schedule, from_day: date | None) -> Schedule | None:
    """The rule until the day before; None where nothing of it lies before."""
    if from_day is None or old.kind in ONGOING:
        return None
    row = Schedule.objects.get(pk=old.pk)
    if row.kind in {Kind.ONCE, Kind.DATES}:
        row.dates = [day for day in row.dates if day < from_day]
        return row if row.dates else None
    last = from_day - timedelta(days=1)
    row.ends_on = min(row.ends_on, last) if row.ends_on else last
    return row if row.starts_on <= row.ends_on else None


def _from(rule: Schedule, from_day: date) -> Schedule | None:
    """The same rule as a new one, from a day on; None where nothing of it comes after."""
    rule = copy(rule)
    rule.pk, rule._state = None, ModelState()
    if rule.kind in {Kind.ONCE, Kind.DATES}:
        rule.dates = [day for day in rule.dates if day >= from_day]
        return rule if rule.dates else None
    if rule.kind not in ONGOING:
        rule.starts_on = max(rule.starts_on, from_day)
    return None if rule.ends_on and rule.ends_on < rule.starts_on else rule


def _coming(parts: list[RulePlan], now: datetime) -> QuerySet[Session]:
    sources = [part.source for part in parts if part.source]
    rows = Session.objects.filter(schedule__in=sources, starts_at__gt=now, original_start__gt=now)
    return rows.select_related("activity__house", "activity__location", "location").order_by("pk")


def _planned(parts, sessions: list[Session], wish: Wish, now: datetime) -> list[RulePlan]:
    keys = [session.pk for session in sessions]
    current = Registration.objects.current().filter(session__in=keys).values("session")
    sign_ups = {row["session"]: row["many"] for row in current.annotate(many=Count("pk"))}
    return [replace(part, steps=tuple(_steps(part, sessions, sign_ups, wish, now))) for part in parts]


def _steps(part: RulePlan, sessions: list[Session], sign_ups: dict, wish: Wish, now: datetime) -> list[Step]:
    own = [session for session in sessions if session.schedule_id == part.source]
    if part.cut and wish.from_day:
        own = [session for session in own if day_of(session) >= wish.from_day]
    wanted = coming_moments(part.rule, now=now) if part.rule else []
    follows = part.rule is not None and part.rule.kind == Kind.ONCE
    return plan_dates(own, wanted, sign_ups=sign_ups, taken=_taken(part, own, now), follows=follows)


def _taken(part: RulePlan, own: list[Session], now: datetime) -> set[date]:
    """Days on which the rule has a moment that is no longer to be planned: one that began today, or moved away."""
    rows = Session.objects.filter(schedule=part.source, original_start__gt=now - timedelta(days=1))
    if part.source is None:
        return set()
    return {day_of(row) for row in rows.exclude(pk__in=[session.pk for session in own])}


def _refuse_unseen(plans: list[RulePlan], answers: Answers) -> None:
    if answers.seen is None:
        return
    left = [step.session.pk for plan in plans for step in plan.steps if step.fate == Fate.LEFT]
    if answers.seen != seen_mark(plans) or any(
        answers.choices.get(key) not in (KEEP, CANCEL) for key in left
    ):
        raise UnseenError


def _carry_out(plan: RulePlan, answers: Answers, changed: Changed, *, by, now: datetime) -> list[News]:
    """One rule with its dates, in the database; what families must hear."""
    if plan.cut:
        plan.cut.save()
    if plan.rule:
        plan.rule.save()
        keys = [step.session.pk for step in plan.steps if step.session]
        Session.objects.filter(pk__in=keys).exclude(schedule=plan.rule).update(schedule=plan.rule)
    news = _move([step for step in plan.steps if step.fate == Fate.MOVES], changed, by=by, now=now)
    _take_away([step.session for step in plan.steps if step.fate == Fate.GOES], changed, now=now)
    for step in plan.steps:
        if step.fate == Fate.LEFT:
            news += _decide(step.session, answers, changed, by=by, now=now)
        elif step.fate == Fate.APART and step.moment is None and step.session.status == "scheduled":
            changed.kept.append(step.session)
    if plan.gone:
        plan.gone.delete()
    if plan.rule:
        changed.added += extend_sessions(schedule=plan.rule, now=now)
    return news


def _move(steps: list[Step], changed: Changed, *, by, now: datetime) -> list[News]:
    """The same rows at their new time: links, calendars and sign-ups stay with them."""
    news = []
    for step in steps:
        session, moment = step.session, step.moment
        old = News(session, spoken_time(session), spoken_place(session))
        times = [session.starts_at.isoformat(), moment.starts_at.isoformat()]
        session.original_start = session.starts_at = moment.starts_at
        session.ends_at, session.changed_at = moment.ends_at, now
        session.time_version += 1
        session.ical_sequence += 1
        if step.sign_ups:
            news.append(old)
            house = session.activity.house
            record("moved", session, by=by, now=now, house=house, changes={"starts_at": times})
    Session.objects.bulk_update([step.session for step in steps], MOVED_FIELDS, batch_size=500)
    changed.moved += len(steps)
    return news


def _take_away(sessions: list[Session], changed: Changed, *, now: datetime) -> None:
    """Where somebody once signed up the row stays, and says that it does not take place."""
    keys = [session.pk for session in sessions]
    known = set(Registration.objects.filter(session__in=keys).values_list("session", flat=True))
    Session.objects.filter(pk__in=known).update(
        status=Session.Status.CANCELLED, cancel_reason=REASON, changed_at=now
    )
    Session.objects.filter(pk__in=set(keys) - known).delete()
    changed.removed += len(keys)


def _decide(session: Session, answers: Answers, changed: Changed, *, by, now: datetime) -> list[News]:
    """A date that the rule no longer has and families count on."""
    session.changed_at = now
    if answers.choices.get(session.pk) != CANCEL:
        session.set_apart = True
        session.save(update_fields=["set_apart", "changed_at"])
        changed.kept.append(session)
        return []
    session.status, session.cancel_reason = Session.Status.CANCELLED, answers.reason
    session.ical_sequence += 1
    session.save(update_fields=["status", "cancel_reason", "ical_sequence", "changed_at"])
    changed.cancelled += 1
    record(
        "cancelled",
        session,
        by=by,
        now=now,
        house=session.activity.house,
        changes={"status": ["scheduled", "cancelled"]},
        reason=answers.reason,
    )
    return [News(session, spoken_time(session), spoken_place(session))]


def _in_words(activity: Activity) -> list[str]:
    return [schedule_in_words(rule) for rule in Schedule.objects.filter(activity=activity).order_by("pk")]


def _log(activity: Activity, before: list[str], changed: Changed, *, by, now: datetime) -> None:
    row = Activity.objects.select_related("house").get(pk=activity.pk)
    counts = {
        "added": changed.added,
        "moved": changed.moved,
        "removed": changed.removed + changed.cancelled,
        "kept": len(changed.kept),
    }
    facts = {name: [0, many] for name, many in counts.items() if many}
    record("rebuilt", row, by=by, now=now, house=row.house, changes=facts)
    if before != (after := _in_words(row)):
        row.changed_at = now
        row.save(update_fields=["changed_at"])
        record("changed", row, by=by, now=now, house=row.house, changes={"wanneer": [before, after]})
        keep_version(activity=row, by=by, now=now)
