"""The days on which a rule can pause, out of the reference of holidays."""

from collections import defaultdict
from datetime import date, timedelta

from huizen.models import Holiday
from huizen.recurrence import DaysOff


def days_off(first: date, last: date) -> DaysOff:
    """The public holidays and the days of school holidays in a span (one query)."""
    found: dict[str, set[date]] = defaultdict(set)
    for holiday in Holiday.objects.touching(first, last):
        start, end = max(holiday.starts_on, first), min(holiday.ends_on, last)
        found[holiday.kind].update(start + timedelta(days=count) for count in range((end - start).days + 1))
    return DaysOff(public=frozenset(found[Holiday.Kind.PUBLIC]), school=frozenset(found[Holiday.Kind.SCHOOL]))
