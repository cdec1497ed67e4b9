"""Quiet hours: no reminder wakes a household. All on the clock of Brussels, also around its two changes a year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from huizen.models import Category

BRUSSELS = ZoneInfo("Europe/Brussels")
#: What can wait for the morning. Somebody waits for the others, or must know today.
QUIET_CATEGORIES = (
    Category.SESSION_REMINDER,
    Category.FEEDBACK,
    Category.MEETING_REMINDER,
    Category.DIGEST,
    Category.PARTNER_NEWS,
    Category.CHECK,
    Category.SURVEY,
    Category.MORNING,
)
#: When reminders leave that are counted in days.
MORNING = time(9, 0)
#: How long before the quiet begins a reminder leaves that cannot wait for the morning.
BEFORE_QUIET = timedelta(minutes=30)


def reminder_time(event_start: datetime, days_before: int, at: time) -> datetime:
    """When to remind: so many days before, at this time of the clock; never in the quiet hours (UTC).

    An hour that the clock skips becomes the hour after it; of an hour that comes twice, the first.
    """
    day = event_start.astimezone(BRUSSELS).date() - timedelta(days=days_before)
    return outside_quiet_hours(_moment(day, at), event_start=event_start)


def morning_of(day: date) -> datetime:
    """Nine o'clock in Brussels, as its clock says it: days added to it keep the hour."""
    return datetime.combine(day, MORNING, BRUSSELS)


def outside_quiet_hours(moment: datetime, *, event_start: datetime | None = None) -> datetime:
    """The moment itself, or when the quiet is over; the evening before it, where morning is too late (UTC)."""
    if not is_quiet(moment):
        return moment.astimezone(UTC)
    begin, end = _quiet_around(moment)
    # In UTC: two times of one zone are compared by their clocks, which lie in the night the clock changes.
    if event_start is not None and event_start.astimezone(UTC) <= end:
        return begin - BEFORE_QUIET
    return end


def is_quiet(moment: datetime) -> bool:
    """Whether the households sleep."""
    hour, begin, end = (
        moment.astimezone(BRUSSELS).hour,
        settings.OUTBOX_QUIET_FROM,
        settings.OUTBOX_QUIET_UNTIL,
    )
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def hushed_categories(now: datetime) -> list[str]:
    """The categories that may not leave now."""
    return list(QUIET_CATEGORIES) if is_quiet(now) else []


def _quiet_around(moment: datetime) -> tuple[datetime, datetime]:
    local = moment.astimezone(BRUSSELS)
    begins, ends = settings.OUTBOX_QUIET_FROM, settings.OUTBOX_QUIET_UNTIL
    first = local.date() if local.hour >= begins else local.date() - timedelta(days=1)
    last = first if begins <= ends else first + timedelta(days=1)
    return _moment(first, time(begins)), _moment(last, time(ends))


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, BRUSSELS).astimezone(UTC)
