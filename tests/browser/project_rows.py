"""Rows and pages of a project: a report that waits for the agency a second time, and a yardstick to approve."""

import datetime as dt

from huizen.models import House
from projects.actions.comment import comment, reply
from projects.actions.indicator import set_yardstick
from projects.actions.review import accept, request_changes
from projects.models import Amendment, AmendmentFile, ChangeRequest, Decision, Period, Visibility, Yardstick
from tests.browser import plan_pages
from tests.browser.story_pages import story_routes
from tests.projects.report_builders import (
    NOW,
    hand_in,
    make_indicator,
    make_question,
    make_reporting_project,
    report_of,
)

#: What a coordinator sees of a project.
DESK = {
    "projects": "/beheer/projecten/",
    "project": "/beheer/projecten/{own_project}/",
    "new objective": "/beheer/projecten/{own_project}/doelen/nieuw/",
    "objective": "/beheer/projecten/{own_project}/doelen/{objective}/",
    "results": "/beheer/projecten/{own_project}/resultaten/",
    "new result": "/beheer/projecten/{own_project}/doelen/{objective}/resultaat/",
    "new indicator": "/beheer/projecten/{own_project}/resultaten/{result}/indicator/",
    "yardstick": "/beheer/projecten/{own_project}/indicatoren/{indicator}/",
    "activities of a project": "/beheer/projecten/{own_project}/activiteiten/",
    "budget": "/beheer/projecten/{own_project}/begroting/",
    "reports of a project": "/beheer/projecten/{own_project}/verslagen/",
}
#: What the agency sets for one project, and for all projects of a call.
AGENCY = {
    "desk with a report": "/opgroeien/antwoord/{report_again}/",
    "desk as it stood": "/opgroeien/?op=2026-03-10",
    "no such project": "/opgroeien/?q=xqzwv",
    "projects compared": "/opgroeien/vergelijken/",
    "timeline of projects": "/opgroeien/tijdlijn/?vanaf=2026-03-01",
    "who follows a project": "/opgroeien/projecten/{own_project}/",
    "logbook of a project": "/opgroeien/projecten/{own_project}/logboek/",
    "comments of the agency": "/opgroeien/verslagen/{report_again}/opmerkingen/",
    "report to wait for": "/opgroeien/verslagen/{report_open}/",
    "questions of a call": "/opgroeien/oproepen/{call}/vragen/",
    "new question of a call": "/opgroeien/oproepen/{call}/vragen/nieuw/",
    "question of a call": "/opgroeien/vragen/{call_question}/",
    "indicators of a call": "/opgroeien/oproepen/{call}/indicatoren/",
    "new indicator of a call": "/opgroeien/oproepen/{call}/indicatoren/nieuw/",
    "indicator of a call": "/opgroeien/oproepen/{call}/indicatoren/{call_indicator}/",
    **plan_pages.AGENCY,
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
    compared(project, template)
    question = make_question(project.call, kind="self_evaluation")
    project.budget_lines.create(number=1, what="Loon", source="opgroeien", cents=4_000_000)
    project.instalments.create(report=report_of(project, number=2), cents=2_500_000)
    again = report_of(project)
    told = {f"value_{indicator.pk}": "100", f"why_{indicator.pk}": "Met de hand geteld."}
    points = [("summary", "Zeg meer.")]
    hand_in(again, by=project.coordinator, **told)
    request_changes(report=again, version=1, text="Nog even.", points=points, by=project.officer, now=NOW)
    hand_in(again, by=project.coordinator, summary="Meer gezinnen kwamen.", **told)
    for visibility in Visibility.values:
        said = {"part": "summary", "body": "Voor wie?", "visibility": visibility}
        thread = comment(report=again, **said, by=project.officer, now=NOW)
        reply(thread=thread, body="Voor jonge ouders.", by=project.officer, now=NOW)
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
        **plan_pages.plan_of(project),
    }


def compared(project, template) -> None:
    """Two projects of the same call that measure the same thing; of one a figure was accepted."""
    told, silent = (make_reporting_project(call=project.call) for _ in range(2))
    make_indicator(silent, template=template)
    indicator, report = make_indicator(told, template=template), report_of(told)
    hand_in(report, **{f"value_{indicator.pk}": "70", f"explain_{indicator.pk}": "Zo liep het."})
    accept(report=report, version=1, by=told.officer, now=NOW)


def project_routes(house: House) -> dict[str, str]:
    """What is only sent to, by its route."""
    project = house.projects.get()
    routes = {
        "opgroeien/termijnen/<int:pk>/": Period.objects.filter(call=project.call).earliest("pk"),
        "opgroeien/meetlatten/<int:pk>/": Yardstick.objects.get(state="proposed"),
        "opgroeien/begroting/<int:pk>/weg/": project.budget_lines.get(),
        "opgroeien/schijven/<int:pk>/weg/": project.instalments.get(),
        "beheer/verslagen/beslissingen/<int:pk>/brief.pdf": Decision.objects.get(
            version__report__project=project
        ),
        "opgroeien/verslagen/beslissingen/<int:pk>/brief.pdf": Decision.objects.get(
            version__report__project=project
        ),
        "opgroeien/verslagen/<int:pk>/herinnering.pdf": report_of(project, number=2),
        "beheer/wijzigingen/documenten/<int:pk>/": AmendmentFile.objects.get(amendment__project=project),
        "beheer/wijzigingen/<int:pk>/intrekken/": Amendment.objects.waiting().get(project=project),
        "beheer/verslagen/punten/<int:pk>/": ChangeRequest.objects.get(report__project=project),
    }
    slugs = (
        f"beheer/projecten/<slug:slug>/{what}"
        for what in ("begroting/lijn/", "begroting/schijf/", "blad.pdf")
    )
    report = ChangeRequest.objects.get(report__project=project).report_id
    paper = "beheer/verslagen/<int:pk>/versies/<int:number>/verslag.pdf"
    version = {paper: f"/beheer/verslagen/{report}/versies/1/verslag.pdf"}
    keys = {route: str(row.pk) for route, row in routes.items()}
    return keys | version | dict.fromkeys(slugs, project.slug) | story_routes(project)
