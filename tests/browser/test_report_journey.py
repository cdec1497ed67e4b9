"""A report whose figures fill themselves: what is left for a coordinator is to say how it went."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from projects.models import ReportVersion
from tests.attendance_factories import HeadcountFactory
from tests.browser.hands import Hands
from tests.factories import ActivityFactory, SessionFactory
from tests.projects.builders import make_objective
from tests.projects.report_builders import make_indicator, make_question, make_reporting_project, report_of

pytestmark = pytest.mark.browser
#: What a coordinator may have to do for a whole year of work that is in the portal.
MOST = 15
MEETING, TALKING = "1. Meer gezinnen", "2. Babbelen in de wijk"


@pytest.fixture
def project(baldemore):
    """A project of two objectives and four indicators, of which the portal counts all."""
    project = make_reporting_project(house=baldemore.house)
    make_objective(project, 2, title="Babbelen in de wijk")
    project.activities.set([counted(project, f"Speelpunt {number}") for number in range(3)])
    for name, target in {"families": "35", "children": "60", "moments": "3", "referrals": "10"}.items():
        make_indicator(project, source=name, name=f"Geteld: {name}", baseline="0", target=target)
    for number, text in enumerate(("Wat leerde je?", "Wie werkte mee?"), start=1):
        make_question(project.call, text=text, number=number)
    return project


def counted(project, title: str):
    """An activity with one moment in the first working year, at which ten families came."""
    activity = ActivityFactory(house=project.house, title=title)
    start = timezone.make_aware(dt.datetime(2025, 5, 6, 10))
    session = SessionFactory(activity=activity, original_start=start)
    HeadcountFactory(session=session, families=10, children=20, referrals=1)
    return activity


@pytest.fixture
def hands(page, cookies, baldemore, project):
    """A coordinator who just signed in."""
    page.context.add_cookies(cookies(baldemore.coordinator))
    page.goto("/beheer/")
    return Hands(page)


def test_a_report_of_what_is_in_the_portal_is_handed_in_within_fifteen_actions(hands, project):
    hands.actions += 1
    hands.page.locator(".todo-line", has_text="Verslag van een project").get_by_role("link").click()
    hands.fill("Wat veranderde er dit jaar voor gezinnen?", "Gezinnen vinden elkaar in de wijk.")
    hands.pick(MEETING, "Hoe staat dit doel ervoor?", "op schema")
    hands.pick(TALKING, "Hoe staat dit doel ervoor?", "vraagt aandacht")
    hands.fill("Wat leerde je?", "Een vast uur werkt.")
    hands.fill("Wie werkte mee?", "De school en de bibliotheek.")
    hands.press("Dien in", role="button")
    # Three referrals instead of ten: the page asks why, at that figure alone.
    asked = hands.page.get_by_label("Wat verklaart het verschil met het streefcijfer?")
    wrong = hands.page.locator("textarea[aria-invalid=true]")
    expect(wrong).to_have_count(1)
    assert asked.count() == 4
    hands.actions += 1
    wrong.fill("De doorverwijzer was een half jaar ziek.")
    hands.press("Dien in", role="button")
    expect(hands.page.get_by_text("Het verslag is ingediend.")).to_be_visible()
    version = ReportVersion.objects.get(report=report_of(project))
    figures = [part["figure"]["value"] for part in version.content["parts"] if "figure" in part]
    assert figures == ["30", "60", "3", "3"]
    assert hands.actions <= MOST
