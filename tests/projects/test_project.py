"""What a project is: its goals, its places, who sees and edits it."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given, settings
from hypothesis import strategies as st

from huizen.vocabulary import PolicyGoal
from projects.models import Project
from tests.factories import HouseFactory, MunicipalityFactory
from tests.projects.builders import (
    make_abb_reader,
    make_coordinator,
    make_objective,
    make_officer,
    make_parent,
    make_project,
)

pytestmark = pytest.mark.django_db
PREVENTIVE, INTEGRATION, POVERTY = (
    PolicyGoal.PREVENTIVE_FAMILY_SUPPORT,
    PolicyGoal.INTEGRATION,
    PolicyGoal.POVERTY,
)


def test_goals_may_be_unknown():
    assert make_project().goal_labels == []


def test_preventive_support_goes_with_another_goal():
    project = make_project(policy_goals=[INTEGRATION, PREVENTIVE])
    assert project.goal_labels == ["Preventieve gezinsondersteuning", "Integratie en inburgering"]


@pytest.mark.parametrize("goals", [[PREVENTIVE], [INTEGRATION], [INTEGRATION, POVERTY]])
def test_the_database_refuses_goals_that_do_not_combine(goals):
    with pytest.raises(IntegrityError, match="project_goals_combine"):
        make_project(policy_goals=goals)


@settings(deadline=None)
@given(st.sets(st.sampled_from(list(PolicyGoal))))
def test_the_rule_is_the_same_for_every_set_of_goals(goals):
    rule = next(rule for rule in Project._meta.constraints if rule.name == "project_goals_combine")
    fits = not goals or (PREVENTIVE in goals and len(goals) > 1)
    refused = pytest.raises(
        ValidationError,
        match=r"^\['Een project combineert preventieve gezinsondersteuning met minstens één andere doelstelling\.'\]$",
    )
    with nullcontext() if fits else refused:
        rule.validate(Project, Project(policy_goals=sorted(goals)))


def merged(name, into):
    return MunicipalityFactory(name=name, valid_until=dt.date(2024, 12, 31), merged_into=into)


def test_a_merged_municipality_says_what_it_is_today():
    now = MunicipalityFactory(name="Tongeren-Borgloon")
    project = make_project(municipalities=[merged("Tongeren", now), MunicipalityFactory(name="Mol")])
    assert Project.objects.with_places().get(pk=project.pk).places == [
        "Mol",
        "Tongeren (nu Tongeren-Borgloon)",
    ]


def test_a_merged_municipality_that_kept_its_name_says_with_whom():
    now = MunicipalityFactory(name="Lokeren")
    merged("Moerbeke", now)
    project = make_project(municipalities=[merged("Lokeren", now)])
    assert project.places == ["Lokeren (nu samen met Moerbeke)"]


def test_a_project_is_filled_in_with_goals_a_summary_and_an_objective():
    project = make_project(policy_goals=[PREVENTIVE, POVERTY], summary="Kort.")
    before = project.is_filled_in
    make_objective(project)
    assert [before, project.is_filled_in] == [False, True]


def test_everybody_sees_projects_from_their_selection_on():
    selected = make_project()
    make_project(call=selected.call, status=Project.Status.DRAFT)
    assert list(Project.objects.public()) == [selected]


def test_abb_sees_only_projects_with_integration():
    plain = make_project(policy_goals=[PREVENTIVE, POVERTY])
    with_integration = make_project(call=plain.call, policy_goals=[PREVENTIVE, INTEGRATION])
    make_project(call=plain.call)
    assert list(Project.objects.visible_to(make_abb_reader())) == [with_integration]


def test_an_officer_sees_all_and_others_nothing():
    project = make_project()
    seen = [list(Project.objects.visible_to(who)) for who in (make_officer(), make_parent(), AnonymousUser())]
    assert seen == [[project], [], []]


def test_a_coordinator_edits_the_projects_of_her_house():
    house = HouseFactory()
    ours = make_project(house=house)
    make_project(call=ours.call, house=HouseFactory())
    make_project(call=ours.call)
    assert list(Project.objects.editable_by(make_coordinator(house))) == [ours]


def test_an_officer_edits_all_and_others_nothing():
    project = make_project(policy_goals=[PREVENTIVE, INTEGRATION])
    people = make_officer(), make_abb_reader(), make_parent(), AnonymousUser()
    assert [list(Project.objects.editable_by(who)) for who in people] == [[project], [], [], []]
