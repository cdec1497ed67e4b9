"""What a project wants to see change, what it does, and how the one leads to the other."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.objective_ties import tie_objective
from projects.actions.project import ObjectiveError
from projects.actions.result import ResultError, add_result, edit_result, remove_result
from projects.forms.indicator import ResultForm
from projects.forms.objective_ties import TiesForm
from projects.models import ResultStatement
from projects.theory import theory_of
from projects.theory_picture import picture_of
from projects.views.desk import objective_of, project_of

EDIT = Permission.EDIT_PROJECTS


@require_safe
@allow(EDIT)
def project_theory(request, slug):
    """From what is counted to what the project wants to reach: as a list, and drawn."""
    project = project_of(request, slug)
    theory = theory_of(project)
    context = {"project": project, "theory": theory, "picture": theory and picture_of(theory)}
    return render(request, "projects/project_theory.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def objective_ties(request, slug, pk):
    """To which policy goals an objective belongs, and who answers for it."""
    objective = objective_of(request, slug, pk)
    form = TiesForm(request.POST if request.method == "POST" else None, objective=objective)
    if request.method == "POST" and form.is_valid():
        facts = {"field": "policy_goals", "objective": objective, **form.cleaned_data}
        if carry_out_form(request, form, "Bewaard.", tie_objective, ObjectiveError, **facts):
            return redirect("result_list", slug)
    context = {"project": objective.project, "objective": objective, "form": form}
    return render(request, "projects/objective_ties.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def result_create(request, slug, pk):
    """A new result under an objective."""
    objective = objective_of(request, slug, pk)
    form = ResultForm(request.POST or None, instance=ResultStatement(objective=objective))
    if request.method == "POST" and form.is_valid():
        facts = {"field": "contributes_to", "objective": objective, **form.cleaned_data}
        refusals = (ObjectiveError, ResultError)
        if carry_out_form(request, form, "Het resultaat staat erbij.", add_result, refusals, **facts):
            return redirect("result_list", slug)
    context = {"project": objective.project, "form": form, "title": "Een nieuw resultaat", "about": objective}
    return render(request, "projects/result_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def result_edit(request, slug, pk):
    """Another text, or another thing that it leads to."""
    result = _result(request, slug, pk)
    form = ResultForm(request.POST or None, instance=_result(request, slug, pk))
    if request.method == "POST" and form.is_valid():
        facts = {"field": "contributes_to", "result": result, **form.cleaned_data}
        if carry_out_form(request, form, "Bewaard.", edit_result, ResultError, **facts):
            return redirect("result_list", slug)
    objective = result.objective
    context = {"project": objective.project, "form": form, "title": "Wijzig het resultaat"}
    context |= {"about": objective, "result": result}
    return render(request, "projects/result_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def result_remove(request, slug, pk):
    """A clear question first: its indicators go along."""
    result = _result(request, slug, pk)
    if request.method == "POST":
        return _act(request, slug, "Het resultaat is weg.", remove_result, result=result)
    context = {"project": result.objective.project, "result": result}
    return render(request, "projects/result_remove.html", context | {"number": result.indicators.count()})


def _result(request, slug, pk) -> ResultStatement:
    rows = ResultStatement.objects.select_related("objective__project")
    return get_object_or_404(rows, objective__project=project_of(request, slug), pk=pk)


def _act(request, slug, done, action, **facts):
    """Do it, say how it went, and go back to the results."""
    carry_out(request, done, action, (ObjectiveError, ResultError), **facts)
    return redirect("result_list", slug)
