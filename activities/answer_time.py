"""How long a family may think about a place that is offered: never into the night, never until it begins (pure)."""

from datetime import UTC, datetime, time, timedelta

from huizen.recurrence import BRUSSELS

#: Nobody is asked to answer between these, on the clock in Europe/Brussels.
EVENING, MORNING = time(21, 0), time(8, 0)
#: An answer is in so long before the moment begins: then the next family still has time to come.
BEFORE_START = timedelta(hours=2)
#: Nearer to the beginning than this there is nothing to think about: the place is given at once.
AT_ONCE_WITHIN = timedelta(hours=12)
#: Less time by day than this is no question.
LEAST = timedelta(hours=1)


def answer_until(*, now: datetime, hours: int, starts_at: datetime) -> datetime | None:
    """Until when a family may say yes; None where the place had better be given at once.

    `hours` after now, but two hours before the moment at the latest. What is offered at night is thought about from
    eight in the morning on; what would end at night ends at eight, or at nine the evening before where that is too late.
    """
    # In UTC an hour is an hour, also in the night that the clock changes.
    now, starts_at = now.astimezone(UTC), starts_at.astimezone(UTC)
    if starts_at - now < AT_ONCE_WITHIN:
        return None
    begin, latest = _after_the_night(now), starts_at - BEFORE_START
    until = min(begin + timedelta(hours=hours), latest)
    if _is_night(until):
        morning = _after_the_night(until)
        until = morning if morning <= latest else _before_the_night(until)
    return until if until - begin >= LEAST else None


def _is_night(moment: datetime) -> bool:
    clock = moment.astimezone(BRUSSELS).time()
    return clock > EVENING or clock < MORNING


def _after_the_night(moment: datetime) -> datetime:
    if not _is_night(moment):
        return moment
    wall = moment.astimezone(BRUSSELS)
    day = wall.date() + timedelta(days=1 if wall.time() > EVENING else 0)
    return datetime.combine(day, MORNING, tzinfo=BRUSSELS).astimezone(UTC)


def _before_the_night(moment: datetime) -> datetime:
    wall = moment.astimezone(BRUSSELS)
    day = wall.date() - timedelta(days=0 if wall.time() > EVENING else 1)
    return datetime.combine(day, EVENING, tzinfo=BRUSSELS).astimezone(UTC)
