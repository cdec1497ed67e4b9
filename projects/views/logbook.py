"""`/opgroeien/projecten/…/logboek/`: who did what in one project."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from projects.forms.logbook import ProjectLogbookFilter
from projects.history import events_of
from projects.models import Project


@require_safe
@allow(Permission.REVIEW_REPORTS)
def project_logbook(request, slug):
    """Fifty acts a page, the newest first."""
    projects = Project.objects.visible_to(request.user).select_related("call")
    project = get_object_or_404(projects, slug=slug)
    events = events_of(project)
    form = ProjectLogbookFilter(request.GET, events=events)
    rows = form.narrow(events).select_related("actor", "house").order_by("-at", "-pk")
    context = {"project": project, "form": form, "page": page_of(request, rows)}
    return render(request, "projects/project_logbook.html", context)
