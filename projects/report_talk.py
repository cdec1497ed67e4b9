"""What was said about a report, as somebody reads it."""

from typing import Any

from django.db.models import Prefetch

from projects.models import ProgressReport, ReviewComment


def about_report(report: ProgressReport, user, page: str) -> dict[str, Any]:
    """What a page that shows a report shows of what was said about it."""
    return {"threads": threads_of(report, user), "comments_page": page}


def threads_of(report: ProgressReport, user) -> list[ReviewComment]:
    """What somebody reads of what was said about a report, each with its answers (two queries)."""
    seen = ReviewComment.objects.visible_to(user).filter(report=report)
    answers = seen.select_related("author").order_by("at", "pk")
    return list(
        seen.threads().select_related("author", "settled_by").prefetch_related(Prefetch("replies", answers))
    )
