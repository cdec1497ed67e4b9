"""Is this place open now, and if not, when is it? In people's words, by the clock on the kitchen wall.

Pure: the rules, the exceptions and the holidays are passed in or read from what the caller prefetched
(`Location.objects.prefetch_related("opening_hours", "opening_exceptions")`), so that a page of seventeen
places costs no query more than a page of one. What is not known is said not to be known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huizen import words
from huizen.models import Holiday, Location, OpeningException, OpeningHours

BRUSSELS = ZoneInfo("Europe/Brussels")
#: How far ahead we look for a next opening.
AHEAD = timedelta(days=60)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """A stretch of one day in which people can come, or come by appointment."""

    opens_at: time
    closes_at: time
    by_appointment: bool = False


@dataclass(frozen=True)
class DaysOff:
    """The public holidays and the school holidays around a day."""

    public: frozenset[date] = frozenset()
    school: tuple[tuple[date, date], ...] = ()

    @classmethod
    def of(cls, holidays: Iterable[Holiday]) -> "DaysOff":
        """From rows: `DaysOff.of(Holiday.objects.touching(start, end))`."""
        rows = list(holidays)
        return cls(
            public=frozenset(row.starts_on for row in rows if row.kind == Holiday.Kind.PUBLIC),
            school=tuple((row.starts_on, row.ends_on) for row in rows if row.kind == Holiday.Kind.SCHOOL),
        )

    @classmethod
    def around(cls, now: datetime) -> "DaysOff":
        """Those that matter for `opening_now`; one query for as many places as you like."""
        today = now.astimezone(BRUSSELS).date()
        return cls.of(Holiday.objects.touching(today - ONE_DAY, today + AHEAD))

    def is_public(self, day: date) -> bool:
        return day in self.public

    def is_school_holiday(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.school)


@dataclass(frozen=True)
class Opening:
    """Open now until when, or when next; `words` says it to people. Moments are aware.

    `changes_at`: from when on it must be asked again, if that is before midnight; nothing where no hour changes it.
    """

    open: bool
    words: str
    until: datetime | None = None
    next_opens_at: datetime | None = None
    changes_at: datetime | None = None


def opening_now(location: Location, *, now: datetime, days_off: DaysOff | None = None) -> Opening:
    """Whether a place is open at this moment, until when, or its next opening within sixty days."""
    rules, exceptions = list(location.opening_hours.all()), list(location.opening_exceptions.all())
    if location.by_appointment:
        return Opening(open=False, words=gettext("Op afspraak"))
    if not rules and not exceptions:
        return Opening(open=False, words=gettext("Uren niet bekend"))
    spans = _spans(rules, exceptions, days_off or DaysOff.around(now), now)
    return _opening(spans, now)


def hours_on(
    day: date, rules: Iterable[OpeningHours], exceptions: Iterable[OpeningException], days_off: DaysOff
) -> list[Hours]:
    """The hours of one day, in order. An exception wins over every rule; the shortest one wins over the others."""
    own = [exception for exception in exceptions if exception.since <= day <= exception.until]
    if own:
        return _exceptional(own)
    if days_off.is_public(day):
        return []
    in_force = [
        Hours(rule.opens_at, rule.closes_at, rule.by_appointment)
        for rule in rules
        if falls_on(rule, day) and (rule.in_school_holidays or not days_off.is_school_holiday(day))
    ]
    return _joined(in_force)


def falls_on(rule: OpeningHours, day: date) -> bool:
    """Whether a day is one of the rule's: each such weekday, the n-th of the month, or the last (-1)."""
    if day.weekday() != rule.weekday:
        return False
    if rule.nth is None:
        return True
    if rule.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == rule.nth


def _exceptional(exceptions: list[OpeningException]) -> list[Hours]:
    shortest = min(exception.until - exception.since for exception in exceptions)
    nearest = [exception for exception in exceptions if exception.until - exception.since == shortest]
    hours = [(row.opens_at, row.closes_at) for row in nearest]
    if (None, None) in hours:
        return []
    return _joined([Hours(opens_at, closes_at) for opens_at, closes_at in hours if opens_at and closes_at])


