"""The desk as it stood: what is derived for a moment in the past is what the desk showed at that moment."""

import datetime as dt
from contextlib import suppress

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huizen.actions.logbook import record
from huizen.vocabulary import PolicyGoal
from projects.actions.budget import BudgetError, add_line, remove_line
from projects.actions.follow import follow_project
from projects.actions.period import move_deadline
from projects.actions.project import edit_project
from projects.actions.report import ReportError
from projects.actions.review import accept, reopen, request_changes
from projects.desk import Line, Now, Then, lines_of, with_reports
from projects.models import BudgetLine, Call, Project, ReportKind
from projects.views.agency import followed_by
from tests.projects.builders import make_abb_reader, make_officer, make_project
from tests.projects.report_builders import INTEGRATION, NOW, hand_in, make_reporting_project, report_of

pytestmark = pytest.mark.django_db
DESK = reverse("agency")
KINDS = [ReportKind.CONTENT, ReportKind.FINANCIAL]
#: What can happen to one of two projects; the number chooses what exactly.
STEPS = ("hand_in", "return", "accept", "reopen", "move", "follow", "budget", "shrink", "goals")


def facts_of(line: Line) -> dict:
    """All that the desk says of a project, as plain values."""
    return {
        "project": (str(line.project), line.project.status, tuple(line.project.policy_goals)),
        "officer": line.officer,
        "signals": line.badges,
        "reports": (line.states, line.overdue, line.next_due),
        "waits": line.waited,
        "shown": ([(report.pk, days) for report, days in line.to_read], [report.pk for report in line.late]),
        "money": (line.budget, line.spent),
        "points": line.points,
    }


def desk(projects: list[Project], moment: Now, **asked) -> dict[int, dict]:
    rows = followed_by(projects[0].officer).filter(pk__in=[project.pk for project in projects])
    lines = with_reports(
        lines_of(rows, Call.objects.in_bulk(), moment=moment, **asked), moment=moment, **asked
    )
    return {line.project.pk: facts_of(line) for line in lines}


def now_at(projects: list[Project], at: dt.datetime, **asked) -> dict[int, dict]:
    return desk(projects, Now(timezone.localdate(at)), **asked)


def happen(step: str, number: int, projects: list[Project], by, at: dt.datetime) -> None:
    """One act of somebody; what the rules refuse does not happen."""
    project = Project.objects.get(pk=projects[number % 2].pk)
    report = report_of(project, KINDS[number // 2 % 2])
    version = {"report": report, "version": report.versions_made, "by": by, "now": at}
    points = {"text": "Meer.", "points": [("", f"Punt {number}")]}
    ticked = list(report.points.values_list("pk", flat=True)) if number % 3 else []
    period = project.call.periods.order_by("pk")[number % 6]
    officer = (None, by, projects[0].officer)[number % 3]
    status = ("running", "stopped", "completed", "running")[number % 4]
    lines = BudgetLine.objects.filter(project=project).order_by("pk")
    goals = INTEGRATION if number % 2 else [*INTEGRATION[:1], PolicyGoal.POVERTY]
    acts = {
        "hand_in": lambda: hand_in(report, now=at),
        "return": lambda: request_changes(**version, **points, ticked=ticked),
        "accept": lambda: accept(**version, ticked=ticked),
        "reopen": lambda: reopen(**version, reason="Toch nog iets."),
        "move": lambda: move_deadline(
            period=period, due_on=period.year.end + dt.timedelta(days=number * 9), by=by, now=at
        ),
        "follow": lambda: follow_project(project=project, officer=officer, status=status, by=by, now=at),
        "budget": lambda: add_line(
            project=project,
            number=1 + number % 2,
            what=f"Lijn {number}",
            source="own",
            cents=number * 100 + 7,
            by=by,
            now=at,
        ),
        "shrink": lambda: lines and remove_line(line=lines[0], by=by, now=at),
        "goals": lambda: edit_project(
            project=project, facts={"policy_goals": goals, "title": f"Titel {number}"}, by=by, now=at
        ),
    }
    with suppress(ReportError, BudgetError):
        acts[step]()


@settings(
    phases=[Phase.explicit, Phase.generate],
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 23), st.integers(0, 40)), max_size=14))
def test_the_desk_of_every_moment_can_be_told_afterwards(steps):
    """After each act the desk is kept; at the end each is derived, and what is derived for now is what stands now."""
    first = make_reporting_project(name="Eén")
    projects = [first, make_reporting_project(call=first.call, name="Twee")]
    by, at = make_officer(), NOW
    kept = {at: now_at(projects, at)}
    for step, number, days in steps:
        at += dt.timedelta(days=days, minutes=1)
        happen(step, number, projects, by, at)
        kept[at] = now_at(projects, at)
    for moment, shown in kept.items():
        assert desk(projects, Then(moment)) == shown
    assert desk(projects, Then(at), year=2026) == now_at(projects, at, year=2026)


