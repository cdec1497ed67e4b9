"""The money of a project: everybody of the project reads it, the agency keeps it."""

from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.budget import BudgetError, add_instalment, add_line, remove_instalment, remove_line
from projects.forms.budget import BudgetLineForm, InstalmentForm
from projects.models import BudgetLine, Instalment, Project
from projects.revised_budget import revised_budget
from projects.views.desk import project_of

KEEP = Permission.REVIEW_REPORTS


@require_safe
@allow(Permission.EDIT_PROJECTS)
def budget(request, slug):
    """The lines by working year and who pays, and the parts in which it is paid."""
    return _page(request, project_of(request, slug))


@require_POST
@allow(KEEP)
def budget_add(request, slug):
    """One more line."""
    project = project_of(request, slug)
    form = BudgetLineForm(request.POST, project=project)
    if _added(request, form, "De lijn staat erbij.", add_line, project=project):
        return redirect("budget", slug)
    return _page(request, project, line_form=form)


@require_POST
@allow(KEEP)
def budget_remove(request, pk):
    """A line away."""
    mine = Project.objects.editable_by(request.user)
    line = get_object_or_404(BudgetLine.objects.select_related("project"), pk=pk, project__in=mine)
    return _act(request, line.project.slug, "De lijn is weg.", remove_line, line=line)


@require_POST
@allow(KEEP)
def instalment_add(request, slug):
    """A part of the money that a report releases."""
    project = project_of(request, slug)
    form = InstalmentForm(request.POST, project=project)
    if _added(request, form, "De schijf staat erbij.", add_instalment):
        return redirect("budget", slug)
    return _page(request, project, instalment_form=form)


@require_POST
@allow(KEEP)
def instalment_remove(request, pk):
    """A part away that was a mistake, as long as it was not released."""
    mine = Project.objects.editable_by(request.user)
    rows = Instalment.objects.select_related("project", "report__period__call")
    row = get_object_or_404(rows, pk=pk, project__in=mine)
    return _act(request, row.project.slug, "De schijf is weg.", remove_instalment, instalment=row)


def _added(request, form, done: str, action, **facts) -> bool:
    """Whether it was done; what stops it stands in the form, with what was typed."""
    return form.is_valid() and carry_out_form(
        request, form, done, action, BudgetError, field="cents", **facts, **form.cleaned_data
    )


def _act(request, slug: str, done: str, action, **facts):
    carry_out(request, done, action, BudgetError, **facts)
    return redirect("budget", slug)


def _page(request, project: Project, line_form=None, instalment_form=None):
    lines = project.budget_lines.order_by("number", "source", "what")
    instalments = project.instalments.select_related("report__period__call", "report__project")
    keeps = request.user.may(KEEP)
    revised = revised_budget(project)
    context = {
        "project": project,
        "lines": revised.lines,
        "revised": revised.is_revised,
        "gone": revised.gone,
        "total": lines.aggregate(budget=Sum("cents"), spent=Sum("spent")),
        "instalments": instalments.order_by("report__period__due_on", "pk"),
        "keeps": keeps,
        "line_form": line_form or BudgetLineForm(project=project),
        "instalment_form": instalment_form or InstalmentForm(project=project),
    }
    wrong = any(form.errors for form in (line_form, instalment_form) if form)
    return render(request, "projects/budget.html", context, status=422 if wrong else 200)
