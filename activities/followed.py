"""What a calendar or a feed reader follows: the same search as on the results page, without its pages."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, TruncDate
from django.utils import timezone

from activities import filters
from activities.filters import PARTS_OF_DAY, Wanted
from activities.forms.search import SearchForm
from activities.models import Session
from activities.place_choice import chosen_place
from huizen.models import Holiday

#: How much one file holds: as far as somebody plans, and no more than a phone reads in a moment.
MOST_ACTIVITIES, MOST_MOMENTS = 500, 200


def searched_sessions(
    asked: Mapping, sessions: QuerySet[Session], *, now: datetime
) -> tuple[QuerySet[Session], str]:
    """The next moments of what fits a search, soonest first, and the search in words. `asked`: the query of the address."""
    wanted, words = _wanted(asked, now=now)
    fits = _on_asked_days(sessions.filter(activity__in=_found(wanted, now=now)), wanted)
    return fits.upcoming(now=now).order_by("starts_at", "pk")[:MOST_MOMENTS], words


def _wanted(asked: Mapping, *, now: datetime) -> tuple[Wanted, str]:
    """What the form could read; the rest is left out, as on the results page."""
    form = SearchForm(asked)
    form.is_valid()
    place = chosen_place(asked.get("plaats", ""), day=timezone.localdate(now))
    chosen = [words for _, words in form.chosen()]
    if place.found:
        chosen.append(place.found.label)
    return form.wanted(spot=place.spot, now=now), ", ".join(chosen)


def _found(wanted: Wanted, *, now: datetime) -> list[int]:
    return [activity.pk for activity in filters.found(wanted, now=now)[:MOST_ACTIVITIES]]


def _on_asked_days(sessions: QuerySet[Session], wanted: Wanted) -> QuerySet[Session]:
    """Of a series only the moments that were asked for: the Wednesdays, the afternoons, the holidays."""
    if wanted.between:
        sessions = sessions.filter(starts_at__lt=wanted.between[1], ends_at__gt=wanted.between[0])
    if wanted.weekday is not None:
        sessions = sessions.alias(weekday=ExtractIsoWeekDay("starts_at")).filter(weekday=wanted.weekday + 1)
    if wanted.part_of_day:
        first, last = PARTS_OF_DAY[wanted.part_of_day]
        sessions = sessions.alias(hour=ExtractHour("starts_at")).filter(hour__gte=first, hour__lt=last)
    if wanted.in_school_holidays:
        holidays = Holiday.objects.filter(
            kind=Holiday.Kind.SCHOOL, starts_on__lte=OuterRef("day"), ends_on__gte=OuterRef("day")
        )
        sessions = sessions.alias(day=TruncDate("starts_at")).filter(Exists(holidays))
    return sessions
