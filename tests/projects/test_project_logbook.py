"""Whatever somebody does in a project stands in the logbook, and the officer reads it project by project."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.models import Event
from projects.actions.comment import comment
from projects.actions.project import edit_project
from projects.actions.report import answer_point
from projects.actions.review import request_changes
from projects.history import events_of
from projects.models import ChangeRequest
from tests.projects.builders import make_abb_reader, make_officer, make_project
from tests.projects.report_builders import NOW, hand_in, make_reporting_project, report_of

ACTIONS = Path("projects/actions")
#: What somebody does that is no act of the logbook, and why.
NOT_TOLD = {
    "save_draft": "what is typed is kept field by field; the act is handing it in",
    "save_answer": "the same for a survey",
    "save_application": "and for an application",
}
WRITERS = {"record", "event"}


def functions() -> dict[str, ast.FunctionDef]:
    """Every function of the actions of projects, by its name."""
    trees = [ast.parse(path.read_text()) for path in sorted(ACTIONS.glob("*.py"))]
    found = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {node.name: node for node in found}


def writes(name: str, known: dict[str, ast.FunctionDef], seen: frozenset = frozenset()) -> bool:
    """Whether a function writes in the logbook, itself or by what it calls."""
    if name in WRITERS:
        return True
    if name not in known or name in seen:
        return False
    calls = [node.func for node in ast.walk(known[name]) if isinstance(node, ast.Call)]
    names = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
    return any(writes(each, known, seen | {name}) for each in names)


def test_every_act_of_somebody_writes_in_the_logbook():
    known = functions()
    acts = [
        name
        for name, node in known.items()
        if not name.startswith("_") and "by" in {argument.arg for argument in node.args.kwonlyargs}
    ]
    silent = {name for name in acts if not writes(name, known)}
    assert len(acts) > 20
    assert silent == set(NOT_TOLD)


@pytest.fixture
def project(db):
    """A project in which something was done on each side."""
    project = make_reporting_project(name="Warm nest")
    report = report_of(project)
    hand_in(report, by=project.coordinator)
    points = [("summary", "Zeg meer.")]
    request_changes(report=report, version=1, text="Nog even.", points=points, by=project.officer, now=NOW)
    point = ChangeRequest.objects.get()
    answer_point(point=point, answer="Gedaan.", by=project.coordinator, now=NOW)
    edit_project(project=project, facts={"summary": "Kort."}, by=project.coordinator, now=NOW)
    said = {"part": "summary", "body": "Tussen ons.", "visibility": "agency"}
    comment(report=report, **said, by=project.officer, now=NOW)
    return project


def test_a_project_shows_all_that_was_done_in_it_and_nothing_of_another(project):
    other = make_reporting_project(call=project.call)
    hand_in(report_of(other))
    verbs = list(events_of(project).order_by("pk").values_list("verb", flat=True))
    told = ["report_submitted", "report_returned", "point_answered", "project_edited", "commented"]
    assert [verb for verb in verbs if verb != "term_set"][:5] != []
    assert sorted(verb for verb in verbs if verb in told) == sorted(told)


def test_an_officer_reads_it_and_nobody_else(client, project):
    address = reverse("project_logbook", args=[project.slug])
    client.force_login(project.officer)
    page = client.get(address).content.decode()
    assert "Antwoordde op een punt van" in page
    assert "Schreef een opmerking bij" in page
    for other in (project.coordinator, make_abb_reader()):
        client.force_login(other)
        assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302
    assert client.post(address).status_code in {302, 405}


def test_the_house_does_not_read_of_what_the_agency_says_among_itself(project):
    assert Event.objects.get(verb="commented").house is None
    assert Event.objects.get(verb="point_answered").house == project.house


def test_it_is_narrowed_by_who_what_and_when(client, project):
    client.force_login(project.officer)
    address = reverse("project_logbook", args=[project.slug])
    shown = client.get(address, {"wat": "report_submitted"}).context["page"]
    assert [event.verb for event in shown] == ["report_submitted"]
    shown = client.get(address, {"wie": project.coordinator.pk}).context["page"]
    assert {event.actor for event in shown} == {project.coordinator}
    assert list(client.get(address, {"van": "2027-01-01"}).context["page"]) == []
    assert len(client.get(address, {"van": "2026-03-12", "tot": "2026-03-12"}).context["page"]) >= 5


@pytest.mark.parametrize(
    "asked", [{"van": "99999-99-99"}, {"wie": "x"}, {"wat": "\x00"}, {"pagina": "9999999"}]
)
def test_an_odd_filter_narrows_nothing_and_says_so(client, project, asked):
    client.force_login(project.officer)
    assert client.get(reverse("project_logbook", args=[project.slug]), asked).status_code == 200


def test_it_asks_as_much_for_many_acts_as_for_few(client, project):
    client.force_login(project.officer)
    address = reverse("project_logbook", args=[project.slug])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(3):
        edit_project(project=project, facts={"summary": f"{number}"}, by=make_officer(), now=NOW)
    make_project(call=project.call)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
