"""The invented programme of the demo: a report in each state, and not one figure at a real project."""

import pytest

from projects.models import BudgetLine, Figure, Indicator, Instalment, ProgressReport, Project, ReportState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_there_is_a_report_in_each_state():
    assert set(ProgressReport.objects.values_list("state", flat=True)) == set(ReportState.values)
    assert ProgressReport.objects.filter(state="submitted", versions_made=2).count() == 1
    assert Instalment.objects.exclude(released_at=None).count() == 1


def test_the_portal_counted_what_the_accepted_report_says():
    figures = Figure.objects.filter(indicator__source="families")
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
    ):
        assert not rows.exists()
