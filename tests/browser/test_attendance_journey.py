"""A coordinator on a phone, who sees the pages for the first time: every tap and every field that she fills in counts."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Attendance, Headcount, Participant, Session
from huizen.models import Message
from tests.activities.sign_ups import sign_up
from tests.browser.test_every_page import SIDEWAYS
from tests.factories import SessionFactory

pytestmark = pytest.mark.browser


class Hand:
    """Taps and types on a page, and counts it."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def tap(self, thing):
        self.actions += 1
        thing.click()

    def fill(self, thing, text):
        self.actions += 1
        thing.fill(text)

    def sees(self, text):
        """Wait until the count at the top says so: what was tapped is kept by then."""
        expect(self.page.locator("#telling")).to_contain_text(text)


@pytest.fixture
def twelve(baldemore):
    """A moment that just began, with twelve families of one child."""
    now = timezone.now()
    session = SessionFactory(activity=baldemore.activity, original_start=now + dt.timedelta(hours=3))
    for number in range(12):
        sign_up(session, f"Ouder {number:02}".replace(" ", ""), now=now)
    Session.objects.filter(pk=session.pk).update(starts_at=now - dt.timedelta(minutes=10))
    return session


@pytest.fixture
def two_families(baldemore):
    """Tomorrow, for Babymassage."""
    for who in ("Alice", "Bob"):
        sign_up(baldemore.session, who, now=timezone.now())


@pytest.fixture
def hand(page, cookies, baldemore):
    """At the desk, signed in."""
    page.context.add_cookies(cookies(baldemore.coordinator))
    page.goto("/beheer/")
    return Hand(page)


def row(page, number):
    return page.locator(".tap", has_text=f"Ouder{number:02}")


def states() -> list[str]:
    return list(Participant.objects.order_by("registration__name").values_list("came", flat=True))


def test_attendance_of_twelve_takes_five_actions(twelve, hand, page):
    hand.tap(page.get_by_role("link", name="Noteer"))
    for number in (2, 7):
        hand.tap(row(page, number).get_by_label("Niet"))
    hand.tap(row(page, 9).get_by_label("Zei af"))
    hand.sees("0 van 12 er, 3 niet, nog 9")
    hand.tap(page.get_by_role("button", name="De anderen waren er"))
    hand.sees("9 van 12 er, 3 niet")
    expected = ["present"] * 12
    expected[2] = expected[7] = "absent"
    expected[9] = "excused"
    assert (states(), hand.actions) == (expected, 5)


def test_one_by_one_takes_thirteen(twelve, hand, page):
    hand.tap(page.get_by_role("link", name="Noteer"))
    for number in range(12):
        # As fast as a thumb goes: nothing waits for the answer.
        hand.tap(row(page, number).get_by_label("Er", exact=True))
    hand.sees("12 van 12 er")
    assert (set(states()), Attendance.objects.count(), hand.actions) == ({"present"}, 12, 13)


def test_undo_walk_ins_and_first_time(twelve, hand, page):
    page.goto(f"/beheer/momenten/{twelve.pk}/aanwezig/")
    hand.tap(row(page, 3).get_by_label("Er", exact=True))
    hand.tap(page.locator(".tap-new"))
    expect(page.locator("input[name^=was-nieuw]")).to_have_count(1)
    assert Attendance.objects.get().is_new
    hand.tap(page.get_by_text("Wie niet ingeschreven was: tel ze"))
    more = page.get_by_role("button", name="1 meer: kinderen")
    for _ in range(4):
        hand.tap(more)
    hand.sees("+ 4 zonder inschrijving")
    hand.tap(page.get_by_role("button", name="1 minder: kinderen"))
    hand.sees("+ 3 zonder inschrijving")
    assert (Headcount.objects.get().children, page.locator("#tel-children").input_value()) == (3, "3")
    hand.tap(page.get_by_role("button", name="Maak ongedaan"))
    hand.sees("0 van 12 er")
    assert set(states()) == {""}


def test_it_fits_a_narrow_phone_and_every_tap_is_a_finger_wide(twelve, hand, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/beheer/momenten/{twelve.pk}/aanwezig/")
    assert page.evaluate(SIDEWAYS) == 0
    for choice in page.locator(".tap-choice").all()[:6]:
        box = choice.bounding_box()
        assert (box["width"] >= 44, box["height"] >= 44) == (True, True)


def test_without_a_script_the_same_form_keeps_all(browser, live_portal, cookies, baldemore, twelve):
    context = browser.new_context(base_url=live_portal.url, java_script_enabled=False)
    context.add_cookies(cookies(baldemore.coordinator))
    page = context.new_page()
    page.goto(f"/beheer/momenten/{twelve.pk}/aanwezig/")
    row(page, 1).get_by_label("Er", exact=True).click()
    row(page, 2).get_by_label("Niet").click()
    page.get_by_role("button", name="Bewaar").click()
    assert states()[:4] == ["", "present", "absent", ""]
    context.close()


def test_calling_off_a_date_and_telling_everyone_takes_four_actions(two_families, hand, page):
    hand.tap(page.get_by_role("link", name="Naar de momenten"))
    hand.tap(page.get_by_role("link", name="Gelast af Babymassage"))
    hand.fill(page.get_by_label("Waarom?"), "De begeleider is ziek.")
    hand.tap(page.get_by_role("button", name="Gelast het moment af"))
    assert "Dit moment gaat niet door" in page.locator("main").inner_text()
    assert Message.objects.filter(template="session_cancelled").count() == 2
    assert hand.actions == 4
