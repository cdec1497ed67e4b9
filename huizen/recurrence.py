"""From a rule to moments: which days, at which hours, and the same rule in words.

Everything here is pure: a rule (a row that is saved or not), a span of days and the days off go in, days and aware
datetimes come out. Rules are worked out on the wall clock of Europe/Brussels and only then turned into moments.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from huizen.words import day_in_full, hours, weekday_name

BRUSSELS = ZoneInfo("Europe/Brussels")
UTC = ZoneInfo("UTC")
SUMMER = (7, 8)
NTHS = [(1, _("1e")), (2, _("2e")), (3, _("3e")), (4, _("4e")), (5, _("5e")), (-1, _("laatste"))]
NTH = dict(NTHS)
WEEKLY, NTH_WEEKDAY = "weekly", "nth_weekday"
#: Kinds of rule that name their days one by one, and those that have no moments at all.
NAMED = frozenset({"once", "dates"})
ONGOING = frozenset({"by_appointment", "in_opening_hours"})


class Rule(Protocol):
    """What a rule says, whoever keeps it: hours on the wall clock, weekdays with 0 for Monday, `nths` with −1 for last."""

    @property
    def kind(self) -> str: ...

    @property
    def starts_on(self) -> date | None: ...

    @property
    def ends_on(self) -> date | None: ...

    @property
    def starts_at(self) -> time | None: ...

    @property
    def ends_at(self) -> time | None: ...

    @property
    def dates(self) -> Sequence[date]: ...

    @property
    def weekdays(self) -> Sequence[int]: ...

    @property
    def every_weeks(self) -> int: ...

    @property
    def nths(self) -> Sequence[int]: ...

    @property
    def skip_school_holidays(self) -> bool: ...

    @property
    def skip_summer(self) -> bool: ...

    @property
    def skip_public_holidays(self) -> bool: ...

    @property
    def skip_dates(self) -> Sequence[date]: ...

    def get_kind_display(self) -> str: ...


@dataclass(frozen=True)
class DaysOff:
    """The days on which a rule can pause: public holidays and the days of school holidays."""

    public: frozenset[date] = frozenset()
    school: frozenset[date] = frozenset()


@dataclass(frozen=True, order=True)
class Moment:
    """One time that something happens: aware datetimes in Europe/Brussels."""

    starts_at: datetime
    ends_at: datetime

    @property
    def day(self) -> date:
        return self.starts_at.date()


def at(day: date, hour: time) -> datetime:
    """A wall-clock time as a moment.

    An hour that the spring night skips (02:30) comes an hour later (03:30); an hour that the autumn
    night has twice is the first of the two.
    """
    return datetime.combine(day, hour, tzinfo=BRUSSELS).astimezone(UTC).astimezone(BRUSSELS)


def moments(schedule: Rule, *, first: date, last: date, days_off: DaysOff) -> list[Moment]:
    """The moments of a rule from `first` to `last` (both included), the soonest first; at most one a day."""
    return [_moment(schedule, day) for day in days(schedule, first=first, last=last, days_off=days_off)]


def days(schedule: Rule, *, first: date, last: date, days_off: DaysOff) -> list[date]:
    """The days of a rule from `first` to `last` (both included), sorted, each once.

    Days that were named one by one take place on holidays too: whoever typed 21 July means 21 July.
    """
    first = max(first, schedule.starts_on or first)
    last = min(last, schedule.ends_on or last)
    named = _named_days(schedule)
    if named is not None:
        found: Iterable[date] = named
    else:
        found = (day for day in _ruled_days(schedule, first, last) if not _pauses(schedule, day, days_off))
    return sorted({day for day in found if first <= day <= last} - set(schedule.skip_dates))


def _named_days(schedule: Rule) -> list[date] | None:
    """The days that somebody named one by one; None for a rule that makes its own."""
    if schedule.kind in NAMED:
        return list(schedule.dates)
    return None


def _ruled_days(schedule: Rule, first: date, last: date) -> Iterator[date]:
    if schedule.kind == WEEKLY:
        return _weekly(schedule, first, last)
    if schedule.kind == NTH_WEEKDAY:
        return _nth_weekdays(schedule, first, last)
    return iter(())


def _weekly(schedule: Rule, first: date, last: date) -> Iterator[date]:
    """Weeks are counted from the one in which the rule starts, Monday first."""
    origin = _monday(schedule.starts_on)
    step = 7 * schedule.every_weeks
    week = max(origin, origin + timedelta(days=(_monday(first) - origin).days // step * step))
    while week <= last:
        yield from (week + timedelta(days=weekday) for weekday in sorted(set(schedule.weekdays)))
        week += timedelta(days=step)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _nth_weekdays(schedule: Rule, first: date, last: date) -> Iterator[date]:
    for year, month in _months(first, last):
        for weekday in set(schedule.weekdays):
            same = [day for day in _days_of(year, month) if day.weekday() == weekday]
            yield from (same[-1] if nth == -1 else same[nth - 1] for nth in schedule.nths if nth <= len(same))


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for count in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield count // 12, count % 12 + 1


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1])]


def _pauses(schedule: Rule, day: date, days_off: DaysOff) -> bool:
    return (
        (schedule.skip_school_holidays and day in days_off.school)
        or (schedule.skip_public_holidays and day in days_off.public)
        or (schedule.skip_summer and day.month in SUMMER)
    )


def _moment(schedule: Rule, day: date) -> Moment:
    starts_at, ends_at = at(day, schedule.starts_at), at(day, schedule.ends_at)
    if ends_at <= starts_at:
        # Only the start fell in the hour that the spring night skips: what was planned lasts as long as planned.
        wall = datetime.combine(day, schedule.ends_at) - datetime.combine(day, schedule.starts_at)
        ends_at = (starts_at.astimezone(UTC) + wall).astimezone(BRUSSELS)
    return Moment(starts_at, ends_at)


def schedule_in_words(schedule: Rule) -> str:
    """The rule as an organiser would say it: "elke 1e en 3e maandag van 9 tot 12 uur, niet in schoolvakanties"."""
    if schedule.kind in ONGOING:
        return schedule.get_kind_display().lower()
    when = {"day": _days_in_words(schedule), "hours": hours(schedule.starts_at, schedule.ends_at)}
    parts = [gettext("%(day)s %(hours)s") % when]
    if _named_days(schedule) is None:
        parts += [sentence for skips, sentence in _pauses_in_words(schedule) if skips]
    return ", ".join(parts)


def _days_in_words(schedule: Rule) -> str:
    if schedule.kind in NAMED:
        return _and([day_in_full(day) for day in sorted(set(schedule.dates) - set(schedule.skip_dates))])
    weekdays = _and([weekday_name(number) for number in sorted(set(schedule.weekdays))])
    if schedule.kind == NTH_WEEKDAY:
        nths = _and([str(NTH[nth]) for nth in NTH if nth in schedule.nths])
        return gettext("elke %(nths)s %(days)s") % {"nths": nths, "days": weekdays}
    if schedule.every_weeks == 1:
        return gettext("elke %(day)s") % {"day": weekdays}
    weeks = schedule.every_weeks
    return ngettext("om de %(weeks)d week op %(days)s", "om de %(weeks)d weken op %(days)s", weeks) % {
        "weeks": weeks,
        "days": weekdays,
    }


def _pauses_in_words(schedule: Rule) -> list[tuple[bool, str]]:
    skipped = _and([day_in_full(day) for day in sorted(schedule.skip_dates)])
    return [
        (schedule.skip_school_holidays, gettext("niet in schoolvakanties")),
        (schedule.skip_summer, gettext("niet in juli en augustus")),
        (not schedule.skip_public_holidays, gettext("ook op feestdagen")),
        (bool(skipped), gettext("niet op %(days)s") % {"days": skipped}),
        (bool(schedule.ends_on), _last_day(schedule.ends_on) if schedule.ends_on else ""),
    ]


def _last_day(day: date) -> str:
    return gettext("tot en met %(day)s") % {"day": day_in_full(day)}


def _and(words: list[str]) -> str:
    both = gettext("%(some)s en %(last)s")
    return both % {"some": ", ".join(words[:-1]), "last": words[-1]} if len(words) > 1 else "".join(words)
