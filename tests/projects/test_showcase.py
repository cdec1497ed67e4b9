"""What everybody sees of a project: only what was accepted, approved, confirmed and agreed to."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.vocabulary import PolicyGoal
from projects.actions.review import accept
from projects.models import Project
from projects.showcase import showcase_of
from tests.factories import MunicipalityFactory
from tests.projects.builders import make_project
from tests.projects.report_builders import (
    NOW,
    hand_in,
    make_indicator,
    report_of,
)
from tests.projects.story_builders import (
    TODAY,
    make_consent,
    make_pictured_story,
    make_stays,
    make_story,
)

pytestmark = pytest.mark.django_db
LIST = reverse("project_list")
GOALS = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.INTEGRATION]
POOR = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]


def page(client, project) -> str:
    return client.get(reverse("project_detail", args=[project.slug])).content.decode()


def accepted(project, value="55"):
    indicator = make_indicator(project, name="Gezinnen", baseline="10", target="100")
    version = hand_in(
        report_of(project), **{f"value_{indicator.pk}": value, f"explain_{indicator.pk}": "Zo."}
    )
    accept(report=version.report, version=1, by=project.officer, now=NOW)
    return indicator


def test_a_figure_is_shown_once_it_is_accepted_with_a_bar_that_is_also_text(client, project):
    indicator = make_indicator(project, name="Gezinnen", baseline="10", target="100")
    told = {f"value_{indicator.pk}": "55", f"explain_{indicator.pk}": "Zo."}
    hand_in(report_of(project), **told)
    assert "van de weg" not in page(client, project)
    accept(report=report_of(project), version=1, by=project.officer, now=NOW)
    text = " ".join(page(client, project).split())
    assert "<strong>55</strong>" in text
    assert "in 2025" in text
    assert "Het doel: 100. Bij het begin: 10." in text
    assert "50 % van de weg" in text
    assert 'width="50"' in text


@pytest.mark.parametrize(("value", "percent", "bar"), [("190", 200, 100), ("1", -10, 0), ("10", 0, 0)])
def test_a_bar_ends_where_the_words_go_on(project, value, percent, bar):
    accepted(project, value)
    (goal,) = showcase_of(project, today=TODAY).goals
    assert [(reached.percent, reached.bar) for reached in goal.reached] == [(percent, bar)]


@pytest.mark.parametrize(
    ("state", "shown"), [("published", True), ("approved", False), ("draft", False), ("withdrawn", False)]
)
def test_only_what_is_published_is_read(client, project, state, shown):
    story = make_story(
        project, state=state, learned="Begin klein.", film_url="https://film.voorbeeld.example/1"
    )
    text = page(client, project)
    assert [words in text for words in (story.body, "Begin klein.", story.film_url)] == [shown] * 3


def test_a_film_is_a_link_and_no_part_of_our_page(client, project):
    make_story(project, film_url="https://film.voorbeeld.example/1")
    text = page(client, project)
    assert '<a href="https://film.voorbeeld.example/1" rel="external noopener"' in text
    assert "<iframe" not in text


@pytest.mark.parametrize(
    "facts",
    [
        {"until": TODAY - dt.timedelta(days=1)},
        {"given_on": TODAY + dt.timedelta(days=1)},
        {"purpose": "report"},
        {"withdrawn_at": NOW},
    ],
)
def test_without_a_consent_that_holds_for_everybody_a_story_is_not_shown(project, facts):
    make_story(project, consent=make_consent(project, **facts))
    assert showcase_of(project, today=TODAY).stories == []


def test_the_image_of_a_published_story_is_seen_and_no_other(client, project):
    story = make_pictured_story(project)
    consent = story.consent
    consent.until = dt.date(2100, 1, 1)
    consent.save()
    address = reverse("story_image", args=[project.slug, story.image_name])
    assert address in page(client, project)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "image/webp",
        "no-cache",
    )
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    story.state = "withdrawn"
    story.save()
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 404


def test_what_stays_is_read_once_the_agency_confirmed_it(client, project):
    make_stays(project, part="Het oudercafé", state="partly")
    make_stays(project, part="De bus", confirmed_at=None)
    text = page(client, project)
    assert "Het oudercafé" in text
    assert "blijft voor een deel" in text
    assert "De bus" not in text


def test_a_project_that_is_not_public_shows_nothing(client, project):
    story = make_pictured_story(project)
    Project.objects.update(status="in_jury")
    assert client.get(reverse("story_image", args=[project.slug, story.image_name])).status_code == 404
    assert client.get(reverse("project_detail", args=[project.slug])).status_code == 404


def choices(client, name, **query) -> list[str]:
    field = client.get(LIST, query).context["form"].fields[name]
    return [label for code, label in field.choices if code and "(geen)" not in label]


@pytest.fixture
def three():
    mol = MunicipalityFactory(name="Mol", province="Antwerpen")
    genk = MunicipalityFactory(name="Genk", province="Limburg")
    first = make_project(name="Eén", municipalities=[mol, genk], policy_goals=GOALS)
    make_project(call=first.call, name="Twee", municipalities=[genk], policy_goals=POOR)
    make_project(call=first.call, name="Drie", municipalities=[mol])
    return first


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"doelstelling": "integration"}, ["Eén"]),
        ({"doelstelling": "poverty", "provincie": "Antwerpen"}, []),
        ({"doelstelling": "preventive_family_support", "provincie": "Limburg"}, ["Eén", "Twee"]),
        ({"doelstelling": "rijkdom"}, ["Drie", "Eén", "Twee"]),
        ({"q": "genk", "provincie": "Antwerpen"}, ["Eén"]),
    ],
)
def test_projects_are_found_by_what_they_work_on_and_where(client, three, query, names):
    assert [project.name for project in client.get(LIST, query).context["projects"]] == names


def test_each_choice_says_how_many_it_gives_with_the_rest_of_the_wish(client, three):
    assert choices(client, "provincie") == ["Antwerpen (2)", "Limburg (2)"]
    assert choices(client, "provincie", doelstelling="poverty") == ["Limburg (1)"]
    assert choices(client, "doelstelling", provincie="Antwerpen") == [
        "Preventieve gezinsondersteuning (1)",
        "Integratie en inburgering (1)",
    ]
    assert choices(client, "doelstelling", q="twee") == [
        "Preventieve gezinsondersteuning (1)",
        "Armoedebestrijding (1)",
    ]


def test_a_choice_that_gives_nothing_says_so(client, three):
    text = client.get(LIST, {"doelstelling": "poverty"}).content.decode()
    assert "Tewerkstelling en opleiding (geen)" in text
    assert '<option value="poverty" selected>Armoedebestrijding (1)</option>' in text


def test_a_card_says_what_a_project_works_on_in_words(client, three):
    text = client.get(LIST).content.decode()
    assert text.count("<li>Preventieve gezinsondersteuning</li>") == 2
    assert text.count("Nog aan te vullen") == 1


def queries(client, address) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_three_of_everything_cost_as_much_as_one(client, project):
    address = reverse("project_detail", args=[project.slug])
    accepted(project)
    make_pictured_story(project)
    make_stays(project)
    one = queries(client, address)
    for _ in range(2):
        make_indicator(project)
        make_pictured_story(project)
        make_stays(project)
    assert queries(client, address) == one


def test_the_list_costs_as_much_with_three_stories_as_with_one(client, three):
    make_story(three)
    one = queries(client, LIST)
    for project in Project.objects.exclude(pk=three.pk):
        make_story(project)
    assert queries(client, LIST) == one


def test_nobody_changes_anything_by_looking(client, project):
    story = make_pictured_story(project)
    for address in (LIST, reverse("story_image", args=[project.slug, story.image_name])):
        assert client.post(address).status_code == 405
