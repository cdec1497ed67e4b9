"""The same, pressed twice at once without a script: it stands there once, and the others are told so."""

from datetime import date

import pytest

from projects.actions.call import CallError, create_programme
from projects.actions.consent import ConsentError, give_consent
from projects.actions.indicator import IndicatorError, add_indicator
from projects.actions.indicator_template import TemplateError, add_template
from projects.actions.mainstreaming import MainstreamingError, tell_mainstreaming
from projects.actions.survey_question import SurveyError, add_theme
from projects.models import (
    Consent,
    Indicator,
    IndicatorTemplate,
    Mainstreaming,
    Programme,
    SurveyRound,
    SurveyTheme,
)
from tests.at_once import at_once
from tests.projects.builders import make_objective
from tests.projects.plan_builders import make_result
from tests.projects.report_builders import NOW
from tests.projects.surveys import make_round

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORKERS = 6
DAY = date(2026, 1, 1)


@pytest.fixture
def cases(project):
    by = {"by": project.officer, "now": NOW}
    result, row = make_result(make_objective(project, number=9)), make_round()
    consent = {
        "reference": "map 1",
        "given_by": "An",
        "purpose": "public",
        "given_on": DAY,
        "until": date(2030, 1, 1),
    }
    stays = {"part": "Het oudercafé", "state": "stays", "since": DAY, "sentence": "Het blijft."}
    named = {"name": "Kinderen", "unit": "kinderen"}
    programme = project.call.programme
    return {
        "consent": (Consent, ConsentError, lambda: give_consent(project=project, facts=consent, **by)),
        "stays": (
            Mainstreaming,
            MainstreamingError,
            lambda: tell_mainstreaming(row=Mainstreaming(project=project), facts=stays, **by),
        ),
        "template": (
            IndicatorTemplate,
            TemplateError,
            lambda: add_template(programme=programme, facts=named, **by),
        ),
        "indicator": (
            Indicator,
            IndicatorError,
            lambda: add_indicator(result=result, facts=dict(named), **by),
        ),
        "programme": (
            Programme,
            CallError,
            lambda: create_programme(facts={"name": "Nieuw", "slug": "nieuw"}, **by),
        ),
        "round": (SurveyRound, SurveyError, lambda: make_round(by=project.officer, name="Foto")),
        "theme": (SurveyTheme, SurveyError, lambda: add_theme(round=row, facts={"title": "Samen"}, **by)),
    }


@pytest.mark.parametrize("name", ["consent", "stays", "template", "indicator", "programme", "round", "theme"])
def test_pressed_twice_at_once_it_stands_there_once(cases, name):
    model, refusal, act = cases[name]
    before = model.objects.count()
    results = at_once([act] * WORKERS, threads=WORKERS)
    told = [each for each in results if isinstance(each, Exception)]
    assert [type(each) for each in told] == [refusal] * (WORKERS - 1)
    assert model.objects.count() == before + 1
