"""Results that lead to one another, and objectives with their policy goals and partners."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from huizen.models import Event
from huizen.vocabulary import PolicyGoal
from projects.actions.objective_ties import tie_objective
from projects.actions.project import ObjectiveError, edit_project
from projects.actions.result import ResultError, add_result, edit_result, remove_result
from projects.actions.review import accept
from projects.models import Indicator, ObjectivePartner, ResultStatement
from tests.factories import OrganisationFactory, PartnershipFactory
from tests.projects.builders import make_coordinator, make_objective
from tests.projects.plan_builders import make_result
from tests.projects.report_builders import NOW, hand_in, make_indicator, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def objective(project):
    return project.objectives.get()


def edit(result, project, **facts) -> ResultStatement:
    now = {name: getattr(result, name) for name in ("level", "text", "assumption", "contributes_to")}
    return edit_result(result=result, **now | facts, by=project.coordinator, now=NOW)


def test_a_result_says_what_it_leads_to_and_what_has_to_be_true(project, objective):
    outcome = make_result(objective, "Gezinnen kennen elkaar", "outcome")
    made = add_result(
        objective=objective,
        level="output",
        text="We koken samen",
        assumption="de keuken blijft open",
        contributes_to=outcome,
        by=project.coordinator,
        now=NOW,
    )
    assert (made.contributes_to, made.assumption) == (outcome, "de keuken blijft open")


def test_a_result_never_leads_to_itself_however_long_the_way(project, objective):
    first, second, third = (make_result(objective, f"Stap {number}") for number in (1, 2, 3))
    edit(first, project, contributes_to=second)
    edit(second, project, contributes_to=third)
    with pytest.raises(ResultError, match=r"^Zo draait het in een kring"):
        edit(third, project, contributes_to=first)
    with pytest.raises(ResultError, match=r"^Zo draait het in een kring"):
        edit(third, project, contributes_to=third)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResultStatement.objects.filter(pk=third.pk).update(contributes_to=third)
    third.refresh_from_db()
    assert third.contributes_to is None


def test_what_changes_does_not_contribute_to_what_is_done(project, objective):
    outcome, output = make_result(objective, "Anders", "outcome"), make_result(objective, "We doen")
    with pytest.raises(ResultError, match=r"^Wat er verandert, kan niet bijdragen"):
        edit(outcome, project, contributes_to=output)
    step = make_result(objective, "Later", "outcome")
    edit(outcome, project, contributes_to=step)
    with pytest.raises(ResultError, match=r"^Wat er verandert, kan niet bijdragen"):
        edit(step, project, level="output")


def test_a_result_leads_only_to_one_of_its_own_objective(project, objective):
    other = make_result(make_objective(project, 2), "Ergens anders", "outcome")
    with pytest.raises(ResultError, match=r"^Kies een resultaat van hetzelfde doel"):
        edit(make_result(objective), project, contributes_to=other)


def test_taken_away_what_led_to_it_leads_to_the_objective(project, objective):
    outcome = make_result(objective, "Anders", "outcome")
    output = make_result(objective, contributes_to=outcome)
    remove_result(result=outcome, by=project.coordinator, now=NOW)
    output.refresh_from_db()
    assert output.contributes_to is None
    with pytest.raises(ResultError, match=r"^Iemand haalde dit resultaat intussen weg"):
        remove_result(result=outcome, by=project.coordinator, now=NOW)


def test_a_result_with_accepted_figures_stays(project):
    result, report = make_indicator(project).result, report_of(project)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    with pytest.raises(ResultError, match="aanvaarde cijfers"):
        remove_result(result=result, by=project.coordinator, now=NOW)


def test_results_are_linked_changed_and_taken_away_on_their_pages(client, project, objective):
    client.force_login(project.coordinator)
    outcome = make_result(objective, "Gezinnen kennen elkaar", "outcome")
    create = reverse("result_create", args=[project.slug, objective.pk])
    typed = {
        "level": "output",
        "text": "We koken",
        "contributes_to": outcome.pk,
        "assumption": "er is een keuken",
    }
    client.post(create, typed)
    made = ResultStatement.objects.get(text="We koken")
    assert made.contributes_to == outcome
    page = reverse("result_edit", args=[project.slug, outcome.pk])
    answer = client.post(
        page, {"level": "outcome", "text": "Gezinnen kennen elkaar", "contributes_to": made.pk}
    )
    assert answer.status_code == 422
    assert "kan niet bijdragen" in answer.content.decode()
    client.post(page, {"level": "outcome", "text": "Buren kennen elkaar"})
    text = client.get(reverse("result_list", args=[project.slug])).content.decode()
    assert "Draagt bij aan: Buren kennen elkaar" in text
    assert "er is een keuken" in text
    remove = reverse("result_remove", args=[project.slug, outcome.pk])
    assert "Dit resultaat weghalen?" in client.get(remove).content.decode()
    client.post(remove)
    assert not ResultStatement.objects.filter(pk=outcome.pk).exists()
    assert list(
        Event.objects.filter(verb__startswith="result").values_list("verb", flat=True).order_by("pk")
    ) == ["result_added", "result_edited", "result_removed"]


def tie(objective, project, goals=(), leads=(), helps=()):
    return tie_objective(
        objective=objective, policy_goals=goals, leads=leads, helps=helps, by=project.coordinator, now=NOW
    )


def test_an_objective_works_only_on_goals_of_its_project(project, objective):
    tied = tie(objective, project, [PolicyGoal.INTEGRATION])
    assert tied.goal_labels == [PolicyGoal.INTEGRATION.label]
    with pytest.raises(ObjectiveError, match=r"^Een doel werkt alleen aan"):
        tie(objective, project, [PolicyGoal.POVERTY])


def test_a_goal_that_an_objective_works_on_stays_a_goal_of_the_project(project, objective):
    tie(objective, project, [PolicyGoal.INTEGRATION])
    others = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]
    change = {"project": project, "facts": {"policy_goals": others}, "by": project.coordinator, "now": NOW}
    with pytest.raises(ObjectiveError, match=r"^Doel 1 werkt aan een doelstelling die je weghaalt"):
        edit_project(**change)
    tie(objective, project)
    assert edit_project(**change).policy_goals == others


def test_who_leads_an_objective_is_not_told_twice(project, objective):
    school = OrganisationFactory(name="De school")
    tie(objective, project, leads=[school], helps=[school])
    assert [str(partner) for partner in objective.partners.all()] == ["De school trekt het"]


def test_partners_of_the_house_are_chosen_on_a_page(client, project, objective):
    school = PartnershipFactory(house=project.house, organisation__name="De school").organisation
    elsewhere = PartnershipFactory().organisation
    client.force_login(project.coordinator)
    page = reverse("objective_ties", args=[project.slug, objective.pk])
    assert client.post(page, {"leads": [elsewhere.pk]}).status_code == 422
    assert client.post(page, {"policy_goals": ["poverty"]}).status_code == 422
    assert not ObjectivePartner.objects.exists()
    client.post(page, {"policy_goals": ["integration"], "leads": [school.pk]})
    text = client.get(reverse("result_list", args=[project.slug])).content.decode()
    assert "De school trekt het" in text
    # Who is no partner of the House any more stays until somebody takes it away.
    project.house.partnerships.update(until=NOW.date())
    assert "De school" in client.get(page).content.decode()


def test_an_objective_without_anything_to_choose_says_so(client, project, objective):
    project.policy_goals = []
    project.save()
    client.force_login(project.coordinator)
    page = reverse("objective_ties", args=[project.slug, objective.pk])
    assert "Nog niets om te kiezen" in client.get(page).content.decode()


def test_another_house_changes_nothing(client, project, objective):
    client.force_login(make_coordinator(PartnershipFactory().house))
    result = make_indicator(project).result
    for name, row in (("objective_ties", objective), ("result_edit", result), ("result_remove", result)):
        assert client.post(reverse(name, args=[project.slug, row.pk])).status_code == 404
    assert Indicator.objects.count() == 1
