"""When, in people's words: stretches of days, and parts of a day."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from huizen import words
from huizen.recurrence import at

#: Hours of the day on the wall clock, the first included and the last not.
PARTS_OF_DAY = {"voormiddag": (0, 12), "namiddag": (12, 17), "avond": (17, 24)}
#: Stretches that a search can name; the school holidays are in the database.
PERIODS = ("vandaag", "morgen", "week", "weekend")
MIDNIGHT = datetime.min.time()


def between(period: str, *, now: datetime) -> tuple[datetime, datetime] | None:
    """The moments of a period in people's words, from its first to the midnight after its last day.

    "Deze week" is the seven coming days, today the first, on every page: on a Sunday a week that ends that night
    would hide all of it. The weekend is the coming one, or what is left of this one.
    """
    return _between(period, words.wall(now).date())


@lru_cache(maxsize=100)
def _between(period: str, today: date) -> tuple[datetime, datetime] | None:
    sunday = today + timedelta(days=6 - today.weekday())
    spans = {
        "vandaag": (today, today),
        "morgen": (today + timedelta(days=1),) * 2,
        "week": (today, today + timedelta(days=6)),
        "weekend": (max(today, sunday - timedelta(days=1)), sunday),
    }
    if period not in spans:
        return None
    first, last = spans[period]
    return at(first, MIDNIGHT), at(last + timedelta(days=1), MIDNIGHT)
