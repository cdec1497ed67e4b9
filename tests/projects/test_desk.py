"""The desk of the agency: what needs attention first, and as many queries with few projects as with many."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects.actions.review import accept, request_changes
from projects.desk import Line, Now, lines_of, with_reports
from projects.models import BudgetLine, Call, ProgressReport, ReportVersion
from projects.views.agency import followed_by
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_objective, make_officer, make_project
from tests.projects.plan_builders import ask, decide
from tests.projects.report_builders import NOW, hand_in, make_reporting_project, report_of
from tests.projects.story_builders import make_stays, make_story

pytestmark = pytest.mark.django_db
DESK = reverse("agency")
TODAY = dt.date(2026, 3, 20)


@pytest.fixture
def project():
    return make_reporting_project(name="Eén")


def line_of(project, *, today=TODAY, **facts) -> Line:
    rows = followed_by(make_officer()).filter(pk=project.pk)
    moment = Now(today)
    return with_reports(
        lines_of(rows, Call.objects.in_bulk(), moment=moment, **facts), moment=moment, **facts
    )[0]


def test_a_line_says_how_a_project_stands(project):
    report, objective = report_of(project), project.objectives.get()
    hand_in(report, **{f"signal_{objective.pk}": "attention"})
    BudgetLine.objects.create(
        project=project, number=1, what="Loon", source="opgroeien", cents=1000, spent=250
    )
    line = line_of(project)
    assert line.badges == [("vraagt aandacht", "warning")]
    assert line.states == [("te schrijven", 8), ("ingediend", 1)]
    assert (line.waits, line.points, line.budget, line.share) == (8, 0, 1000, 25)
    assert [(each.pk, days) for each, days in line.to_read] == [(report.pk, 8)]
    assert line.next_due == dt.date(2026, 3, 31)
    assert line.late == []


def test_the_agency_sees_its_own_waiting_only_while_it_waits(project):
    report = report_of(project)
    hand_in(report)
    request_changes(
        report=report, version=1, text="Meer.", points=[("", "Meer.")], by=project.officer, now=NOW
    )
    line = line_of(project)
    assert (line.waits, line.points) == (None, 1)
    later = line_of(project, today=dt.date(2026, 4, 1))
    assert (later.overdue, [each.period.due_on for each in later.late]) == (2, [dt.date(2026, 3, 31)] * 2)


def test_what_needs_attention_comes_first(client, project):
    make_reporting_project(call=project.call, name="Rustig")
    hand_in(report_of(make_reporting_project(call=project.call, name="Wacht")))
    client.force_login(project.officer)
    answer = client.get(DESK)
    assert next(iter(answer.context["page"])).project.name == "Wacht"
    assert ("lezen", "Te lezen", 1) in answer.context["views"]


def test_what_else_waits_for_the_agency_has_its_view_and_its_link(client, project):
    make_reporting_project(call=project.call, name="Rustig")
    change = ask(project)
    make_story(project, state="proposed")
    make_story(project, state="draft")
    make_stays(project, confirmed_at=None)
    client.force_login(project.officer)
    assert line_of(project).to_decide == [
        ("wijziging", 1, "amendment_list"),
        ("verhaal", 1, "story_list"),
        ("deel dat blijft", 1, "story_list"),
    ]
    answer = client.get(DESK, {"toon": "beslis"})
    assert [line.project.name for line in answer.context["page"]] == ["Eén"]
    assert f'href="{reverse("amendment_list", args=[project.slug])}"' in answer.content.decode()
    decide(change)
    assert [words for words, *_ in line_of(project).to_decide] == ["verhaal", "deel dat blijft"]


def test_a_year_narrows_reports_and_money_to_that_working_year(project):
    for number in (1, 2):
        BudgetLine.objects.create(project=project, number=number, what="Loon", source="own", cents=number)
    line = line_of(project, year=2026)
    assert (line.budget, line.by_state.total()) == (2, 3)
    assert line_of(project, year=1999).by_state.total() == 0


def test_the_filter_of_policy_goal_and_nonsense(client, project):
    make_project(call=project.call, name="Zonder doelstelling")
    client.force_login(project.officer)
    names = lambda query: [line.project.name for line in client.get(DESK, query).context["page"]]  # noqa: E731
    assert names({"doelstelling": "integration"}) == ["Eén"]
    assert len(names({"jaar": "99999999999"})) == 2
    assert len(names({"doelstelling": "\x00", "provincie": "x"})) == 2


def test_abb_sees_only_projects_with_integration(client, project):
    make_project(call=project.call, name="Zonder")
    client.force_login(make_abb_reader())
    answer = client.get(DESK)
    assert [line.project.name for line in answer.context["page"]] == ["Eén"]
    assert reverse("call_periods", args=[project.call_id]) not in answer.content.decode()


def test_the_tables_go_out_with_the_same_filter(client, project):
    make_project(call=project.call, name="Zonder")
    client.force_login(project.officer)
    csv = client.get(reverse("agency_csv"), {"doelstelling": "integration"}).content.decode("utf-8-sig")
    assert csv.count("\r\n") == 2
    answer = client.get(reverse("agency_xlsx"))
    assert answer["Content-Disposition"].endswith('.xlsx"')


def test_forty_projects_cost_as_many_queries_as_three(client, project):
    client.force_login(project.officer)
    call = Call.objects.get(pk=project.call_id)
    for number in range(2):
        busy(call, number)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        return len(captured)

    few = queries()
    for number in range(2, 39):
        busy(call, number)
    assert queries() == few


def busy(call, number):
    """A project with a report that waits, money and two objectives, made without its actions."""
    project = make_project(call=call, house=HouseFactory(), status="running", name=f"Project {number}")
    first, _ = make_objective(project), make_objective(project, 2)
    period = call.periods.order_by("number", "kind").first()
    report = ProgressReport.objects.create(project=project, period=period, state="submitted", versions_made=1)
    said = {"key": f"signal-{first.pk}", "section": str(first), "words": "loopt vast"}
    content = {"parts": [said], "by_objective": {str(first.pk): "off_track"}}
    ReportVersion.objects.create(
        report=report, number=1, content=content, sha256="x", submitted_at=timezone.now()
    )
    BudgetLine.objects.create(project=project, number=1, what="Loon", source="own", cents=5)


def test_the_desk_of_a_coordinator_asks_for_what_is_due(client, project):
    """The first one that is due; both of March are late by now."""
    client.force_login(project.coordinator)
    first = project.reports.order_by("period__due_on", "pk").first()
    text = client.get("/beheer/").content.decode()
    assert "Verslag van een project" in text
    assert reverse("report_write", args=[first.pk]) in text


def test_what_was_accepted_needs_nobody(project):
    report = report_of(project)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    assert line_of(project).to_read == []