def _joined(hours: list[Hours]) -> list[Hours]:
    """Hours that touch made one; walking in and coming by appointment stay apart."""
    joined: list[Hours] = []
    for part in sorted(hours, key=lambda part: (part.by_appointment, part.opens_at, part.closes_at)):
        last = joined[-1] if joined else None
        if last and last.by_appointment == part.by_appointment and part.opens_at <= last.closes_at:
            joined[-1] = Hours(last.opens_at, max(last.closes_at, part.closes_at), part.by_appointment)
        else:
            joined.append(part)
    return sorted(joined, key=lambda part: part.opens_at)


@dataclass(frozen=True)
class _Span:
    """Hours as moments in UTC, where nights that change the clock have their true length."""

    starts_at: datetime
    ends_at: datetime
    by_appointment: bool


def _spans(rules, exceptions, days_off: DaysOff, now: datetime) -> Iterator[_Span]:
    """The hours from now on, the first one first; worked out no further than they are asked for."""
    today = now.astimezone(BRUSSELS).date()
    days = (today + timedelta(days=ahead) for ahead in range(AHEAD.days + 1))
    spans = (_span(day, hours) for day in days for hours in hours_on(day, rules, exceptions, days_off))
    return (span for span in spans if max(span.starts_at, now) < span.ends_at)


def _span(day: date, hours: Hours) -> _Span:
    return _Span(_moment(day, hours.opens_at), _moment(day, hours.closes_at), hours.by_appointment)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=BRUSSELS).astimezone(UTC)


def _opening(spans: Iterator[_Span], now: datetime) -> Opening:
    last: _Span | None = None
    for first in spans:
        if not first.by_appointment:
            break
        last = first
    else:
        if last is None:
            return Opening(open=False, words=gettext("Voorlopig dicht"))
        return Opening(open=False, words=gettext("Op afspraak"), changes_at=last.ends_at)
    start, end = first.starts_at.astimezone(BRUSSELS), first.ends_at.astimezone(BRUSSELS)
    if first.starts_at <= now:
        until = gettext("Nu open tot %(end)s uur") % {"end": words.clock(end.time())}
        return Opening(open=True, words=until, until=end, changes_at=end)
    today = now.astimezone(BRUSSELS).date()
    when = gettext("straks") if start.date() == today else words.day(start.date(), today=today)
    said = gettext("Dicht. %(When)s open %(hours)s") % {"When": capfirst(when), "hours": words.hours(start)}
    return Opening(open=False, words=said, next_opens_at=start, changes_at=start)


_NTH = {1: _("eerste"), 2: _("tweede"), 3: _("derde"), 4: _("vierde"), 5: _("vijfde"), -1: _("laatste")}


def rule_in_words(rule: OpeningHours) -> str:
    """A rule as people say it: "elke eerste maandag van 9 tot 12 uur, niet in schoolvakanties"."""
    day = words.weekday_name(rule.weekday)
    if rule.nth:
        when = gettext("elke %(nth)s %(day)s van de maand") % {"nth": gettext(_NTH[rule.nth]), "day": day}
    else:
        when = gettext("elke %(day)s") % {"day": day}
    hours = words.hours(rule.opens_at, rule.closes_at)
    parts = [gettext("%(day)s %(hours)s") % {"day": when, "hours": hours}]
    if rule.by_appointment:
        parts.append(gettext("op afspraak"))
    if not rule.in_school_holidays:
        parts.append(gettext("niet in schoolvakanties"))
    return ", ".join(parts)


def exception_in_words(exception: OpeningException) -> str:
    """Days that differ as people say them: "van 1 juli 2026 tot en met 31 augustus 2026 gesloten: zomer"."""
    first, last = words.day_in_full(exception.since), words.day_in_full(exception.until)
    days = first
    if first != last:
        days = gettext("van %(first)s tot en met %(last)s") % {"first": first, "last": last}
    hours = gettext("gesloten")
    if exception.opens_at:
        hours = gettext("open %(hours)s") % {"hours": words.hours(exception.opens_at, exception.closes_at)}
    said = gettext("%(day)s %(hours)s") % {"day": days, "hours": hours}
    return said + (f": {exception.reason}" if exception.reason else "")
