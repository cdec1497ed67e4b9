"""Rows and pages of a project: a report that waits for the agency a second time, and a yardstick to approve."""

import datetime as dt

from huizen.models import House
from projects.actions.indicator import set_yardstick
from projects.actions.review import request_changes
from projects.models import ChangeRequest, Period, Yardstick
from tests.projects.report_builders import (
    NOW,
    hand_in,
    make_indicator,
    make_question,
    make_reporting_project,
    report_of,
)

#: What the agency sets for one project, and for all projects of a call.
AGENCY = {
    "who follows a project": "/opgroeien/projecten/{own_project}/",
    "questions of a call": "/opgroeien/oproepen/{call}/vragen/",
    "new question of a call": "/opgroeien/oproepen/{call}/vragen/nieuw/",
    "question of a call": "/opgroeien/vragen/{call_question}/",
    "indicators of a call": "/opgroeien/oproepen/{call}/indicatoren/",
    "new indicator of a call": "/opgroeien/oproepen/{call}/indicatoren/nieuw/",
    "indicator of a call": "/opgroeien/oproepen/{call}/indicatoren/{call_indicator}/",
}


def project_of(house: House) -> dict:
    """What the addresses of its pages are filled in with."""
    project = make_reporting_project(house=house)
    indicator = make_indicator(project, source="families")
    set_yardstick(
        indicator=indicator,
        baseline=5,
        baseline_on=dt.date(2025, 12, 31),
        targets=[80, 90, None],
        reason="Er kwam een gemeente bij.",
        by=project.coordinator,
        now=NOW,
    )
    template = project.call.programme.indicator_templates.create(name="Bereikte gezinnen", unit="gezinnen")
    question = make_question(project.call, kind="self_evaluation")
    project.budget_lines.create(number=1, what="Loon", source="opgroeien", cents=4_000_000)
    again = report_of(project)
    told = {f"value_{indicator.pk}": "100", f"why_{indicator.pk}": "Met de hand geteld."}
    points = [("summary", "Zeg meer.")]
    hand_in(again, by=project.coordinator, **told)
    request_changes(report=again, version=1, text="Nog even.", points=points, by=project.officer, now=NOW)
    hand_in(again, by=project.coordinator, summary="Meer gezinnen kwamen.", **told)
    return {
        "own_project": project.slug,
        "objective": project.objectives.get().pk,
        "result": indicator.result_id,
        "indicator": indicator.pk,
        "call": project.call_id,
        "call_question": question.pk,
        "call_indicator": template.pk,
        "report_again": again.pk,
        "report_open": report_of(project, number=2).pk,
    }


def project_routes(house: House) -> dict[str, str]:
    """What is only sent to, by its route."""
    project = house.projects.get()
    routes = {
        "opgroeien/termijnen/<int:pk>/": Period.objects.filter(call=project.call).earliest("pk"),
        "opgroeien/meetlatten/<int:pk>/": Yardstick.objects.get(state="proposed"),
        "opgroeien/begroting/<int:pk>/weg/": project.budget_lines.get(),
        "beheer/verslagen/punten/<int:pk>/": ChangeRequest.objects.get(report__project=project),
    }
    slugs = (f"beheer/projecten/<slug:slug>/begroting/{what}/" for what in ("lijn", "schijf"))
    return {route: str(row.pk) for route, row in routes.items()} | dict.fromkeys(slugs, project.slug)
