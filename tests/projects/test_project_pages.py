"""The projects as everybody reads them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.vocabulary import PolicyGoal
from projects.models import Project, Target
from tests.factories import HouseFactory, MunicipalityFactory
from tests.projects.builders import make_objective, make_project

pytestmark = pytest.mark.django_db
LIST = reverse("project_list")
GOALS = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.INTEGRATION]


def shown(client, **query):
    return [project.name for project in client.get(LIST, query).context["projects"]]


def in_place(name, call=None, *, municipality, province="Antwerpen", **facts):
    place = MunicipalityFactory(name=municipality, province=province)
    extra = {"call": call} if call else {}
    return make_project(name=name, municipalities=[place], **extra, **facts)


@pytest.fixture
def two():
    first = in_place("Eén", municipality="Mol", title="Ontmoeten")
    return first, in_place("Twee", first.call, municipality="Genk", province="Limburg")


def test_everybody_reads_the_selected_projects(client, two):
    make_project(call=two[0].call, status=Project.Status.DRAFT)
    assert shown(client) == ["Eén", "Twee"]


def test_a_project_without_published_goals_says_so(client, two):
    assert client.get(LIST).content.decode().count("Nog aan te vullen") == 2


def test_an_empty_list_shows_the_way_on(client):
    assert "Geen project gevonden" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"provincie": "Limburg"}, ["Twee"]),
        ({"q": "mol"}, ["Eén"]),
        ({"q": "ontmoeten"}, ["Eén"]),
        ({"q": "twee"}, ["Twee"]),
        ({"q": "nergens"}, []),
        ({"q": "mol", "provincie": "Limburg"}, []),
        ({"provincie": "Mars"}, ["Eén", "Twee"]),
        ({"q": "a\x00b"}, ["Eén", "Twee"]),
        ({"q": "x" * 5000}, ["Eén", "Twee"]),
    ],
)
def test_projects_are_found_by_words_and_province(client, two, query, names):
    assert shown(client, **query) == names


def test_a_project_is_found_by_the_name_of_today_and_of_before(client):
    now = MunicipalityFactory(name="Tongeren-Borgloon", province="Limburg")
    former = MunicipalityFactory(
        name="Tongeren", province="Limburg", valid_until=dt.date(2024, 12, 31), merged_into=now
    )
    make_project(name="Eén", municipalities=[former])
    assert shown(client, q="borgloon") == shown(client, q="tongeren") == ["Eén"]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_asks_as_much_for_three_as_for_one(client):
    first = in_place("Eén", municipality="Mol", house=HouseFactory())
    one = queries(client, LIST)
    for name in ("Twee", "Drie"):
        now = MunicipalityFactory(name=f"Nieuw {name}")
        former = MunicipalityFactory(name=name, valid_until=dt.date(2024, 12, 31), merged_into=now)
        make_project(call=first.call, name=name, municipalities=[former], house=HouseFactory())
    # The parts of merged municipalities: one more question, whatever the number.
    assert queries(client, LIST) <= one + 2
    seen = queries(client, LIST)
    make_project(call=first.call, municipalities=[former], house=HouseFactory())
    assert queries(client, LIST) == seen


def test_a_project_shows_its_goals_objectives_and_what_can_be_counted(client):
    project = in_place("Eén", municipality="Mol", policy_goals=GOALS, summary="Samen.", house=HouseFactory())
    objective = make_objective(project, title="Ontmoeten", description="Overal.")
    Target.objects.create(objective=objective, amount=4, what="gemeenten met een antennepunt")
    page = client.get(reverse("project_detail", args=[project.slug])).content.decode()
    for words in ("Integratie en inburgering", "1. Ontmoeten", "Overal.", "4 gemeenten met een antennepunt"):
        assert words in page
    assert "Nog aan te vullen" not in page
    assert reverse("house_detail", args=[project.house.slug]) in page


def test_what_is_not_published_is_to_be_filled_in(client):
    project = in_place("Eén", municipality="Mol")
    page = client.get(reverse("project_detail", args=[project.slug])).content.decode()
    assert page.count("Nog aan te vullen") == 3


def test_a_project_of_which_nobody_said_where_shows_no_place_without_a_name(client):
    project = make_project(policy_goals=GOALS, house=HouseFactory())
    page = client.get(reverse("project_detail", args=[project.slug])).content.decode()
    assert page.count("Nog aan te vullen") == 2
    assert "Project in ." not in page
    assert "project-place" not in client.get(LIST).content.decode()


def test_a_project_that_is_not_selected_yet_is_not_found(client):
    project = make_project(status=Project.Status.DRAFT)
    assert client.get(reverse("project_detail", args=[project.slug])).status_code == 404


@pytest.mark.parametrize("address", [LIST, "/projecten/iets/"])
def test_reading_changes_nothing(client, address):
    assert client.post(address).status_code == 405
