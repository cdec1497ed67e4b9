"""Paper for the waiting room: a House on one A4, and its week on another, each with codes that open the page on a phone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from activities.actions.session_words import place_of
from activities.models import Session
from activities.qr import qr_svg
from activities.recurrence import at
from activities.views.house import houses_on, offer_of, places_of, week_of
from families.participation import QUESTION
from huizen.access import public
from huizen.links import absolute
from huizen.models import Location
from huizen.shared_pages import shared

#: What fits on one sheet in letters that people read from a chair.
MOST_PLACES, MOST_OF_A_KIND, MOST_MOMENTS = 3, 6, 16
#: So many days ahead a week can be printed.
AHEAD = timedelta(days=120)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One moment on the sheet of the week."""

    session: Session
    place: Location | None
    qr: SafeString


@require_safe
@public
@shared
def house_leaflet(request, slug):
    """A House on one A4: where, when, who to call, what there is to do."""
    now = timezone.now()
    house = get_object_or_404(houses_on(timezone.localdate(now)), slug=slug)
    url = absolute(reverse("house_detail", args=[slug]))
    places = places_of(house, now)
    context = {
        "house": house,
        "places": places[:MOST_PLACES],
        "more_places": len(places[MOST_PLACES:]),
        "offer": [
            (element, rows[:MOST_OF_A_KIND], len(rows[MOST_OF_A_KIND:]))
            for element, rows in offer_of(house, now)
        ],
        "question": house.question or QUESTION,
        "url": url,
        "qr": qr_svg(url),
        "now": now,
    }
    return render(request, "activities/house_leaflet.html", context)


@require_safe
@public
@shared
def house_week(request, slug):
    """The week of a House on one A4, from today or from `?vanaf=` (a day, at most four months ahead)."""
    now = timezone.now()
    today = timezone.localdate(now)
    house = get_object_or_404(houses_on(today), slug=slug)
    first = _first_day(request.GET.get("vanaf", ""), today)
    start = now if first == today else at(first, datetime.min.time())
    days, left_out = _lines(week_of(house, start, first))
    url = absolute(reverse("house_detail", args=[slug]))
    context = {
        "house": house,
        "days": days,
        "left_out": left_out,
        "first": first,
        "last": first + WEEK - timedelta(days=1),
        "earlier": first - WEEK if first - WEEK >= today else None,
        "later": first + WEEK if first + WEEK <= today + AHEAD else None,
        "url": url,
        "qr": qr_svg(url),
        "now": now,
    }
    return render(request, "activities/house_week.html", context)


def _first_day(asked: str, today: date) -> date:
    """The asked day; today where the address names none that can be printed."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today
    return day if today <= day <= today + AHEAD else today


def _lines(week: list[tuple[date, list[Session]]]) -> tuple[list[tuple[date, list[Line]]], int]:
    """The moments that take place and fit on the sheet, by day; and how many did not fit."""
    days, room, left_out = [], MOST_MOMENTS, 0
    for day, sessions in week:
        going = [session for session in sessions if session.status == Session.Status.SCHEDULED]
        shown, left_out = going[:room], left_out + len(going[room:])
        room -= len(shown)
        if shown:
            days.append((day, [_line(session) for session in shown]))
    return days, left_out


def _line(session: Session) -> Line:
    url = absolute(reverse("activity_detail", args=[session.activity.slug]))
    return Line(session, place_of(session), qr_svg(url, error="l"))
