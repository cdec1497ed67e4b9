"""Who at the agency follows a project, and how far it is."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out_form
from projects.actions.follow import FollowError, follow_project
from projects.actions.people import officers
from projects.forms.follow import FollowForm
from projects.models import Project
from projects.plan import attention_of
from projects.views.desk import project_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.REVIEW_REPORTS)
def project_follow(request, slug):
    """Who follows a project, and its state."""
    project = project_of(request, slug)
    form = FollowForm(request.POST or None, instance=project_of(request, slug))
    if request.method == "POST" and form.is_valid() and _follow(request, project, form):
        return redirect("project_follow", slug)
    context = {"project": project, "form": form, "has_left": _has_left(project)}
    context["attention"] = attention_of([project], today=timezone.localdate())[project.pk]
    return render(request, "projects/project_follow.html", context, status=422 if form.errors else 200)


def _follow(request, project: Project, form: FollowForm) -> bool:
    done, facts = "Bewaard. De herinneringen volgen mee.", {"project": project, **form.cleaned_data}
    return carry_out_form(request, form, done, follow_project, FollowError, field="officer", **facts)


def _has_left(project: Project) -> bool:
    """Whether who follows it works at the agency no more."""
    return bool(project.officer_id) and not officers().filter(pk=project.officer_id).exists()
