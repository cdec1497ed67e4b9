"""A parent keeps something on her phone, signs in later, takes it along, and has everything erased."""

import re
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from activities.actions.contact import Contact
from activities.actions.registration import ChildFacts, register
from activities.models import Registration, SavedActivity
from huizen.models import User
from tests.browser.conftest import mail_at
from tests.factories import UserFactory

pytestmark = pytest.mark.browser
PARENT = "ouder@voorbeeld.example"
#: On a card; what comes after the first word is for who hears the page.
STAR = re.compile(r"Bewaar\s*: Babymassage")


@pytest.fixture
def parent(baldemore):
    user = UserFactory(email=PARENT, name="")
    EmailAddress.objects.create(user=user, email=PARENT, verified=True, primary=True)
    register(
        session_id=baldemore.session.pk,
        contact=Contact("Alice", PARENT),
        children=[ChildFacts("Emma", timezone.localdate().replace(day=1, year=2025))],
        form_key=uuid.uuid4(),
        now=timezone.now(),
    )
    return user


def test_from_a_star_on_a_phone_to_an_account_and_out_of_it(page, letterbox, baldemore, parent):
    star_without_an_account(page)
    the_list_of_this_phone(page)
    sign_in(page)
    take_along(page)
    assert [row.activity for row in SavedActivity.objects.filter(family__user=parent)] == [baldemore.activity]
    star_of_the_account(page)
    assert not SavedActivity.objects.exists()
    erase_everything(page)
    assert not User.objects.filter(pk=parent.pk).exists()
    assert Registration.objects.get().email == ""


def star_without_an_account(page):
    page.goto("/activiteiten/babymassage-mol/")
    star = page.get_by_role("button", name="Bewaar")
    assert star.get_attribute("aria-pressed") == "false"
    star.click()
    assert star.get_attribute("aria-pressed") == "true"
    page.goto("/activiteiten/")
    star = page.get_by_role("button", name=STAR)
    assert star.get_attribute("aria-pressed") == "true"
    star.click()
    star.focus()
    page.keyboard.press("Enter")
    assert star.get_attribute("aria-pressed") == "true"
    assert page.context.cookies() == []


def the_list_of_this_phone(page):
    page.goto("/bewaard/")
    page.wait_for_url("**/bewaard/?a=babymassage-mol")
    assert page.get_by_role("link", name="Babymassage").count() == 1


def sign_in(page):
    page.goto("/aanmelden/")
    page.get_by_label("E-mailadres").fill(PARENT)
    page.get_by_role("button", name="Mail me een code").click()
    asked = page.url
    mail_at(page, "code", to=PARENT)
    code = re.search(r"(\S+) is je code", page.locator("main").inner_text())[1]
    page.goto(asked)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Meld me aan").click()
    page.wait_for_url("**/mijn/")


def take_along(page):
    page.locator("[data-take-over]").wait_for()
    assert "1 bewaarde activiteit" in page.locator("[data-take-over]").inner_text()
    page.get_by_role("button", name="Zet in mijn account").click()
    page.wait_for_url("**/mijn/?overgenomen=1#bewaard")
    assert "We bewaarden 1 activiteit in je account." in page.locator(".messages").inner_text()
    page.wait_for_function("document.querySelector('[data-take-over]').hidden")
    assert page.evaluate("localStorage.getItem('bewaard')") == "[]"
    assert page.get_by_role("button", name=re.compile(r"Haal weg\s*: Babymassage")).is_visible()


def star_of_the_account(page):
    """On a card, with a script; the form on the page of the offer is proved without."""
    page.goto("/activiteiten/")
    star = page.get_by_role("button", name=STAR)
    star.wait_for()
    assert star.get_attribute("aria-pressed") == "true"
    with page.expect_response("**/bewaard/wissel/"):
        star.click()
    page.wait_for_function("document.querySelector('[data-save]').getAttribute('aria-pressed') === 'false'")


def erase_everything(page):
    page.goto("/mijn/")
    page.get_by_role("link", name="Wat weten we van jou?").click()
    assert "Emma" in page.locator("main").inner_text()
    page.get_by_role("link", name="Wis mijn account").click()
    page.get_by_label("Meld ons ook af").check()
    page.get_by_role("button", name="Wis mijn account").click()
    assert "Je account is gewist." in page.locator(".messages").inner_text()
