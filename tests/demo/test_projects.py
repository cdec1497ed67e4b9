"""The invented programme of the demo: a report in each state, and not one figure at a real project."""

import pytest
from django.utils import timezone

from projects.meetings import actions_of
from projects.models import (
    Amendment,
    AmendmentDecision,
    BudgetLine,
    Consent,
    Evidence,
    Figure,
    Indicator,
    Instalment,
    Mainstreaming,
    Milestone,
    PracticeExample,
    ProgressReport,
    Project,
    ReportState,
    ResultStatement,
    ReviewComment,
    Risk,
    Story,
)
from projects.theory import theory_of
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_there_is_a_report_in_each_state():
    assert set(ProgressReport.objects.values_list("state", flat=True)) == set(ReportState.values)
    assert ProgressReport.objects.filter(state="submitted", versions_made=2).count() == 1
    released = Instalment.objects.exclude(released_at=None)
    assert released.filter(project__status=Project.Status.RUNNING).count() == 1


def test_the_portal_counted_what_the_accepted_report_says():
    running = Project.objects.filter(status=Project.Status.RUNNING)
    figures = Figure.objects.filter(
        indicator__source="families", indicator__result__objective__project__in=running
    )
    assert [figure.value > 0 for figure in figures] == [True]


def test_real_projects_have_no_invented_figures_and_the_invented_ones_say_so():
    invented = Project.objects.filter(call__programme__slug="voorbeeld")
    assert {project.name.partition(":")[0] for project in invented} == {"Voorbeeld"}
    real = Project.objects.exclude(call__programme__slug="voorbeeld")
    assert real.count() == 24
    for rows in (
        Indicator.objects.filter(result__objective__project__in=real),
        ProgressReport.objects.filter(project__in=real),
        BudgetLine.objects.filter(project__in=real),
        ResultStatement.objects.filter(objective__project__in=real),
        Milestone.objects.filter(project__in=real),
        Risk.objects.filter(project__in=real),
        Amendment.objects.filter(project__in=real),
        real.exclude(impact="", ends_on=None),
    ):
        assert not rows.exists()


def test_the_agency_and_a_project_talk_about_a_report_and_the_agency_among_itself():
    said = ReviewComment.objects.filter(parent=None)
    assert sorted(said.values_list("visibility", flat=True)) == ["agency", "shared", "shared"]
    assert not ReviewComment.objects.exclude(report__project__call__programme__slug="voorbeeld").exists()


def test_the_invented_projects_have_a_plan_with_something_of_everything():
    invented = Project.objects.filter(call__programme__slug="voorbeeld", status=Project.Status.RUNNING)
    assert all(theory_of(project).children for project in invented)
    assert Milestone.objects.late(timezone.localdate(NOW)).count() == 3
    assert (Risk.objects.open().count(), Risk.objects.count()) == (6, 9)
    assert set(AmendmentDecision.objects.values_list("kind", flat=True)) == {"accepted", "refused"}
    assert Amendment.objects.waiting().count() == 1
    assert all(actions_of(project).exists() for project in invented)


def test_real_projects_tell_nothing_invented_and_an_invented_one_tells_all():
    real = Project.objects.exclude(call__programme__slug="voorbeeld")
    for model in (Story, Mainstreaming, Consent, PracticeExample):
        assert not model.objects.filter(project__in=real).exists()
    assert not Evidence.objects.filter(report__project__in=real).exists()
    told = Story.objects.public(timezone.localdate(NOW)).get()
    assert "verzonnen" in told.body
    assert told.image
    assert told.film_url.startswith("https://film.voorbeeld.example/")
    assert Mainstreaming.objects.filter(confirmed_at=None).count() == 1
