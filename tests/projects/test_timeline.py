"""What is due when over all projects: a list by month and a drawing that say the same."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.vocabulary import PolicyGoal
from projects.actions.budget import add_instalment
from projects.actions.review import accept
from projects.models import ReportKind
from projects.timeline import SOURCES, Asked, Due, by_month, months_after, timeline
from projects.timeline_drawing import drawing_of
from tests.projects.builders import make_abb_reader, make_officer
from tests.projects.report_builders import NOW, hand_in, make_reporting_project, report_of

pytestmark = pytest.mark.django_db
PAGE, CSV, XLSX = (
    reverse("project_timeline"),
    reverse("timeline_file", args=["csv"]),
    reverse("timeline_file", args=["xlsx"]),
)
FIRST, TODAY = dt.date(2026, 3, 1), dt.date(2026, 4, 2)


@pytest.fixture
def project():
    return make_reporting_project(name="Eén")


def things(*projects, first=FIRST, today=TODAY, year=None):
    keys = [project.pk for project in projects]
    return timeline(Asked(keys, first, months_after(first, 12), today, year))


def test_what_is_due_in_a_year_stands_on_its_day(project):
    other = make_reporting_project(call=project.call, name="Twee")
    hand_in(report_of(project))
    told = [(thing.on, thing.what, thing.states) for thing in things(project, other)]
    assert told == [
        (
            dt.date(2026, 3, 31),
            "inhoudelijk verslag, werkingsjaar 1 (2025)",
            [("ingediend", 1), ("te laat", 1)],
        ),
        (dt.date(2026, 3, 31), "zelfevaluatie, werkingsjaar 1 (2025)", [("te laat", 2)]),
        (dt.date(2026, 7, 31), "financieel verslag, werkingsjaar 1 (2025)", [("te schrijven", 2)]),
    ]


def test_what_is_late_from_before_stays_in_sight_and_what_is_done_does_not(project):
    report = report_of(project)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    later = things(project, first=dt.date(2027, 1, 1), today=dt.date(2027, 1, 5))
    months = by_month(later, dt.date(2027, 1, 1))
    assert [month for month, _ in months] == [None, dt.date(2027, 3, 1), dt.date(2027, 7, 1)]
    assert [thing.what.partition(",")[0] for thing in months[0][1]] == ["zelfevaluatie", "financieel verslag"]
    assert all(thing.late for thing in months[0][1])


def test_an_instalment_stands_where_its_report_is_due_until_it_was_released(project):
    report = report_of(project)
    add_instalment(report=report, cents=2_000_000, by=project.officer, now=NOW)
    money = lambda: [  # noqa: E731
        (thing.on, thing.states, thing.cents) for thing in things(project) if thing.lane == "Schijven"
    ]
    assert money() == [(dt.date(2026, 3, 31), [("nog niet vrijgegeven", 1)], 2_000_000)]
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    assert money() == [(dt.date(2026, 3, 12), [("vrijgegeven", 1)], 2_000_000)]
    lanes = lambda first: {thing.lane for thing in things(project, first=first)}  # noqa: E731
    assert "Schijven" in lanes(dt.date(2026, 3, 12)) & lanes(dt.date(2025, 4, 1))
    assert "Schijven" not in lanes(dt.date(2026, 3, 13)) | lanes(dt.date(2025, 3, 12))


def test_a_project_that_stopped_owes_nothing_and_a_year_narrows(project):
    assert [thing.on.year for thing in things(project, year=2026, first=dt.date(2027, 1, 1))] == [2027] * 3
    project.status = "stopped"
    project.save()
    assert things(project) == []


def test_others_add_their_rows(project, monkeypatch):
    def visits(asked):
        yield Due(FIRST, "Bezoeken", "bezoek", project.pk, "gepland", "project_edit", project.slug)

    monkeypatch.setattr("projects.timeline.SOURCES", [*SOURCES, visits])
    assert things(project)[0].lane == "Bezoeken"


def test_the_drawing_counts_what_the_list_says(project):
    other = make_reporting_project(call=project.call, name="Twee")
    listed = things(project, other)
    drawing = drawing_of(listed, first=FIRST, today=TODAY)
    assert [(dot.month, dot.lane, dot.number, dot.late) for dot in drawing.dots] == [
        (dt.date(2026, 3, 1), "Verslagen", 4, 4),
        (dt.date(2026, 7, 1), "Verslagen", 2, 0),
    ]
    assert sum(dot.number for dot in drawing.dots) == sum(len(thing.dues) for thing in listed)
    assert all(
        dot.radius < dot.x < drawing.width - dot.radius and dot.y < drawing.height for dot in drawing.dots
    )
    assert drawing_of(listed, first=dt.date(2030, 1, 1), today=TODAY).today is None


def test_the_page_says_it_in_words_and_as_a_drawing(client, project):
    client.force_login(make_officer())
    text = client.get(PAGE, {"vanaf": "2026-03-15"}).content.decode()
    assert '<h2 id="maand-1">Maart 2026</h2>' in text
    assert 'role="img" aria-labelledby="lijn-titel lijn-uitleg"' in text
    assert reverse("report_review", args=[report_of(project).pk]) in text
    assert "?vanaf=2025-03-01" in text
    file = client.get(CSV, {"vanaf": "2026-03-15"}).content.decode("utf-8-sig")
    assert file.count("\r\n") == 4
    assert client.get(XLSX)["Content-Disposition"].endswith('.xlsx"')
    assert client.get(reverse("timeline_file", args=["exe"])).status_code == 404


def test_nonsense_shows_the_months_from_now_on(client, project):
    client.force_login(make_officer())
    for day in ("x", "0001-01-01", "9999-12-31", "\x00"):
        answer = client.get(PAGE, {"vanaf": day})
        assert answer.context["first"] == timezone.localdate().replace(day=1)
    assert client.get(PAGE, {"q": "xqzwv"}).context["months"] == []


def test_abb_sees_only_projects_with_integration(client, project):
    goals = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]
    make_reporting_project(call=project.call, name="Twee", policy_goals=goals)
    client.force_login(make_abb_reader())
    file = client.get(CSV).content.decode()
    assert "Eén" in file
    assert "Twee" not in file
    budget = reverse("budget", args=[project.slug])
    add_instalment(report=report_of(project, ReportKind.FINANCIAL), cents=5, by=project.officer, now=NOW)
    assert budget not in client.get(PAGE, {"vanaf": "2026-03-01"}).content.decode()
