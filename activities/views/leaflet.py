"""Paper for the waiting room: a House on one A4, and its week on another, each with codes that open the page on a phone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from activities.actions.session_words import place_of
from activities.house_reading import read_house
from activities.models import Activity, Session
from activities.qr import qr_svg
from activities.views.house import houses_on, offer_of, places_of, week_of
from families.participation import QUESTION
from huizen.access import public
from huizen.languages import DUTCH, Language, language_of_page, speaks
from huizen.links import absolute
from huizen.models import Location
from huizen.page_language import address_in
from huizen.reading import Reading
from huizen.recurrence import at
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
    told = [(element, _once(rows)) for element, rows in offer_of(house, now)]
    offer = [(element, rows[:MOST_OF_A_KIND], len(rows[MOST_OF_A_KIND:])) for element, rows in told]
    reading = read_house(house, [row for _, rows, _ in offer for row in rows], asked=_asked(request))
    context = {
        "house": house,
        "reading": reading,
        "papers": _papers(request, reading),
        "places": places[:MOST_PLACES],
        "more_places": len(places[MOST_PLACES:]),
        "offer": offer,
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
    shown = [line.session.activity for _, lines in days for line in lines]
    reading = read_house(house, shown, asked=_asked(request))
    context = {
        "house": house,
        "reading": reading,
        "papers": _papers(request, reading),
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


def _once(activities: list[Activity]) -> list[Activity]:
    """One of those with one name and for the same ages, as a House has in each of its places: on paper they say the same."""
    named: dict[tuple, Activity] = {}
    for each in activities:
        named.setdefault((each.title.casefold(), each.age_min, each.age_max), each)
    return list(named.values())


def _asked(request) -> str:
    """The language in which she wants the words of the House: the one she asked, or that of the page."""
    return request.GET.get("taal") or language_of_page().code


def _papers(request, reading: Reading) -> list[tuple[Language, str]]:
    """The same sheet in the other languages in which anything is told; all of it where the portal speaks them too."""
    kept = {"vanaf": request.GET["vanaf"]} if "vanaf" in request.GET else {}
    links = []
    for language in reading.choices:
        is_spoken = language.code in speaks()
        path = address_in(language.code if is_spoken else DUTCH, request.path)
        query = urlencode(kept if is_spoken else {"taal": language.code, **kept})
        links.append((language, f"{path}?{query}" if query else path))
    return [(language, url) for language, url in links if language != reading.language]


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
