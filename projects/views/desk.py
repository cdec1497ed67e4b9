"""Filling in a project: a coordinator her House's, an officer any."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.reach import total_of
from huizen.access import allow
from huizen.models import House
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.project import (
    ObjectiveError,
    add_objective,
    edit_objective,
    edit_project,
    move_objective,
    remove_objective,
)
from projects.forms import ObjectiveForm, ProjectForm, TargetForms
from projects.models import Objective, Project
from projects.plan import attention_of


@require_safe
@allow(Permission.EDIT_HOUSE)
def project_desk(request):
    """The projects of the person's Houses."""
    houses = House.objects.where(request.user, Permission.EDIT_HOUSE)
    rows = Project.objects.filter(house__in=houses).select_related("call", "house").with_places()
    projects = list(rows.prefetch_related("objectives").order_by("name"))
    attention = attention_of(projects, today=timezone.localdate())
    for project in projects:
        project.attention = attention[project.pk]
    return render(request, "projects/project_desk.html", {"projects": projects})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PROJECTS)
def project_edit(request, slug):
    """Title, summary and policy goals, with the list of objectives beside it."""
    project = project_of(request, slug)
    form = ProjectForm(request.POST or None, instance=project)
    if request.method == "POST" and form.is_valid():
        facts = {"project": project, "facts": form.cleaned_data, "field": "policy_goals"}
        if carry_out_form(request, form, "Bewaard.", edit_project, ObjectiveError, **facts):
            return redirect("project_edit", slug)
    objectives = project.objectives.order_by("number").prefetch_related("targets")
    year = timezone.localdate().year
    context = {
        "project": Project.objects.get(pk=project.pk),
        "form": form,
        "objectives": objectives,
        "year": year,
        "reach": total_of(project.house, year=year) if project.house else None,
    }
    return render(request, "projects/project_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PROJECTS)
def objective_create(request, slug):
    """A new objective, after the others."""
    project = project_of(request, slug)
    form, targets = objective_forms(request, Objective(project=project))
    if request.method == "POST" and valid(form, targets):
        facts = {**form.cleaned_data, "targets": targets.pairs}
        return act(request, slug, add_objective, "Het doel staat in de lijst.", project=project, **facts)
    return render(
        request, "projects/objective_edit.html", {"project": project, "form": form, "targets": targets}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PROJECTS)
def objective_edit(request, slug, pk):
    """Other words or other targets for one objective."""
    objective = objective_of(request, slug, pk)
    form, targets = objective_forms(request, objective)
    if request.method == "POST" and valid(form, targets):
        facts = {"objective": objective, **form.cleaned_data, "targets": targets.pairs}
        if carry_out_form(request, form, "Bewaard.", edit_objective, ObjectiveError, **facts):
            return redirect("project_edit", slug)
    context = {"project": objective.project, "objective": objective, "form": form, "targets": targets}
    return render(request, "projects/objective_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_PROJECTS)
def objective_remove(request, slug, pk):
    """A clear question first: what was written is gone after this."""
    objective = objective_of(request, slug, pk)
    if request.method == "POST":
        return act(request, slug, remove_objective, "Het doel is weg.", objective=objective)
    return render(
        request, "projects/objective_remove.html", {"project": objective.project, "objective": objective}
    )


@require_POST
@allow(Permission.EDIT_PROJECTS)
def objective_move(request, slug, pk):
    """One place up, or down."""
    objective = objective_of(request, slug, pk)
    step = -1 if request.POST.get("richting") == "omhoog" else 1
    return act(request, slug, move_objective, "De volgorde is bewaard.", objective=objective, step=step)


def act(request, slug, action, done, **facts):
    """Do it, say how it went, and go back to the project."""
    carry_out(request, done, action, ObjectiveError, **facts)
    return redirect("project_edit", slug)


def project_of(request, slug) -> Project:
    return get_object_or_404(
        Project.objects.editable_by(request.user).select_related("house", "call"), slug=slug
    )


def objective_of(request, slug, pk) -> Objective:
    projects = Project.objects.editable_by(request.user).filter(slug=slug)
    return get_object_or_404(Objective.objects.select_related("project"), project__in=projects, pk=pk)


def objective_forms(request, objective):
    """The objective and its targets, as typed or as they are."""
    data = request.POST if request.method == "POST" else None
    return ObjectiveForm(data, instance=objective), TargetForms(data, objective=objective, prefix="telbaar")


def valid(form, targets) -> bool:
    """Whether both are right; asks both, so that all mistakes show at once."""
    return all([form.is_valid(), targets.is_valid()])
