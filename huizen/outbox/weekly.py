"""When a weekly mail goes: on Thursday morning, and after an outage until Saturday."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

#: Thursday at nine on the kitchen wall: in time for Wednesday's news and for the weekend.
WEEKDAY, HOUR = 3, time(9, 0)
#: After an outage it still goes until Saturday at nine; later it is no use for this week.
LATE = timedelta(days=2)
WEEK = timedelta(days=7)


def digest_time(*, now: datetime) -> datetime | None:
    """The Thursday morning whose mail may go now; None between Saturday and the next one."""
    today = timezone.localdate(now)
    thursday = today - timedelta(days=(today.weekday() - WEEKDAY) % 7)
    due = _on_the_wall(thursday)
    if now < due:
        due = _on_the_wall(thursday - WEEK)
    return due if now < due + LATE else None


def week_of(due: datetime) -> str:
    """The week of a Thursday, for the key of a mail that goes once a week: 2026-W11."""
    year, week, _ = timezone.localdate(due).isocalendar()
    return f"{year}-W{week:02d}"


def _on_the_wall(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))
