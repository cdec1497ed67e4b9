"""A coordinator answers a survey: what she types is kept by itself, and handed in with one button."""

import re

import pytest
from playwright.sync_api import expect

from projects.models import SurveyAnswer, SurveySubmission

pytestmark = pytest.mark.browser
WORDS = "Te weinig uren."


def test_what_she_types_stays_and_is_handed_in(page, baldemore, addresses, cookies):
    answer = SurveyAnswer.objects.get(pk=addresses["survey_answer"])
    page.context.add_cookies(cookies(baldemore.coordinator))
    page.goto(f"/beheer/bevraging/{answer.pk}/")
    page.get_by_text("Lokaal bestuur", exact=True).first.click()
    expect(page.locator(".survey-kept")).to_contain_text("Bewaard")
    page.locator("textarea").first.fill(WORDS)
    page.locator("textarea").first.blur()
    expect(page.locator("[name=toen]")).to_have_value(re.compile(WORDS))
    page.reload()
    expect(page.locator("textarea").first).to_have_value(WORDS)
    page.get_by_role("button", name="Dien in").click()
    expect(page.get_by_text("Ingediend. Dank je wel!")).to_be_visible()
    facts = SurveySubmission.objects.get(answer=answer).facts
    assert list(facts.values()) == [0, WORDS]
