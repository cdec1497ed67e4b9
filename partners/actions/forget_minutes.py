"""Forgetting minutes, with who was there and who would do what, in time (docs/data-retention.yaml)."""

from datetime import datetime

from partners.models import ActionPoint, MeetingAttendance, Minutes


def forget_minutes(*, before: datetime, now: datetime) -> int:
    """Erase the minutes of meetings that ended before a time, and what was agreed there or was settled before it."""
    old = {"meeting__ends_at__lt": before}
    gone = Minutes.objects.filter(**old).delete()[0]
    gone += MeetingAttendance.objects.filter(**old).delete()[0]
    gone += ActionPoint.objects.filter(**old).delete()[0]
    return gone + ActionPoint.objects.filter(meeting=None, changed_at__lt=before).delete()[0]
