"""Stretches of days that somebody chose herself: from a day until a day."""

from datetime import date, datetime, timedelta

from huizen import words
from huizen.recurrence import at

MIDNIGHT = datetime.min.time()
ONE_DAY = timedelta(days=1)
#: Where somebody names a first day only: as far as anything is planned.
FAR = timedelta(days=800)

Stretch = tuple[datetime, datetime]


def from_until(first: date | None, last: date | None, *, now: datetime) -> Stretch | None:
    """The moments from a day to the midnight after another; what is left open begins today, or ends far away."""
    if not first and not last:
        return None
    first = first or words.wall(now).date()
    return _moments(first, max(first, last or first + FAR))


def common(one: Stretch | None, other: Stretch | None) -> Stretch | None:
    """What two stretches share; an empty one at the later begin where they share nothing."""
    if not one or not other:
        return one or other
    start = max(one[0], other[0])
    return start, max(start, min(one[1], other[1]))


def _moments(first: date, last: date) -> Stretch:
    return at(first, MIDNIGHT), at(last + ONE_DAY, MIDNIGHT)
