"""What leaves the printer: a few sheets, with the address of the page and without the menu."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from activities.views.leaflet import MOST_MOMENTS
from huizen.links import sign
from huizen.models import OpeningHours
from tests.factories import ActivityFactory, IdeaFactory, LocationFactory, RegistrationFactory, SessionFactory

pytestmark = pytest.mark.browser
#: How many sheets of A4 each page may take.
SHEETS = {
    "/huizen/baldemore/folder/": 1,
    "/huizen/baldemore/week/": 1,
    "/huizen/baldemore/": 3,
    "/huizen/baldemore/meedenken/": 1,
    "/activiteiten/babymassage-mol/": 2,
    "/inschrijving/{registration}/": 2,
    "/momenten/{session}/inschrijven/": 1,
    "/melden/": 1,
    "/hulp/": 2,
    "/privacy/": 3,
    "/offline/": 1,
}


@pytest.fixture
def full_house(baldemore):
    """A House with a busy week, all the hours it can have, and ideas."""
    house = baldemore.house
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    for number in range(4):
        place = LocationFactory(
            house=house, name=f"Speelplek aan het park {number}", street="Voorbeeldstraat 1", town="Mol"
        )
        for weekday in range(5):
            OpeningHours.objects.create(
                location=place, weekday=weekday, opens_at=dt.time(9), closes_at=dt.time(12)
            )
    for number in range(MOST_MOMENTS + 2):
        activity = ActivityFactory(
            house=house,
            location=place,
            title=f"Nederlands oefenen met je kind erbij {number}",
            element=["support", "encounter", "activities"][number % 3],
        )
        SessionFactory(activity=activity, original_start=start + dt.timedelta(days=1 + number % 6))
    IdeaFactory(house=house, state="shown", answer="We kochten een rek.")
    registration = RegistrationFactory(session=baldemore.session)
    return {"session": baldemore.session.pk, "registration": sign("registration", registration.pk)}


def test_pages_leave_the_printer_on_one_or_two_sheets(page, full_house):
    too_long = []
    for path, most in SHEETS.items():
        page.goto(path.format(**full_house))
        sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
        if sheets > most:
            too_long.append((path, sheets))
    assert too_long == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/huizen/baldemore/week/", "/huizen/baldemore/"),
        ("/activiteiten/babymassage-mol/", "/activiteiten/babymassage-mol/"),
        ("/hulp/", "/hulp/"),
    ],
)
def test_paper_tells_where_it_comes_from_and_shows_no_menu(page, full_house, path, told):
    page.goto(path)
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert not page.locator(".site-footer").is_visible()
    assert page.locator(".print-only, .leaflet > footer").filter(has_text=told).first.is_visible()


@pytest.mark.parametrize("path", ["/huizen/baldemore/", "/activiteiten/babymassage-mol/"])
def test_facts_for_machines_break_no_rule_of_the_strict_policy(page, full_house, path):
    wrong = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(path)
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert wrong == []
