"""Calendar files for everybody's phone: one moment, an activity, the agenda of a House, what fits a search."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from activities.actions.session_words import calendar_event
from activities.followed import searched_sessions
from activities.models import Activity, Session
from huizen.access import public
from huizen.calendar_file import CalendarEvent, calendar_file
from huizen.links import absolute
from huizen.models import House

#: A calendar keeps what just passed for a while, and no more than this in one file.
KEPT_DAYS, MOST_EVENTS = 30, 500
#: A calendar that is followed asks again so often.
REFRESH = timedelta(hours=6)


@require_safe
@public
def session_calendar(request, pk):
    """One moment."""
    session = get_object_or_404(_sessions(), pk=pk)
    return _file([session], name=session.activity.title, filename=session.activity.slug)


@conditional_page
@require_safe
@public
def activity_calendar(request, slug):
    """All moments of an activity, the cancelled ones too, so that a phone takes them away."""
    activity = get_object_or_404(Activity.objects.published(), slug=slug)
    return _file(_recent(_sessions().filter(activity=activity)), name=activity.title, filename=activity.slug)


@conditional_page
@require_safe
@public
def house_calendar(request, slug):
    """The agenda of a House, to subscribe to."""
    house = get_object_or_404(House.objects.published(), slug=slug)
    return _file(_recent(_sessions().filter(activity__house=house)), name=house.name, filename=house.slug)


@conditional_page
@require_safe
@public
def search_calendar(request):
    """The coming moments of what fits a search, to subscribe to: the address of the results page, with another name."""
    sessions, words = searched_sessions(request.GET, _sessions(), now=timezone.now())
    return _file(
        sessions, name=f"Activiteiten: {words}" if words else "Activiteiten", filename="activiteiten"
    )


def _sessions():
    rows = Session.objects.filter(activity__in=Activity.objects.published())
    return rows.select_related("activity__house", "activity__location", "location")


def _recent(sessions):
    since = timezone.now() - timedelta(days=KEPT_DAYS)
    return sessions.filter(ends_at__gt=since).order_by("starts_at", "pk")[:MOST_EVENTS]


def _file(sessions: Iterable[Session], *, name: str, filename: str) -> HttpResponse:
    """Shown in the browser it is of no use to anybody: a phone opens it in its calendar."""
    rows = list(sessions)
    text = calendar_file([_event(session) for session in rows], name=name, refresh=REFRESH)
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}.ics"',
        "Cache-Control": "public, max-age=300",
    }
    if rows:
        headers["Last-Modified"] = http_date(max(row.changed_at for row in rows).timestamp())
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


def _event(session: Session) -> CalendarEvent:
    url = absolute(reverse("activity_detail", args=[session.activity.slug]))
    return calendar_event(session, stamp=session.changed_at, url=url)
