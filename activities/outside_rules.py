"""From the moments of an event in somebody's calendar to rules that a person can read and change (pure).

Each set of hours becomes one rule: every so many weeks, on fixed days of the month, or a list of days. A rule always
gives exactly those moments.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise
from math import gcd

from activities.models import Schedule
from huizen.calendar_reading import Moment
from huizen.recurrence import DaysOff, days

Kind = Schedule.Kind
#: As many as the editor of an activity holds: rules, and days in one list.
MOST_RULES, MOST_DAYS = 6, 100
#: Fewer days than this are clearer one by one, and of a rule at most this part may be left out.
FEWEST, LEFT_OUT = 3, 0.25
NOTHING_OFF = DaysOff()


def rules_for(moments: Iterable[Moment], *, last: date) -> list[Schedule]:
    """The rules (not saved) of these moments, that were looked up until `last`; none where they are too irregular."""
    groups: dict[tuple[time, time], list[date]] = defaultdict(list)
    for starts_at, ends_at in moments:
        groups[starts_at.time(), ends_at.time()].append(starts_at.date())
    if len(groups) > MOST_RULES:
        return []
    return [_rule(sorted(found), hours, last) for hours, found in sorted(groups.items())]


def _rule(found: list[date], hours: tuple[time, time], last: date) -> Schedule:
    rule = next(filter(None, (_exactly(try_, found, last) for try_ in _tries(found))), None)
    if rule is None:
        rule = Schedule(kind=Kind.ONCE if len(found) == 1 else Kind.DATES, dates=found[:MOST_DAYS])
    rule.starts_at, rule.ends_at = hours
    return rule


def _tries(found: list[date]) -> Iterable[Schedule]:
    """The rules that these days may follow, the simplest first."""
    if len(found) < FEWEST:
        return
    weekdays = sorted({day.weekday() for day in found})
    weeks = sorted({(day - timedelta(days=day.weekday())).toordinal() // 7 for day in found})
    step = gcd(*(later - sooner for sooner, later in pairwise(weeks))) if len(weeks) > 1 else 1
    if 1 <= step <= 26:
        yield Schedule(kind=Kind.WEEKLY, weekdays=weekdays, every_weeks=step)
    for nths in ([-1], sorted({(day.day - 1) // 7 + 1 for day in found})):
        if len(nths) < 4:
            yield Schedule(kind=Kind.NTH_WEEKDAY, weekdays=weekdays, nths=nths)


def _exactly(rule: Schedule, found: list[date], last: date) -> Schedule | None:
    """The rule from the first of these days on, without the days that are not among them; None where it does not fit."""
    rule.starts_on, rule.skip_public_holidays = found[0], False
    ruled = days(rule, first=found[0], last=last, days_off=NOTHING_OFF)
    over = [day for day in ruled if day > found[-1]]
    # With another time to come in what was looked up, the last one was really the last.
    if over:
        rule.ends_on = found[-1]
    missing = sorted(set(ruled) - set(found) - set(over))
    if not set(found) <= set(ruled) or len(missing) > LEFT_OUT * len(found):
        return None
    rule.skip_dates = missing
    return rule
