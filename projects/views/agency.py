"""All projects at a glance, for Opgroeien and ABB."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.spreadsheet import csv_response
from projects.forms import ProjectFilter
from projects.models import Project

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
]


def followed_by(user):
    """The projects that somebody of the agency follows, with all that the table shows."""
    rows = Project.objects.visible_to(user).select_related("call", "house").with_places()
    return rows.prefetch_related("objectives")


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency(request):
    """The table: where, which House, which goals, filled in or not."""
    form = ProjectFilter(request.GET)
    projects = list(form.narrow(followed_by(request.user)).order_by("-call__year", "name"))
    filled_in = sum(project.is_filled_in for project in projects)
    context = {
        "form": form,
        "projects": projects,
        "filled_in": filled_in,
        "query": request.GET.urlencode(),
        "may_edit": request.user.may(Permission.EDIT_PROJECTS),
    }
    return render(request, "projects/agency_table.html", context)


@require_safe
@allow(Permission.SEE_PROJECTS)
def agency_export(request):
    """The same table, with the same filter, as a file."""
    projects = ProjectFilter(request.GET).narrow(followed_by(request.user)).order_by("-call__year", "name")
    return csv_response(f"projecten-{timezone.localdate():%Y-%m-%d}", HEADER, map(line, projects))


def line(project: Project) -> list[str]:
    """One project as a line of the file; what is not published stays empty."""
    return [
        project.name,
        project.title,
        project.call.title,
        project.get_status_display(),
        ", ".join(project.places),
        project.house.name if project.house else "",
        ", ".join(project.goal_labels),
        str(len(project.objectives.all())),
        "ja" if project.is_filled_in else "nee",
    ]
