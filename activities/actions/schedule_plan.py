"""What somebody wants of the rules of an activity, and what that would do to each coming date; nothing is kept here."""

import hashlib
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet
from django.db.models.base import ModelState

from activities.actions.sessions import coming_moments
from activities.date_plan import Step, day_of, plan_dates, told
from activities.models import Activity, Registration, Schedule, Session
from huizen.recurrence import ONGOING, schedule_in_words

Kind = Schedule.Kind


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


def foresee(*, activity: Activity, wish: Wish, now: datetime) -> list[RulePlan]:
    """What a wish would do to each coming date; nothing is kept."""
    changing = parts(activity, wish)
    return planned(changing, list(coming(changing, now)), wish, now)


def seen_mark(plans: Iterable[RulePlan]) -> str:
    """A short mark of all that families hear of in these plans; empty where they hear nothing."""
    facts = [
        f"{step.session.pk}:{step.fate}:{step.sign_ups}:{step.moment and step.moment.starts_at.isoformat()}"
        for plan in plans
        for step in told(plan.steps)
        if step.session
    ]
    return hashlib.sha256(";".join(facts).encode()).hexdigest()[:24] if facts else ""


def parts(activity: Activity, wish: Wish) -> list[RulePlan]:
    """The rules that change, each with what stays of it before the day from which the change counts."""
    present = {row.pk: row for row in activity.schedules.all()}
    found = []
    for rule in wish.saved:
        rule.activity = activity
        old = present.get(rule.pk)
        cut = _cut(old, wish.from_day) if old else None
        new = _from(rule, wish.from_day) if cut and wish.from_day else rule
        found.append(RulePlan(new, cut=cut, source=rule.pk))
    for row in wish.removed:
        cut = _cut(row, wish.from_day)
        found.append(RulePlan(None, cut=cut, gone=None if cut else row, source=row.pk))
    return found


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
    return row if row.starts_on and row.starts_on <= row.ends_on else None


def _from(rule: Schedule, from_day: date) -> Schedule | None:
    """The same rule as a new one, from a day on; None where nothing of it comes after."""
    rule = copy(rule)
    rule.pk, rule._state = None, ModelState()
    if rule.kind in {Kind.ONCE, Kind.DATES}:
        rule.dates = [day for day in rule.dates if day >= from_day]
        return rule if rule.dates else None
    if rule.kind in ONGOING:
        return rule
    rule.starts_on = max(rule.starts_on or from_day, from_day)
    return None if rule.ends_on and rule.ends_on < rule.starts_on else rule


def coming(plans: list[RulePlan], now: datetime) -> QuerySet[Session]:
    """The dates to come of the rules that change."""
    sources = [plan.source for plan in plans if plan.source]
    rows = Session.objects.filter(schedule__in=sources, starts_at__gt=now, original_start__gt=now)
    return rows.select_related("activity__house", "activity__location", "location").order_by("pk")


def planned(plans: list[RulePlan], sessions: list[Session], wish: Wish, now: datetime) -> list[RulePlan]:
    """The same rules with what becomes of each of these dates."""
    keys = [session.pk for session in sessions]
    current = Registration.objects.current().filter(session__in=keys).values("session")
    sign_ups = {row["session"]: row["many"] for row in current.annotate(many=Count("pk"))}
    return [replace(part, steps=tuple(_steps(part, sessions, sign_ups, wish, now))) for part in plans]


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
