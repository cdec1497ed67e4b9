"""What nobody handed in goes a while after the round is over."""

from datetime import datetime

from projects.models import SurveyAnswer


def forget_drafts(*, before: datetime, now: datetime) -> int:
    """Empty the drafts of rounds that closed before a moment: handed in or not, what counts stands elsewhere."""
    rows = SurveyAnswer.objects.filter(round__closes_on__lt=before.date(), reopened_at=None).exclude(draft={})
    return rows.update(draft={})
