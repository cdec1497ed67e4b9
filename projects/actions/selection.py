"""A selected application becomes a project: its goals, objectives and budget, and the reports and instalments that follow."""

from datetime import datetime
from itertools import count

from django.utils.text import slugify

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.application import ApplicationError
from projects.actions.budget import BudgetError, add_instalment, add_line
from projects.actions.period import make_reports
from projects.actions.project import add_objective
from projects.models import ApplicationVersion, Call, Project
from projects.models.budget import SUBSIDIES


def make_project(version: ApplicationVersion, *, by: User, now: datetime) -> Project:
    """The project of a version, in the transaction of the decision. The call is locked, so that no other takes its address.

    Raises ApplicationError where the call has no periods yet, or a rule of the call refuses the budget.
    """
    application, facts = version.application, version.content["facts"]
    if not application.call.periods.exists():
        raise ApplicationError(
            "Leg eerst de termijnen van de oproep vast. Dan krijgt het project zijn verslagen."
        )
    project = Project.objects.create(
        call=application.call,
        slug=_free_slug(facts["title"]),
        name=facts["title"],
        house=application.house,
        policy_goals=facts["goals"],
        summary=facts["summary"],
        status=Project.Status.SELECTED,
    )
    project.municipalities.set(facts["places"])
    # Before this there was no project: the desk of a day in the past is told from it.
    began = {"status": ["", project.status]}
    record("project_begun", project, by=by, now=now, house=project.house, changes=began)
    for title, text in facts["objectives"]:
        add_objective(project=project, title=title, description=text, targets=[], by=by, now=now)
    _budget(project, facts["budget"], by, now)
    make_reports(call=application.call, now=now)
    _instalments(project, application.call, facts["budget"], by, now)
    return project


def _budget(project: Project, lines: list[list], by: User, now: datetime) -> None:
    for year, what, source, cents in lines:
        try:
            add_line(project=project, number=year, what=what, source=source, cents=cents, by=by, now=now)
        except BudgetError as error:
            raise ApplicationError(f"{what}, werkingsjaar {year}: {error}") from error


def _instalments(project: Project, call: Call, lines: list[list], by: User, now: datetime) -> None:
    """A part of the subsidy of each working year, by the rule of the call; nothing where the call has no rule."""
    reports = project.reports.filter(period__kind=call.released_by).select_related("period", "project__house")
    for report in reports.order_by("period__number"):
        year = report.period.number
        subsidy = sum(cents for number, _, source, cents in lines if number == year and source in SUBSIDIES)
        if cents := subsidy * (call.released_percent or 0) // 100:
            add_instalment(report=report, cents=cents, by=by, now=now)


def _free_slug(title: str) -> str:
    stem = slugify(title)[:70].strip("-") or "project"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if not Project.objects.filter(slug=name).exists())
