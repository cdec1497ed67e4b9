"""How a project shows what it reaches: results, indicators, yardsticks, and the activities that count."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.indicator import (
    IndicatorError,
    add_indicator,
    decide_yardstick,
    link_activities,
    remove_indicator,
    set_yardstick,
)
from projects.forms.indicator import IndicatorForm, ProjectActivitiesForm, YardstickForm
from projects.models import Figure, Indicator, ObjectivePartner, Project, ResultStatement, Yardstick
from projects.progress import in_percent
from projects.views.desk import project_of

EDIT = Permission.EDIT_PROJECTS


@require_safe
@allow(EDIT)
def result_list(request, slug):
    """Objectives, their results, their indicators with what was reached each working year."""
    project = project_of(request, slug)
    context = {
        "project": project,
        "objectives": measured_objectives(project),
        "linked": project.activities.count(),
    }
    return render(request, "projects/result_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def indicator_create(request, slug, pk):
    """A new indicator under a result, of the programme or of the project's own."""
    project = project_of(request, slug)
    result = get_object_or_404(
        ResultStatement.objects.select_related("objective__project__call"), objective__project=project, pk=pk
    )
    programme = result.objective.project.call.programme_id
    form = IndicatorForm(request.POST or None, instance=Indicator(result=result), programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_indicator(result=result, facts=form.cleaned_data, by=request.user, now=timezone.now())
        except IndicatorError as error:
            form.add_error("template", str(error))
        else:
            return redirect("yardstick", slug, made.pk)
    context = {"project": project, "form": form, "title": "Een nieuwe indicator", "about": result}
    return render(request, "projects/result_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def yardstick(request, slug, pk):
    """Where an indicator begins and what it aims at; the first time at once, later with a reason and approval.

    The other button takes the indicator away.
    """
    project = project_of(request, slug)
    rows = Indicator.objects.select_related("result__objective__project__call")
    indicator = get_object_or_404(rows, result__objective__project=project, pk=pk)
    if request.method == "POST" and "weg" in request.POST:
        done = "De indicator is weg."
        carry_out(request, done, remove_indicator, IndicatorError, indicator=indicator)
        return redirect("result_list", slug)
    editions = list(indicator.yardsticks.select_related("set_by", "decided_by").order_by("-edition"))
    standing = next((each for each in editions if each.state == Yardstick.State.STANDING), None)
    about = {"standing": standing, "years": project.years, "today": timezone.localdate()}
    form = YardstickForm(request.POST or None, indicator=indicator, **about)
    if request.method == "POST" and form.is_valid():
        try:
            made = set_yardstick(indicator=indicator, **form.facts, by=request.user, now=timezone.now())
        except IndicatorError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"De meetlat {made.get_state_display()}.")
            return redirect("result_list", slug)
    context = {"project": project, "indicator": indicator, "form": form, "editions": editions}
    context["decides"] = request.user.may(Permission.REVIEW_REPORTS)
    context["may_remove"] = not indicator.figures.exists()
    return render(request, "projects/yardstick_edit.html", context)


@require_POST
@allow(Permission.REVIEW_REPORTS)
def yardstick_decide(request, pk):
    """The agency lets a new yardstick stand, or not."""
    mine = Project.objects.editable_by(request.user)
    rows = Yardstick.objects.select_related("indicator__result__objective__project")
    found = get_object_or_404(rows, pk=pk, indicator__result__objective__project__in=mine)
    answer = request.POST.get("antwoord")
    if answer in ("ja", "nee"):
        facts, done = {"yardstick": found, "approved": answer == "ja"}, "Je beslissing is bewaard."
        carry_out(request, done, decide_yardstick, IndicatorError, **facts)
    else:
        messages.error(request, "Zeg ja of nee.")
    indicator = found.indicator
    return redirect("yardstick", indicator.result.objective.project.slug, indicator.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def project_activities(request, slug):
    """Which activities of the House belong to the project."""
    project = project_of(request, slug)
    form = ProjectActivitiesForm(request.POST if request.method == "POST" else None, project=project)
    if request.method == "POST" and form.is_valid():
        link_activities(project=project, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard. Hiervan telt het portaal mee.")
        return redirect("result_list", slug)
    return render(request, "projects/project_activities.html", {"project": project, "form": form})


def measured_objectives(project: Project) -> list[tuple]:
    """Each objective with its results, their indicators, the yardstick that stands and what was reached (a fixed number of queries)."""
    indicators = Indicator.objects.order_by("pk").prefetch_related(
        Prefetch("yardsticks", Yardstick.objects.order_by("edition")),
        Prefetch("figures", Figure.objects.select_related("yardstick").order_by("number")),
    )
    objectives = project.objectives.order_by("number").prefetch_related(
        Prefetch("partners", ObjectivePartner.objects.select_related("organisation").order_by("-role", "pk")),
        Prefetch("results", ResultStatement.objects.select_related("contributes_to").order_by("pk")),
        Prefetch("results__indicators", indicators),
    )
    return [(objective, _results(objective)) for objective in objectives]


def _results(objective) -> list[tuple]:
    return [
        (result, [(each, _standing(each), _reached(each)) for each in result.indicators.all()])
        for result in objective.results.all()
    ]


def _standing(indicator: Indicator) -> Yardstick | None:
    return next((each for each in indicator.yardsticks.all() if each.state == Yardstick.State.STANDING), None)


def _reached(indicator: Indicator) -> list[tuple[Figure, str]]:
    """Each accepted figure with how far it was on the yardstick of then."""
    return [(figure, in_percent(figure.share)) for figure in indicator.figures.all()]
