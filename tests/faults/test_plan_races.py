"""A change that two officers accept, results that two people link, an indicator of a programme that is being changed.

With negative controls: without the lock it goes wrong.
"""

import threading

import pytest

from projects.actions import amendment as amendment_actions
from projects.actions import indicator as indicator_actions
from projects.actions import result as result_actions
from projects.actions.amendment import AmendmentError
from projects.actions.indicator import IndicatorError, add_indicator
from projects.actions.indicator_template import TemplateError, edit_template, remove_template
from projects.actions.result import ResultError, edit_result
from projects.models import AmendmentDecision, Indicator, IndicatorTemplate, Project, ResultStatement
from tests.at_once import at_once, then_together
from tests.projects.plan_builders import ask, decide, make_result
from tests.projects.report_builders import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]
WORKERS = 6


def unlocked(project):
    """Reads without waiting for who is writing."""
    return Project.objects.select_related("house").get(pk=project.pk)


def refused(results, error) -> int:
    return sum(isinstance(result, error) for result in results)


def test_accepting_twice_is_one_decision(project):
    amendment = ask(project, "partner")
    results = at_once([lambda: decide(amendment)] * WORKERS, threads=WORKERS)
    assert refused(results, AmendmentError) == WORKERS - 1
    assert AmendmentDecision.objects.count() == 1


def test_without_the_lock_only_the_constraint_would_stop_them(project, monkeypatch):
    """The negative control: nobody is told kindly, the database refuses a second decision."""
    amendment = ask(project, "partner")
    monkeypatch.setattr(amendment_actions, "lock", unlocked)
    waiting = then_together(amendment_actions._waiting, WORKERS)
    monkeypatch.setattr(amendment_actions, "_waiting", waiting)
    results = at_once([lambda: decide(amendment)] * WORKERS, threads=WORKERS)
    assert refused(results, AmendmentError) < WORKERS - 1


def test_an_extension_that_is_accepted_twice_makes_its_reports_once(project):
    amendment = ask(project)
    results = at_once([lambda: decide(amendment)] * WORKERS, threads=WORKERS)
    assert refused(results, AmendmentError) == WORKERS - 1
    assert project.reports.filter(period__number=4).count() == 3


def both_ways(project) -> list:
    """Two people let two results lead to each other at once."""
    one, other = (make_result(project.objectives.get(), text) for text in ("Het ene", "Het andere"))
    facts = {"level": "output", "assumption": "", "by": project.coordinator, "now": NOW}
    return at_once(
        [
            lambda pair=pair: edit_result(result=pair[0], text=pair[0].text, contributes_to=pair[1], **facts)
            for pair in ((one, other), (other, one))
        ],
        threads=2,
    )


def test_two_results_that_are_linked_both_ways_at_once_make_no_circle(project):
    assert refused(both_ways(project), ResultError) == 1
    assert ResultStatement.objects.exclude(contributes_to=None).count() == 1


def test_without_the_lock_they_would(project, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(result_actions, "lock", unlocked)
    monkeypatch.setattr(result_actions, "_check", then_together(result_actions._check, 2))
    assert refused(both_ways(project), ResultError) == 0
    assert ResultStatement.objects.exclude(contributes_to=None).count() == 2


@pytest.fixture
def template(project):
    return IndicatorTemplate.objects.create(
        programme=project.call.programme, name="Gezinnen", unit="gezinnen", source="families"
    )


def taken_over_while(act, project, template) -> tuple:
    """A project takes an indicator over while the agency does something with it."""
    result = make_result(project.objectives.get())
    facts = {"template": template, "name": "Gezinnen", "unit": "gezinnen", "source": "families"}
    take = lambda: add_indicator(result=result, facts=facts, by=project.coordinator, now=NOW)  # noqa: E731
    return at_once([take, act], threads=2)


def change(project, template):
    return lambda: edit_template(template=template, facts={"unit": "kinderen"}, by=project.officer, now=NOW)


def test_what_is_taken_over_is_what_the_programme_says(project, template):
    taken, changed = taken_over_while(change(project, template), project, template)
    template.refresh_from_db()
    assert Indicator.objects.get().unit == template.unit
    # Either the agency was first, or it heard that a project measures with it.
    assert isinstance(changed, TemplateError) == (template.unit == "gezinnen")
    assert isinstance(taken, Indicator)


def test_without_the_lock_a_project_would_measure_something_else(project, template, monkeypatch):
    """The negative control: the project read it before, and wrote it after it was changed."""

    changed = threading.Event()

    def late(row):
        changed.wait(5)
        return {"template": row, "unit": "gezinnen"}

    def act():
        change(project, template)()
        changed.set()

    monkeypatch.setattr(indicator_actions, "_taken_over", late)
    taken_over_while(act, project, template)
    template.refresh_from_db()
    assert (Indicator.objects.get().unit, template.unit) == ("gezinnen", "kinderen")


def test_an_indicator_that_is_taken_away_meanwhile_is_told_of_kindly(project, template):
    remove = lambda: remove_template(template=template, by=project.officer, now=NOW)  # noqa: E731
    taken, removed = taken_over_while(remove, project, template)
    assert isinstance(taken, IndicatorError) or isinstance(removed, TemplateError)
    assert Indicator.objects.count() == IndicatorTemplate.objects.count()
