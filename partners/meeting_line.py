"""The meetings that follow one another: those of the same House, or of the same group, before and after one of them."""

from django.db.models import QuerySet

from partners.models import Meeting


def line_of(meeting: Meeting) -> QuerySet[Meeting]:
    """All meetings of the line that a meeting stands in, itself too, but those that do not take place."""
    same = Meeting.objects.filter(house_id=meeting.house_id, group_id=meeting.group_id)
    return same.exclude(status=Meeting.Status.CANCELLED)


def before(meeting: Meeting) -> QuerySet[Meeting]:
    """Those that came before, the last one first."""
    return line_of(meeting).filter(starts_at__lt=meeting.starts_at).order_by("-starts_at", "-pk")


def after(meeting: Meeting) -> QuerySet[Meeting]:
    """Those that come after, the next one first."""
    return line_of(meeting).filter(starts_at__gt=meeting.starts_at).order_by("starts_at", "pk")
