"""A season moved in the year: the same rules so many whole weeks later, so that a Monday stays a Monday (pure)."""

from collections.abc import Iterable
from datetime import date, timedelta

from activities.models import Schedule
from huizen.recurrence import ONGOING

Kind = Schedule.Kind
NAMED = {Kind.ONCE, Kind.DATES}


def first_day(rules: Iterable[Schedule]) -> date | None:
    """The first day that these rules know; None for what goes on without dates."""
    return min((day for rule in rules if (day := _starts(rule))), default=None)


def ends(rules: Iterable[Schedule]) -> bool:
    """Whether all of these rules have a last day: what ends makes a season, and what goes on needs no copy."""
    rules = list(rules)
    return bool(rules) and all(
        rule.kind in NAMED or (rule.kind not in ONGOING and rule.ends_on is not None) for rule in rules
    )


def weeks_between(old: date, new: date) -> int:
    """How many whole weeks later the season begins: never before `new`, where it is later than `old`."""
    return -((old - new).days // 7)


def moved(rule: Schedule, *, weeks: int) -> Schedule:
    """The rule so many weeks later (a new row, not saved). The days on which it was skipped were of the old season."""
    later = timedelta(weeks=weeks)
    row = Schedule(
        **{
            field.attname: getattr(rule, field.attname)
            for field in Schedule._meta.concrete_fields
            if not field.primary_key
        }
    )
    row.dates = [day + later for day in rule.dates]
    row.starts_on = rule.starts_on and rule.starts_on + later
    row.ends_on = rule.ends_on and rule.ends_on + later
    row.skip_dates = []
    return row


def _starts(rule: Schedule) -> date | None:
    return min(rule.dates, default=None) if rule.kind in NAMED else rule.starts_on
