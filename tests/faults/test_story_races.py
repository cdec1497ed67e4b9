"""A story goes on while somebody takes her consent back: it comes back too. With a negative control."""

import pytest

from projects.actions import story as story_actions
from projects.actions.consent import withdraw_consent
from projects.actions.story import StoryError, move_story
from projects.models import Consent, Story
from projects.story_flow import StoryAct
from tests.at_once import at_once, then_together
from tests.projects.report_builders import NOW, make_reporting_project
from tests.projects.story_builders import make_consent, make_story

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
TIMES = 8


@pytest.fixture
def project():
    return make_reporting_project()


def race(project, consent) -> list:
    """Drafts that hang on one consent are put to the agency while it is withdrawn."""
    stories = [make_story(project, state="draft", consent=consent) for _ in range(TIMES)]
    propose = [
        lambda story=story: move_story(story=story, act=StoryAct.PROPOSE, by=project.coordinator, now=NOW)
        for story in stories
    ]
    withdraw = lambda: withdraw_consent(consent=consent, by=project.coordinator, now=NOW)  # noqa: E731
    return at_once([*propose[:4], withdraw, *propose[4:]])


def test_what_is_put_to_the_agency_meanwhile_comes_back_too(project):
    results = race(project, make_consent(project))
    assert not [each for each in results if isinstance(each, Exception) and not isinstance(each, StoryError)]
    assert not Story.objects.filter(state="proposed").exists()
    assert Consent.objects.get().withdrawn_at == NOW


def test_without_holding_the_consent_some_would_stay(project, monkeypatch):
    """The negative control: who looked before the consent was taken back goes on after it."""
    monkeypatch.setattr(story_actions, "hold", lambda consent: None)
    monkeypatch.setattr(story_actions, "_check", then_together(story_actions._check, TIMES + 1))
    race(project, make_consent(project))
    assert Story.objects.filter(state="proposed", consent__withdrawn_at=NOW).exists()


def test_a_double_click_publishes_once(project):
    story = make_story(project, state="approved")
    publish = lambda: move_story(story=story, act=StoryAct.PUBLISH, by=project.coordinator, now=NOW)  # noqa: E731
    results = at_once([publish] * 6)
    assert sum(isinstance(each, StoryError) for each in results) == 5
