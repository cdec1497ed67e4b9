"""Filling in a project: words, goals, objectives in order, and what the logbook keeps."""

import pytest

from huizen.models import Event
from huizen.vocabulary import PolicyGoal
from projects.actions.project import (
    ObjectiveError,
    add_objective,
    edit_objective,
    edit_project,
    move_objective,
    remove_objective,
)
from tests.factories import NOW, HouseFactory
from tests.projects.builders import make_coordinator, make_objective, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make_project(house=HouseFactory())


@pytest.fixture
def alice(project):
    return make_coordinator(project.house)


def told(project):
    return [(event.verb, event.changes) for event in Event.objects.about(project).order_by("pk")]


def titles(project):
    return [f"{o.number} {o.title}" for o in project.objectives.order_by("number")]


def test_editing_keeps_what_stood_there_before(project, alice):
    goals = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]
    facts = {"title": "Samen sterk", "summary": "", "policy_goals": goals}
    edit_project(project=project, facts=facts, by=alice, now=NOW)
    project.refresh_from_db()
    assert (project.title, project.policy_goals) == ("Samen sterk", goals)
    changes = {"title": ["", "Samen sterk"], "policy_goals": [[], goals]}
    assert told(project) == [("project_edited", changes)]


def test_editing_nothing_writes_nothing(project, alice):
    edit_project(project=project, facts={"title": "", "summary": ""}, by=alice, now=NOW)
    assert told(project) == []


def test_a_new_objective_comes_last_with_its_targets(project, alice):
    make_objective(project, 1)
    new = add_objective(
        project=project, title="Ontmoeten", description="", targets=[(4, "antennepunten")], by=alice, now=NOW
    )
    assert titles(project) == ["1 Doel 1", "2 Ontmoeten"]
    assert [str(target) for target in new.targets.all()] == ["4 antennepunten"]
    assert told(project) == [("objective_added", {"objective": ["", "2. Ontmoeten"]})]


def test_editing_an_objective_replaces_its_targets(project, alice):
    objective = add_objective(
        project=project, title="Oud", description="Zo", targets=[(4, "punten")], by=alice, now=NOW
    )
    edit_objective(
        objective=objective, title="Nieuw", description="", targets=[(2, "Huizen")], by=alice, now=NOW
    )
    assert [str(target) for target in objective.targets.all()] == ["2 Huizen"]
    change = {"objective": ["1. Oud\nZo\n4 punten", "1. Nieuw\n2 Huizen"]}
    assert told(project)[-1] == ("objective_edited", change)


def test_after_a_removal_the_next_ones_move_up(project, alice):
    first = make_objective(project, 1, title="Eerst")
    make_objective(project, 2, title="Dan")
    make_objective(project, 3, title="Laatst")
    remove_objective(objective=first, by=alice, now=NOW)
    assert titles(project) == ["1 Dan", "2 Laatst"]
    assert told(project) == [("objective_removed", {"objective": ["1. Eerst", ""]})]


def test_an_objective_moves_one_place(project, alice):
    first = make_objective(project, 1, title="Eerst")
    make_objective(project, 2, title="Dan")
    move_objective(objective=first, step=1, by=alice, now=NOW)
    assert titles(project) == ["1 Dan", "2 Eerst"]
    assert told(project) == [("objective_moved", {"number": [1, 2]})]


@pytest.mark.parametrize("step", [-1, 1])
def test_an_objective_at_the_end_stays(project, alice, step):
    only = make_objective(project)
    with pytest.raises(ObjectiveError, match=r"^Dit doel staat al aan het einde van de lijst\.$"):
        move_objective(objective=only, step=step, by=alice, now=NOW)


def test_an_objective_that_is_gone_says_so(project, alice):
    objective = make_objective(project)
    remove_objective(objective=objective, by=alice, now=NOW)
    with pytest.raises(ObjectiveError, match=r"^Iemand haalde dit doel intussen weg\.$"):
        remove_objective(objective=objective, by=alice, now=NOW)
