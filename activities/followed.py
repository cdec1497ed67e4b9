"""What a calendar or a feed reader follows: the same search as on the results page, without its pages."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate
from django.http import QueryDict

from activities.models import Session
from activities.question import ask
from activities.search import Wanted, find
from activities.search.periods import PARTS_OF_DAY
from huizen.models import Holiday

#: How much one file holds: as far as somebody plans, and no more than a phone reads in a moment.
MOST_ACTIVITIES, MOST_MOMENTS = 500, 200


def searched_sessions(
    asked: QueryDict, sessions: QuerySet[Session], *, now: datetime
) -> tuple[QuerySet[Session], str]:
    """The next moments of what fits a search, soonest first, and the search in words. `asked`: the query of the address."""
    question = ask(asked, now=now)
    hits = find(question.wanted, now=now, stop=MOST_ACTIVITIES).hits
    fits = sessions.filter(activity__in=[hit.activity_id for hit in hits])
    words = ", ".join(chip.words for chip in question.chips())
    return _on_asked_days(fits, question.wanted).upcoming(now=now).order_by("starts_at", "pk")[
        :MOST_MOMENTS
    ], words


def _on_asked_days(sessions: QuerySet[Session], wanted: Wanted) -> QuerySet[Session]:
    """Of a series only the moments that were asked for: the Wednesdays, the afternoons, the holidays."""
    if wanted.between:
        sessions = sessions.filter(starts_at__lt=wanted.between[1], ends_at__gt=wanted.between[0])
    if wanted.days:
        weekdays = [day + 1 for day in wanted.days]
        sessions = sessions.alias(weekday=ExtractIsoWeekDay("starts_at")).filter(weekday__in=weekdays)
    if wanted.deel:
        first, last = PARTS_OF_DAY[wanted.deel]
        sessions = sessions.alias(hour=ExtractHour("starts_at")).filter(hour__gte=first, hour__lt=last)
    if wanted.vakantie:
        holidays = Holiday.objects.filter(
            kind=Holiday.Kind.SCHOOL, starts_on__lte=OuterRef("day"), ends_on__gte=OuterRef("day")
        )
        sessions = sessions.alias(day=TruncDate("starts_at")).filter(Exists(holidays))
    return sessions
