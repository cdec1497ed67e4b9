"""A form from another site is refused; a visitor without a session needs no cookie for ours."""

import pytest
from django.test import Client

from huizen.forgery import ForgeryMiddleware, from_our_own_page
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://elders.example"}, False),
        ({"Origin": "null"}, False),
        ({}, True),
    ],
)
def test_the_browser_says_where_a_form_stood(rf, headers, ours):
    assert from_our_own_page(rf.post("/", headers=headers)) is ours


def open_view(request):
    return None


open_view.access = "public"


def closed_view(request):
    return None


closed_view.access = "members"


def judged(rf, view, **headers):
    """None where the form may come through, else the refusal."""
    request = rf.post("/", headers=headers)
    return ForgeryMiddleware(lambda request: None).process_view(request, view, (), {})


def test_a_public_form_comes_through_without_a_token(rf):
    assert judged(rf, open_view) is None


def test_a_public_form_from_another_site_is_refused(rf):
    assert judged(rf, open_view, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_form_for_members_needs_the_token(rf):
    assert judged(rf, closed_view).status_code == 403


def test_who_has_a_session_needs_the_token_on_public_forms_too(rf):
    rf.cookies["sessionid"] = "iets"
    assert judged(rf, open_view).status_code == 403


def test_the_protection_is_on(settings):
    assert "huizen.forgery.ForgeryMiddleware" in settings.MIDDLEWARE


def test_signing_in_needs_the_token():
    answer = Client(enforce_csrf_checks=True).post("/aanmelden/", {"login": UserFactory().email})
    assert answer.status_code == 403
