"""The smallest valid call, project and objective, and people of the agency."""

import itertools

from huizen.roles import Role
from projects.models import Call, Objective, Programme, Project
from tests.factories import MembershipFactory, UserFactory

_numbers = itertools.count(1)


def make_call(**facts) -> Call:
    number = next(_numbers)
    programme = Programme.objects.create(slug=f"programma-{number}", name="Een programma")
    return Call.objects.create(
        **{"programme": programme, "year": 2021, "title": "Oproep", "years": 3, **facts}
    )


def make_project(*, municipalities=(), **facts) -> Project:
    number = next(_numbers)
    defaults = {"slug": f"project-{number}", "name": f"Project {number}", "status": Project.Status.SELECTED}
    if "call" not in facts:
        defaults["call"] = make_call()
    project = Project.objects.create(**{**defaults, **facts})
    project.municipalities.set(municipalities)
    return project


def make_objective(project, number=1, **facts) -> Objective:
    return Objective.objects.create(
        **{"project": project, "number": number, "title": f"Doel {number}", **facts}
    )


def make_officer():
    return MembershipFactory(house=None, role=Role.OFFICER).user


def make_abb_reader():
    return MembershipFactory(house=None, role=Role.ABB_READER).user


def make_coordinator(house):
    return MembershipFactory(house=house, role=Role.COORDINATOR).user


def make_parent():
    return UserFactory()