@pytest.fixture
def project():
    return make_reporting_project(name="Eén")


def stood(project, at: dt.datetime) -> dict:
    return desk([project], Then(at))[project.pk]


def test_before_each_event_stands_what_stood_before_it(project):
    report, day = report_of(project), dt.timedelta(days=1)
    hand_in(report, now=NOW + day)
    points = [("", "Meer.")]
    facts = {"report": report, "version": 1, "by": project.officer}
    request_changes(**facts, text="Meer.", points=points, now=NOW + 2 * day)
    hand_in(report, now=NOW + 3 * day)
    facts["version"] = 2
    accept(**facts, ticked=[point.pk for point in report.points.all()], now=NOW + 4 * day)
    told = [stood(project, NOW + number * day) for number in range(5)]
    assert [each["points"] for each in told] == [0, 0, 1, 1, 0]
    assert [dict(each["reports"][0]).get("aanvaard", 0) for each in told] == [0, 0, 0, 0, 1]
    assert [list(each["waits"].values()) for each in told] == [[], [0], [], [0], []]
    just_before = stood(project, NOW + 4 * day - dt.timedelta(seconds=1))
    assert (just_before["reports"], just_before["points"]) == (told[3]["reports"], 1)


def test_reports_that_came_later_were_not_there(project):
    assert stood(project, NOW - dt.timedelta(days=1))["reports"] == ([], 0, None)
    assert stood(project, NOW)["reports"][0] == [("te schrijven", 9)]


def test_a_project_that_was_not_there_yet_has_no_line(project):
    new = make_project(call=project.call, name="Nieuw", status="draft")
    changes = {"status": ["", "draft"]}
    record("project_followed", new, by=project.officer, now=NOW, changes=changes)
    both = [project, new]
    assert new.pk not in desk(both, Then(NOW - dt.timedelta(seconds=1)))
    assert new.pk in desk(both, Then(NOW))


def test_a_day_is_asked_on_the_page(client, project):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    edit_project(project=project, facts={"title": "Nieuwe naam"}, by=project.officer, now=timezone.now())
    client.force_login(project.officer)
    text = client.get(DESK, {"op": yesterday.isoformat()}).content.decode()
    assert "Zo stond het op" in text
    assert "Nieuwe naam" not in text
    assert "Nieuwe naam" in client.get(DESK, {"op": timezone.localdate().isoformat()}).content.decode()
    for address in ("agency_csv", "agency_xlsx"):
        answer = client.get(reverse(address), {"op": yesterday.isoformat()})
        assert f"projecten-{yesterday}" in answer["Content-Disposition"]


def test_nonsense_in_the_day_is_said_and_shows_the_present(client, project):
    client.force_login(project.officer)
    for day in ("x", "0001-01-01", "9999-12-31", "2026-02-30", "\x00"):
        answer = client.get(DESK, {"op": day})
        assert answer.status_code == 200
        assert "Zo stond het op" not in answer.content.decode()


def test_the_goals_of_then_decide_what_abb_and_the_filter_find(client, project):
    week = dt.timedelta(days=7)
    goals = [*INTEGRATION[:1], PolicyGoal.POVERTY]
    other = make_reporting_project(call=project.call, name="Twee", policy_goals=goals)
    now = timezone.now()
    for each, facts in ((project, goals), (other, INTEGRATION)):
        edit_project(project=each, facts={"policy_goals": facts}, by=project.officer, now=now)
    asked = {"op": (timezone.localdate(now) - week).isoformat()}
    names = lambda **more: [line.project.name for line in client.get(DESK, asked | more).context["page"]]  # noqa: E731
    client.force_login(project.officer)
    assert names(doelstelling="integration") == ["Eén"]
    # One had integration and has it no more, the other has it and had it not: neither is for ABB to see of that day.
    client.force_login(make_abb_reader())
    assert names() == []
