"""A mother on a bus: from her postcode to a place for her children, and back."""

import uuid

import pytest
from django.utils import timezone

from activities.actions.contact import Contact
from activities.actions.party import ChildFacts
from activities.actions.registration import register
from activities.models import Registration
from tests.browser.conftest import link_in, mail_at

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(request, browser, live_portal):
    context = browser.new_context(
        base_url=live_portal.url,
        viewport={"width": 360, "height": 740},
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        java_script_enabled=request.param,
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_from_a_postcode_to_a_place_and_back(phone, letterbox, baldemore):
    find_the_activity(phone)
    sign_up_two_children(phone)
    waiting = somebody_waits_for(baldemore.session)
    mail_at(phone, "Babymassage", to="ouder@voorbeeld.example")
    phone.goto(link_in(phone, "/inschrijving/"))
    cancel(phone)
    waiting.refresh_from_db()
    assert waiting.state == Registration.State.CONFIRMED
    mail_at(phone, "plaats", to="wachter@voorbeeld.example")


def find_the_activity(page):
    page.goto("/")
    page.get_by_label("Waar woon je?").fill("2400")
    page.locator("form[data-place-follow]").get_by_role("button").click()
    page.get_by_role("link", name="Huis van het Kind Baldemore").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Huis van het Kind Baldemore"
    assert "Morgen" in page.locator("main").inner_text()
    page.get_by_role("link", name="Babymassage").first.click()
    page.locator("main .button", has_text="Schrijf je in").first.click()


def sign_up_two_children(page):
    page.get_by_label("Jouw naam").fill("Demo Ouder")
    page.get_by_label("E-mailadres").fill("ouder@voorbeeld.example")
    page.get_by_label("Voornaam").first.fill("Emma")
    page.get_by_label("maand").first.fill("2025-06")
    page.get_by_role("button", name="Nog een kind").click()
    assert page.get_by_label("Voornaam").first.input_value() == "Emma"
    page.get_by_label("Voornaam").nth(1).fill("Noor")
    page.get_by_label("maand").nth(1).fill("2024-01")
    page.get_by_role("button", name="Schrijf ons in").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Je bent ingeschreven"
    assert "Emma, Noor" in page.locator("main").inner_text()


def somebody_waits_for(session) -> Registration:
    registration = register(
        session_id=session.pk,
        contact=Contact(name="Demo Wachter", email="wachter@voorbeeld.example", phone=""),
        children=[ChildFacts("Lou", timezone.localdate().replace(day=1, year=2025))],
        places=1,
        form_key=uuid.uuid4(),
        now=timezone.now(),
    )
    assert registration.state == Registration.State.WAITING
    return registration


def cancel(page):
    page.locator("summary", has_text="Ik kan niet komen").click()
    page.get_by_role("button", name="Ja, meld me af").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Je bent niet meer ingeschreven"
