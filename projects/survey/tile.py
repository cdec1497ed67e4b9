"""What waits of a survey on the desk of a coordinator."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from huizen.dashboard import Tile
from huizen.models import House, User
from huizen.roles import Permission
from huizen.words import day_in_full
from projects.models import SurveyAnswer


def survey_tiles(user: User, now: datetime) -> Iterator[Tile]:
    """One tile a House that still has to answer (one query)."""
    if not user.may(Permission.ANSWER_SURVEYS):
        return
    today = timezone.localdate(now)
    rows = SurveyAnswer.objects.of_houses(House.objects.where(user, Permission.ANSWER_SURVEYS)).waiting()
    rows = rows.filter(round__released_at__isnull=False, round__opens_on__lte=today)
    for row in rows.select_related("round", "house").order_by("round__closes_on", "pk"):
        if row.reopened_at or row.round.closes_on >= today:
            yield _tile(row)


def _tile(row: SurveyAnswer) -> Tile:
    until = f"open tot {day_in_full(row.round.closes_on)}"
    return Tile(
        title="Bevraging opnieuw geopend" if row.reopened_at else f"Bevraging {until}",
        text=f"{row.round} ({row.house}): {row.reopen_reason or row.state.label}.",
        url=reverse("survey_answer", args=[row.pk]),
        button="Verder invullen" if row.changed_at else "Vul in",
        order=35,
    )
