"""The money of a project: what the call gives at most, when ABB pays, and what an accepted report releases."""

import pytest
from django.urls import reverse

from projects.actions.budget import BudgetError, add_instalment, add_line, remove_line
from projects.actions.project import ObjectiveError, edit_project
from projects.actions.review import accept
from projects.models import BudgetLine, Instalment
from tests.projects.report_builders import NOW, hand_in, report_of

pytestmark = pytest.mark.django_db


def line(project, **facts) -> BudgetLine:
    usual = {"number": 1, "what": "Loon", "source": "opgroeien", "cents": 4_000_000}
    return add_line(project=project, by=project.officer, now=NOW, **usual | facts)


def test_a_year_has_no_more_subsidy_than_the_call_gives(project):
    line(project)
    line(project, source="abb", cents=1_000_000)
    with pytest.raises(BudgetError, match=r"^De oproep geeft hoogstens 50\.000 euro subsidie per jaar\.$"):
        line(project, what="Materiaal", cents=1)
    line(project, what="Materiaal", number=2)
    line(project, what="Zaal", source="own", cents=9_000_000)


def test_abb_pays_only_with_integration(project):
    project.policy_goals = []
    project.save()
    with pytest.raises(BudgetError, match=r"^ABB betaalt alleen mee"):
        line(project, source="abb")


def test_while_abb_pays_integration_stays(project):
    line(project, source="abb")
    with pytest.raises(ObjectiveError, match=r"^ABB betaalt mee"):
        edit_project(project=project, facts={"policy_goals": []}, by=project.officer, now=NOW)


def test_a_line_stands_once_and_goes_until_something_was_spent(project):
    made = line(project, cents=100)
    with pytest.raises(BudgetError, match=r"^Deze lijn staat er al\."):
        line(project, cents=100)
    BudgetLine.objects.update(spent=50)
    with pytest.raises(BudgetError, match=r"al iets uitgegeven"):
        remove_line(line=made, by=project.officer, now=NOW)
    BudgetLine.objects.update(spent=None)
    for _ in range(2):
        remove_line(line=made, by=project.officer, now=NOW)
    assert not BudgetLine.objects.exists()


def test_accepting_releases_the_part_that_waits_for_it_and_no_other(project):
    report, later = report_of(project), report_of(project, number=2)
    for each in (report, later):
        add_instalment(report=each, cents=2_500_000, by=project.officer, now=NOW)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    released = dict(Instalment.objects.values_list("report", "released_at"))
    assert released == {report.pk: NOW, later.pk: None}
    with pytest.raises(BudgetError):
        add_instalment(report=report, cents=1, by=project.officer, now=NOW)


def test_the_agency_keeps_the_budget_and_the_project_reads_it(client, project):
    page = reverse("budget", args=[project.slug])
    add, instalment = (reverse(name, args=[project.slug]) for name in ("budget_add", "instalment_add"))
    client.force_login(project.officer)
    facts = {"number": "1", "what": "Loon", "source": "opgroeien"}
    for cents in ("0", "-5", "x", "9" * 16):
        assert "bedrag" in client.post(add, facts | {"cents": cents}).content.decode()
    assert client.post(add, facts | {"cents": "1.250,50"}).url == page
    made = BudgetLine.objects.get()
    assert made.cents == 125_050
    client.post(instalment, {"report": report_of(project).pk, "cents": "25.000"})
    assert Instalment.objects.get().cents == 2_500_000
    client.force_login(project.coordinator)
    text = client.get(page).content.decode()
    assert "1.250,50 euro" in text
    assert "Nog een lijn" not in text
    for address in (add, instalment, reverse("budget_remove", args=[made.pk])):
        assert client.post(address).status_code == 403
    client.force_login(project.officer)
    client.post(reverse("budget_remove", args=[made.pk]))
    assert not BudgetLine.objects.exists()


def test_what_the_call_refuses_stands_at_the_amount_with_what_was_typed(client, project):
    client.force_login(project.officer)
    typed = {"number": "1", "what": "Iets bijzonders", "source": "opgroeien", "cents": "50.000,01"}
    answer = client.post(reverse("budget_add", args=[project.slug]), typed)
    assert answer.status_code == 422
    assert "De oproep geeft hoogstens" in str(answer.context["line_form"].errors["cents"])
    assert "Iets bijzonders" in answer.content.decode()
    assert not BudgetLine.objects.exists()


def test_a_part_that_was_a_mistake_goes_until_it_is_released(client, project):
    client.force_login(project.officer)
    facts = {"cents": 2_500_000, "by": project.officer, "now": NOW}
    mistake = add_instalment(report=report_of(project, number=2), **facts)
    client.post(reverse("instalment_remove", args=[mistake.pk]))
    assert not Instalment.objects.exists()
    paid = add_instalment(report=report_of(project), **facts)
    hand_in(report_of(project))
    accept(report=report_of(project), version=1, by=project.officer, now=NOW)
    address = reverse("instalment_remove", args=[paid.pk])
    assert "Deze schijf is vrijgegeven." in client.post(address, follow=True).content.decode()
    client.force_login(project.coordinator)
    assert client.post(address).status_code == 403
    assert Instalment.objects.get() == paid
