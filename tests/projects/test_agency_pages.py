"""All projects at a glance: for Opgroeien all, for ABB those with integration."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.vocabulary import PolicyGoal
from tests.factories import HouseFactory, MunicipalityFactory
from tests.projects.builders import (
    make_abb_reader,
    make_coordinator,
    make_objective,
    make_officer,
    make_parent,
    make_project,
)
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
TABLE, FILE = reverse("agency"), reverse("agency_csv")
FOR_READING = [
    *(TABLE, FILE, reverse("comparison"), reverse("project_timeline")),
    *(
        reverse(name, args=[kind])
        for name in ("comparison_file", "timeline_file")
        for kind in ("csv", "xlsx")
    ),
]
GOALS = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.INTEGRATION]


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def mol():
    return MunicipalityFactory(name="Mol")


def test_an_officer_sees_all_and_how_many_are_filled_in(officer):
    full = make_project(
        name="Vol", policy_goals=GOALS, summary="Kort.", house=HouseFactory(), municipalities=[mol()]
    )
    make_objective(full)
    make_project(name="Leeg", call=full.call)
    answer = officer.get(TABLE)
    assert [line.project.name for line in answer.context["page"]] == ["Leeg", "Vol"]
    assert "2 projecten, waarvan 1 ingevuld" in answer.content.decode()
    assert reverse("project_edit", args=[full.slug]) in answer.content.decode()


def test_abb_reads_only_projects_with_integration(client):
    shared = make_project(name="Samen", policy_goals=GOALS)
    make_project(name="Ander", call=shared.call)
    client.force_login(make_abb_reader())
    answer = client.get(TABLE)
    assert [line.project.name for line in answer.context["page"]] == ["Samen"]
    assert reverse("project_edit", args=[shared.slug]) not in answer.content.decode()


def test_the_table_can_be_narrowed(officer):
    first = make_project(name="Eén", municipalities=[mol()])
    make_project(name="Twee", call=first.call)
    answer = officer.get(TABLE, {"q": "mol"})
    assert [line.project.name for line in answer.context["page"]] == ["Eén"]
    assert f"{FILE}?q=mol" in answer.content.decode()


@pytest.mark.parametrize("address", FOR_READING)
def test_others_are_refused(client, address):
    for user in (make_coordinator(HouseFactory()), make_parent()):
        client.force_login(user)
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("address", FOR_READING)
def test_a_stranger_signs_in_first(client, address):
    assert client.get(address).url.startswith("/aanmelden/")


@pytest.mark.parametrize("address", FOR_READING)
def test_reading_changes_nothing(officer, address):
    assert officer.post(address).status_code == 405


def test_the_file_holds_the_table(officer):
    project = make_project(
        name="Eén",
        title='=1+1;"x"',
        policy_goals=GOALS,
        house=HouseFactory(name="Huis"),
        municipalities=[mol()],
    )
    make_objective(project)
    answer = officer.get(FILE)
    goals = "Preventieve gezinsondersteuning, Integratie en inburgering"
    assert [line[:9] for line in csv_rows(answer.content)[1:]] == [
        ["Eén", '\'=1+1;"x"', "Oproep", "Geselecteerd", "Mol", "Huis", goals, "1", "nee"]
    ]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_the_file_of_abb_holds_no_more_than_the_table(client):
    make_project(name="Ander")
    client.force_login(make_abb_reader())
    assert csv_rows(client.get(FILE).content)[1:] == []


@pytest.mark.parametrize("address", [TABLE, FILE])
def test_three_projects_cost_as_much_as_one(officer, address):
    first = make_project(municipalities=[mol()], house=HouseFactory())
    make_objective(first)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address).status_code == 200
        return len(captured)

    one = queries()
    for _ in range(2):
        make_objective(make_project(call=first.call, municipalities=[mol()], house=HouseFactory()))
    assert queries() == one
