"""`/huizen/<slug>/`: one House: open or not, its places, its week, its offer, its partners and its people."""

from collections import defaultdict
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from activities.freshness import Freshness, freshness
from activities.linked_data import of_house
from activities.models import Activity, Session
from activities.qr import qr_svg
from activities.search.periods import between
from families.models import Idea, Talk
from families.participation import QUESTION, shown_ideas, shown_talks
from huizen.access import public
from huizen.changes import Piece, Pieces
from huizen.languages import language_of, language_of_page
from huizen.links import absolute, mail_to_share
from huizen.models import (
    Holiday,
    House,
    HouseTranslation,
    Location,
    Membership,
    Municipality,
    OpeningException,
    OpeningHours,
    User,
    WorkingArea,
)
from huizen.open_places import days_off, places_in_use
from huizen.opening import AHEAD, exception_in_words, opening_now, rule_in_words
from huizen.reading import read
from huizen.roles import Role
from huizen.shared_pages import shared
from huizen.templatetags.ui import linked_data
from huizen.vocabulary import Element, LifeDomain
from huizen.words import midnight_after
from partners.models import Organisation, Partnership

#: So many pages are kept, of about forty kilobytes each.
MOST = 300
#: Tables of which a row stands on the pages of more Houses than one, or is told by a key of its own.
ON_MANY_PAGES = (
    Activity, Holiday, Location, Municipality, OpeningException, OpeningHours, Organisation, User,
)  # fmt: skip
#: Tables of which each row is of one House, and is told by it.
OF_ONE_HOUSE = (House, HouseTranslation, Idea, Membership, Partnership, Talk, WorkingArea)
ROLE_WORDS = {
    Role.COORDINATOR: _("Coördinator"),
    Role.STAFF: _("Medewerker"),
    Role.PARTNER_EDITOR: _("Partner"),
}
_pages: Pieces[dict] = Pieces(most=MOST)


@require_safe
@public
@shared
def house_detail(request, slug):
    """The page of a House; on paper an A4 leaflet with a QR code."""
    now = timezone.now()
    asked = language_of(request.GET.get("taal") or language_of_page().code).code
    page = _pages.get((slug, asked), lambda: _made(slug, asked, now), now=now)
    return render(request, "activities/house_detail.html", page)


def _made(slug: str, asked: str, now) -> Piece[dict]:
    """All that the page of a House says, without its visitor: true until one of its hours, moments or rows changes."""
    today = timezone.localdate(now)
    house = get_object_or_404(houses_on(today), slug=slug)
    url = absolute(reverse("house_detail", args=[house.slug]))
    places, week, offer = places_of(house, now), week_of(house, now, today), offer_of(house, now)
    context = {
        "house": house,
        "reading": read(house, HouseTranslation.FIELDS, house.translations.all(), asked=asked),
        "people": [{**person, "role": _role(person)} for person in house.people],
        "places": places,
        "week": week,
        "offer": offer,
        "partners": _partners(house, today),
        "question": house.question or QUESTION,
        "talks": [{**talk, "held_on": date.fromisoformat(talk["held_on"])} for talk in house.shown_talks],
        "url": url,
        "share_to": mail_to_share(house.name, url),
        "follow_url": _follow_address(house),
        "report_url": f"{reverse('report_create')}?huis={house.slug}",
        "is_old": freshness(house.checked_on, house, today=today) != Freshness.FRESH,
        "qr": qr_svg(url),
        "today": today,
        "now": now,
    }
    page = {
        "house": house,
        "url": url,
        "report_url": context["report_url"],
        "facts": linked_data(of_house(house, places, url=url)),
        "page": render_to_string("activities/house_page.html", context),
    }
    activities = {activity.pk for _, rows in offer for activity in rows}
    return Piece.of(
        page,
        since=now,
        until=_until(places, week, now),
        tables=ON_MANY_PAGES,
        rows={Session: activities} | {model: {house.pk} for model in OF_ONE_HOUSE},
    )


def _until(places: list[Location], week: list[tuple], now) -> datetime:
    """When a place opens or closes, a moment ends, or the day is over."""
    hours = [place.opening.changes_at for place in places if place.opening.changes_at]
    ends = [session.ends_at for _, sessions in week for session in sessions]
    return min(moment for moment in (*hours, *ends, midnight_after(now)) if moment > now)


def _follow_address(house: House) -> str:
    """The agenda under the name by which a phone knows that it must keep following it."""
    address = absolute(reverse("house_calendar", args=[house.slug]))
    return f"webcal://{address.partition('://')[2]}"


def houses_on(today):
    """Houses with the names of their working area, and the people whose names they show."""
    areas = WorkingArea.objects.on(today).filter(house=OuterRef("pk")).order_by("municipality__name")
    people = Membership.objects.current().filter(house=OuterRef("pk"), is_public=True, role__in=ROLE_WORDS)
    person = JSONObject(name="user__name", function="function", role="role")
    return House.objects.published().annotate(
        shown_ideas=shown_ideas(),
        shown_talks=shown_talks(),
        areas=ArraySubquery(areas.values("municipality__name")),
        people=ArraySubquery(people.order_by("role", "user__name").values(found=person)),
    )


def _role(person: dict) -> str:
    words = ROLE_WORDS[person["role"]]
    return gettext(words)


def places_of(house: House, now) -> list[Location]:
    """The places of a House, each with `opening` (now or next), `hours` (a line a rule) and `other_days` (what differs soon)."""
    today = timezone.localdate(now)
    soon = today + AHEAD
    places, off = places_in_use(house.pk), days_off(now)
    for place in places:
        place.opening = opening_now(place, now=now, days_off=off)
        place.hours = [
            rule_in_words(rule)
            for rule in sorted(place.opening_hours.all(), key=lambda rule: (rule.weekday, rule.opens_at))
        ]
        place.other_days = [
            exception_in_words(row)
            for row in place.opening_exceptions.all()
            if row.since <= soon and row.until >= today
        ]
    return places


def week_of(house: House, now, today) -> list[tuple]:
    """The coming seven days, each with its moments; a day without any is left out."""
    rows = Session.objects.filter(activity__in=Activity.objects.published(), activity__house=house)
    rows = rows.upcoming(now=now).filter(starts_at__lt=between("week", now=now)[1])
    rows = rows.select_related("activity__location", "location")
    days = defaultdict(list)
    for session in rows.order_by("starts_at", "pk"):
        days[max(timezone.localdate(session.starts_at), today)].append(session)
    return sorted(days.items())


def offer_of(house: House, now) -> list[tuple]:
    """What a House offers under each door, in people's words."""
    found = defaultdict(list)
    for activity in Activity.objects.published().filter(house=house).order_by("title", "pk"):
        found[activity.element].append(activity)
    return [(element, found[element]) for element in Element if found[element]]


def _partners(house: House, today) -> list[tuple]:
    """The partners by what they help with; who says nothing about that comes last."""
    rows = Partnership.objects.on(today).filter(house=house).select_related("organisation")
    found = defaultdict(list)
    for partnership in rows.order_by("organisation__name"):
        for domain in partnership.organisation.life_domains or [""]:
            found[domain].append(partnership.organisation)
    return [
        (label, found[code])
        for code, label in [*LifeDomain.choices, ("", _("Andere partners"))]
        if found[code]
    ]
