"""What was said about a report goes a while after the last word."""

from datetime import datetime

from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from projects.models import ReviewComment


def forget_comments(*, before: datetime, now: datetime) -> int:
    """Take away each comment with its answers, when nothing was said in it since a moment; how many comments went."""
    last = Greatest("at", Coalesce(Max("replies__at"), "at"))
    old = ReviewComment.objects.filter(parent=None).annotate(last=last).filter(last__lt=before)
    rows = ReviewComment.objects.filter(pk__in=list(old.values_list("pk", flat=True)))
    number, _ = rows.delete()
    return number
