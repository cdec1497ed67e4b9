"""All projects at a glance, for Opgroeien and ABB."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.spreadsheet import csv_response, xlsx_response
from projects.desk import Line, lines_of
from projects.forms import DeskFilter
from projects.models import Call, Project

HEADER = [
    "Project",
    "Eigen titel",
    "Oproep",
    "Toestand",
    "Gemeenten",
    "Huis",
    "Doelstellingen",
    "Aantal doelen",
    "Ingevuld",
    "Signalen",
    "Verslagen",
    "Te laat",
    "Dagen bij ons",
    "Open punten",
    "Begroot (euro)",
    "Uitgegeven (euro)",
    "Volgende termijn",
]


def followed_by(user):
    """The projects that somebody of the agency follows, with all that the table shows."""
    rows = Project.objects.visible_to(user).select_related("call", "house", "officer").with_places()
    return rows.prefetch_related("objectives")


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency(request):
    """The desk: every project on one line, what needs attention first."""
    form, lines = _asked(request)
    context = {
        "form": form,
        "lines": lines,
        "filled_in": sum(line.project.is_filled_in for line in lines),
        "to_read": sum(len(line.to_read) for line in lines),
        "late": sum(len(line.late) for line in lines),
        "query": request.GET.urlencode(),
        "may_edit": request.user.may(Permission.EDIT_PROJECTS),
        "reviews": request.user.may(Permission.REVIEW_REPORTS),
        "calls": Call.objects.order_by("-year", "title"),
    }
    return render(request, "projects/agency_table.html", context)


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency_csv(request):
    """The same table, with the same filter, as CSV."""
    return csv_response(_name(), HEADER, _rows(_asked(request)[1]))


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency_xlsx(request):
    """The same for a spreadsheet, with amounts that can be counted with."""
    return xlsx_response(_name(), HEADER, _rows(_asked(request)[1]))


def _asked(request) -> tuple[DeskFilter, list[Line]]:
    form = DeskFilter(request.GET)
    projects = form.narrow(followed_by(request.user)).order_by("-call__year", "name")
    return form, lines_of(projects, today=timezone.localdate(), year=form.year)


def _name() -> str:
    return f"projecten-{timezone.localdate():%Y-%m-%d}"


def _rows(lines: Iterable[Line]) -> Iterator[list[Any]]:
    """One project a line; what is not published stays empty."""
    for line in lines:
        project, due = line.project, line.next_report
        yield [
            project.name,
            project.title,
            project.call.title,
            project.get_status_display(),
            ", ".join(project.places),
            project.house.name if project.house else "",
            ", ".join(project.goal_labels),
            len(project.objectives.all()),
            project.is_filled_in,
            ", ".join(label for label, _ in line.badges),
            ", ".join(f"{number} {label}" for label, number in line.states),
            len(line.late),
            line.waits,
            line.points,
            line.budget / 100,
            line.spent / 100,
            due.due_on if due else "",
        ]
