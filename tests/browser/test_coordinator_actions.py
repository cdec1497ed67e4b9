"""Work of a coordinator, counted as a new person does it: every press, choice and field filled in is one action."""

import datetime as dt

import pytest
from django.utils import timezone

from activities.actions.offer import change_activity
from activities.models import Activity, Session
from tests.activities.editors import partner_of
from tests.browser.hands import Hands
from tests.factories import NOW, ActivityFactory, ScheduleFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def hands(page, cookies, baldemore):
    """A coordinator who just signed in."""
    page.context.add_cookies(cookies(baldemore.coordinator))
    page.goto("/beheer/")
    return Hands(page)


def test_an_activity_from_a_template_is_online_in_twelve_actions(hands, baldemore):
    hands.menu("Activiteiten")
    hands.press("Nieuwe activiteit")
    hands.press("Spelen en ontmoeten")
    assert "Spelen en ontmoeten" in hands.page.locator("aside .offer-card").inner_text()
    hands.fill("Titel", "Spelen in de zolder")
    hands.page.locator("aside .offer-card", has_text="zolder").wait_for()
    hands.press("Bewaar", role="button")
    hands.choose("maandag")
    hands.press("Toon eerst de dagen", role="button")
    hands.press("Bewaar deze dagen", role="button")
    hands.press("Zet online", role="button")
    made = Activity.objects.get(title="Spelen in de zolder")
    assert (made.status, made.sessions.count() > 40) == ("published", True)
    assert hands.actions <= 12


def test_last_season_is_copied_in_six_actions(hands, baldemore):
    first = timezone.localdate() - dt.timedelta(days=60)
    for title in ("Zingen", "Koken", "Feest"):
        ScheduleFactory(
            activity=ActivityFactory(house=baldemore.house, title=title), kind="dates", dates=[first]
        )
    hands.menu("Activiteiten")
    hands.press("Kopieer een seizoen")
    hands.fill("Eerste dag van het nieuwe seizoen", f"{timezone.localdate() + dt.timedelta(days=30)}")
    hands.press("Toon de dagen", role="button")
    hands.page.get_by_role("button", name="ontwerpen").wait_for()
    hands.press("ontwerpen", role="button")
    hands.page.get_by_text("klaar als ontwerp").wait_for()
    assert set(Activity.objects.filter(status="draft").values_list("title", flat=True)) >= {
        "Zingen",
        "Koken",
        "Feest",
    }
    assert hands.actions <= 6


def test_a_proposal_is_approved_in_three_actions(hands, baldemore):
    partner = partner_of(baldemore.house)
    activity = ActivityFactory(house=baldemore.house, organiser=partner.organisation, title="Zingen")
    wished = Activity.objects.get(pk=activity.pk)
    wished.title = "Dansen"
    change_activity(activity=wished, seen_at=None, by=partner.user, now=NOW)
    hands.page.reload()
    hands.actions += 1
    hands.page.locator(".todo-line", has_text="Voorstellen").get_by_role("link").click()
    assert hands.page.locator("ins").inner_text() == "Dansen"
    hands.press("Keur goed", role="button")
    hands.page.get_by_text("staat online zoals voorgesteld").wait_for()
    activity.refresh_from_db()
    assert (activity.title, activity.status) == ("Dansen", "published")
    assert hands.actions <= 3


def test_the_card_stands_under_the_form_on_a_phone(hands, baldemore):
    hands.page.set_viewport_size({"width": 360, "height": 740})
    hands.page.goto(f"/beheer/activiteiten/{baldemore.activity.pk}/")
    form, card = (hands.page.locator(part).bounding_box() for part in ("#aanbod", "aside .offer-card"))
    assert card["y"] >= form["y"] + form["height"]
    assert card["x"] + card["width"] <= 360
    assert Session.objects.count() == 1
