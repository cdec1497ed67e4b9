"""Filling in a project: who may, what is said at a field, and that mistakes change nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.dashboard import tiles_for
from huizen.roles import Role
from huizen.vocabulary import PolicyGoal
from projects.models import Objective, Target
from tests.factories import NOW, HouseFactory, MembershipFactory
from tests.projects.builders import (
    make_abb_reader,
    make_coordinator,
    make_objective,
    make_officer,
    make_parent,
    make_project,
)

pytestmark = pytest.mark.django_db
DESK = reverse("project_desk")
GOALS = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT.value, PolicyGoal.POVERTY.value]
NO_TARGETS = {"telbaar-TOTAL_FORMS": "0", "telbaar-INITIAL_FORMS": "0"}


@pytest.fixture
def project():
    return make_project(name="Ons project", house=HouseFactory())


@pytest.fixture
def alice(client, project):
    client.force_login(make_coordinator(project.house))
    return client


def edit(project):
    return reverse("project_edit", args=[project.slug])


def objective_address(name, objective):
    return reverse(name, args=[objective.project.slug, objective.pk])


def test_a_coordinator_finds_the_projects_of_her_house(alice, project):
    make_project(call=project.call, house=HouseFactory())
    answer = alice.get(DESK)
    assert list(answer.context["projects"]) == [project]
    assert edit(project) in answer.content.decode()


def test_a_house_without_a_project_hears_so(client):
    client.force_login(make_coordinator(HouseFactory()))
    assert "Je Huis heeft geen project" in client.get(DESK).content.decode()


def test_three_projects_cost_as_much_as_one(alice, project):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert alice.get(DESK).status_code == 200
        return len(captured)

    make_objective(project)
    one = queries()
    for _ in range(2):
        make_objective(make_project(call=project.call, house=project.house))
    # The tables of municipalities are asked once, however many projects.
    assert queries() == one


def test_the_dashboard_asks_for_what_is_missing(project):
    alice = make_coordinator(project.house)
    assert [t.title for t in tiles_for(alice, now=NOW) if t.url == edit(project)] == ["Vul je project aan"]
    for number in (1, 2):
        make_objective(project, number=number)
    assert [t.title for t in tiles_for(alice, now=NOW) if t.url == edit(project)] == ["Vul je project aan"]
    project.policy_goals, project.summary = GOALS, "Kort."
    project.save()
    assert [tile for tile in tiles_for(alice, now=NOW) if tile.url == edit(project)] == []


def test_a_coordinator_fills_in_her_project(alice, project):
    answer = alice.post(
        edit(project), {"title": "Samen", "summary": "Kort.", "policy_goals": GOALS}, follow=True
    )
    assert answer.redirect_chain == [(edit(project), 302)]
    project.refresh_from_db()
    assert (project.title, project.summary, project.policy_goals) == ("Samen", "Kort.", GOALS)


def test_an_officer_fills_in_any_project(client, project):
    client.force_login(make_officer())
    assert client.post(edit(project), {"title": "Samen"}).status_code == 302


def test_goals_that_do_not_combine_are_refused_at_the_field(alice, project):
    answer = alice.post(edit(project), {"title": "Getypt", "policy_goals": GOALS[1:]})
    assert answer.context["form"].errors == {
        "policy_goals": [
            "Een project combineert preventieve gezinsondersteuning met minstens één andere doelstelling."
        ]
    }
    assert "Getypt" in answer.content.decode()
    project.refresh_from_db()
    assert (project.title, project.policy_goals) == ("", [])


@pytest.mark.parametrize(
    "bad", [{"policy_goals": ["rijk worden"]}, {"title": "a\x00b"}, {"title": "x" * 999}]
)
def test_bad_input_changes_nothing(alice, project, bad):
    assert alice.post(edit(project), bad).status_code == 200
    project.refresh_from_db()
    assert (project.title, project.policy_goals) == ("", [])


def test_another_house_s_project_is_not_found(client, project):
    client.force_login(make_coordinator(HouseFactory()))
    objective = make_objective(project)
    for address in (
        edit(project),
        reverse("objective_create", args=[project.slug]),
        objective_address("objective_edit", objective),
        objective_address("objective_remove", objective),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert client.post(objective_address("objective_move", objective)).status_code == 404


def test_other_roles_are_refused(client, project):
    staff = MembershipFactory(house=project.house, role=Role.STAFF).user
    for user in (staff, make_abb_reader(), make_parent()):
        client.force_login(user)
        assert [client.get(address).status_code for address in (DESK, edit(project))] == [403, 403]


def test_a_new_objective_comes_with_its_targets(alice, project):
    data = {
        "title": "Ontmoeten",
        "description": "Overal.",
        "telbaar-TOTAL_FORMS": "2",
        "telbaar-INITIAL_FORMS": "0",
        "telbaar-0-amount": "4",
        "telbaar-0-what": "antennepunten",
    }
    address = reverse("objective_create", args=[project.slug])
    assert alice.get(address).status_code == 200
    assert alice.post(address, data).url == edit(project)
    assert str(project.objectives.get()) == "1. Ontmoeten"
    assert str(Target.objects.get()) == "4 antennepunten"


def target_data(target, **changes):
    row = {
        "id": target.pk,
        "objective": target.objective_id,
        "amount": target.amount,
        "what": target.what,
        **changes,
    }
    counts = {"telbaar-TOTAL_FORMS": "2", "telbaar-INITIAL_FORMS": "1"}
    return counts | {f"telbaar-0-{name}": value for name, value in row.items()}


def test_an_objective_and_its_targets_change_together(alice, project):
    objective = make_objective(project)
    target = Target.objects.create(objective=objective, amount=4, what="punten")
    data = {
        "title": "Anders",
        **target_data(target, amount=5),
        "telbaar-1-amount": "2",
        "telbaar-1-what": "Huizen",
    }
    assert alice.post(objective_address("objective_edit", objective), data).url == edit(project)
    objective.refresh_from_db()
    assert objective.title == "Anders"
    assert [str(each) for each in objective.targets.order_by("pk")] == ["5 punten", "2 Huizen"]


def test_a_target_can_be_taken_away(alice, project):
    objective = make_objective(project)
    target = Target.objects.create(objective=objective, amount=4, what="punten")
    data = {"title": "Zelfde", **target_data(target, DELETE="on")}
    alice.post(objective_address("objective_edit", objective), data)
    assert objective.targets.count() == 0


@pytest.mark.parametrize(
    "bad",
    [
        {"telbaar-0-amount": "0"},
        {"telbaar-0-amount": "9" * 40},
        {"telbaar-0-amount": "veel"},
        {"telbaar-0-what": "a\x00b"},
        {"telbaar-TOTAL_FORMS": "100000"},
        {"telbaar-TOTAL_FORMS": "x"},
        {"telbaar-1-amount": "4", "telbaar-1-what": "punten"},
        {"title": ""},
    ],
)
def test_a_bad_objective_changes_nothing(alice, project, bad):
    data = {
        "title": "Goed",
        "telbaar-TOTAL_FORMS": "2",
        "telbaar-INITIAL_FORMS": "0",
        "telbaar-0-amount": "4",
        "telbaar-0-what": "punten",
    }
    answer = alice.post(reverse("objective_create", args=[project.slug]), data | bad)
    assert answer.status_code == 200
    assert Objective.objects.count() == 0
    assert answer.context["form"].errors or not answer.context["targets"].is_valid()


def test_an_objective_goes_after_a_question(alice, project):
    objective = make_objective(project)
    address = objective_address("objective_remove", objective)
    assert "Dit doel weghalen?" in alice.get(address).content.decode()
    assert project.objectives.count() == 1
    assert alice.post(address).url == edit(project)
    assert project.objectives.count() == 0


def order(project):
    return list(project.objectives.order_by("number").values_list("title", flat=True))


def test_objectives_change_places(alice, project):
    first = make_objective(project, 1)
    make_objective(project, 2)
    address = objective_address("objective_move", first)
    alice.post(address, {"richting": "omlaag"})
    assert order(project) == ["Doel 2", "Doel 1"]
    alice.post(address, {"richting": "omhoog"})
    assert order(project) == ["Doel 1", "Doel 2"]


def test_at_the_end_it_stays_and_says_so(alice, project):
    only = make_objective(project)
    answer = alice.post(objective_address("objective_move", only), {"richting": "omhoog"}, follow=True)
    assert "Dit doel staat al aan het einde van de lijst." in answer.content.decode()


def test_looking_moves_nothing(alice, project):
    assert alice.get(objective_address("objective_move", make_objective(project))).status_code == 405


def test_an_objective_of_another_project_is_not_found(alice, project):
    other = make_objective(make_project(call=project.call))
    assert alice.get(reverse("objective_edit", args=[project.slug, other.pk])).status_code == 404
    assert alice.get(reverse("objective_edit", args=[project.slug, 10**30])).status_code == 404


def test_the_form_without_targets_is_fine(alice, project):
    data = {"title": "Zonder", **NO_TARGETS}
    assert alice.post(reverse("objective_create", args=[project.slug]), data).status_code == 302
