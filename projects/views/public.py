"""The projects as everybody may read them."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.shared_pages import shared
from projects.forms import ProjectFilter
from projects.models import Project


@require_safe
@public
@shared
def project_list(request):
    """All projects that were selected, by call, with a search and a province."""
    form = ProjectFilter(request.GET)
    rows = Project.objects.public().select_related("call__programme", "house").with_places()
    projects = form.narrow(rows).order_by("-call__year", "call_id", "name")
    return render(request, "projects/project_list.html", {"form": form, "projects": projects})


@require_safe
@public
@shared
def project_detail(request, slug):
    """One project: where, what it wants, and where we know it from."""
    rows = Project.objects.public().select_related("call__programme", "house").with_places()
    project = get_object_or_404(rows, slug=slug)
    objectives = project.objectives.order_by("number").prefetch_related("targets")
    return render(request, "projects/project_detail.html", {"project": project, "objectives": objectives})
