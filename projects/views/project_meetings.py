"""Which meetings belong to a project, and what was agreed for it to do."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huizen.access import allow
from huizen.roles import Permission
from partners.actions.action_point import settle_action
from partners.forms.action_point import ActionForm, Owners
from partners.models import ActionPoint
from projects.actions.project_meetings import agree_for_project, choose_meetings
from projects.forms.plan import ProjectMeetingsForm
from projects.meetings import actions_of
from projects.models import Project
from projects.views.desk import project_of

EDIT = Permission.EDIT_PROJECTS
State = ActionPoint.State


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def project_meetings(request, slug):
    """The group that meets about a project, and other meetings that were about it."""
    project = _planned(request, slug)
    form = ProjectMeetingsForm(request.POST if request.method == "POST" else None, project=project)
    if form.is_bound and form.is_valid():
        choose_meetings(project=project, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard. Wat daar afgesproken wordt, staat bij het project.")
        return redirect("project_plan", slug)
    context = {"project": project, "form": form, "title": "Overleg over dit project"}
    return render(request, "projects/plan_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def project_action_create(request, slug):
    """Something to do for the project, agreed outside a meeting."""
    project, today = _planned(request, slug), timezone.localdate()
    sent = request.POST if request.method == "POST" else None
    form = ActionForm(sent, owners=Owners(project.house, None), today=today)
    if form.is_bound and form.is_valid():
        agree_for_project(project=project, agreed=form.agreed, by=request.user, now=timezone.now())
        messages.success(request, "Afgesproken. Wie het doet, krijgt een herinnering.")
        return redirect("project_plan", slug)
    context = {"project": project, "form": form, "title": "Een nieuw actiepunt"}
    return render(request, "projects/plan_edit.html", context, status=422 if form.errors else 200)


@require_POST
@allow(EDIT)
def project_action_settle(request, slug, pk):
    """Done, or open again after all."""
    project = _planned(request, slug)
    rows = ActionPoint.objects.editable_by(request.user)
    point = get_object_or_404(rows, pk__in=actions_of(project).filter(pk=pk).values("pk"))
    state = State.OPEN if request.POST.get("staat") == State.OPEN else State.DONE
    settle_action(point=point, state=state, by=request.user, now=timezone.now())
    messages.success(request, f"{point}: {state.label}.")
    return redirect("project_plan", slug)


def _planned(request, slug) -> Project:
    """A project of a House in which the person plans meetings; the agency does not plan those of a House."""
    project = project_of(request, slug)
    if not project.house or not request.user.may_in(Permission.PLAN_MEETINGS, project.house):
        raise PermissionDenied
    return project
