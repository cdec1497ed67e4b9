"""The plan of a project: milestones, risks, what was agreed to do, and its meetings."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.models import Event
from huizen.roles import Permission
from huizen.views.carry_out import carry_out, carry_out_form
from projects.actions.plan import (
    PlanError,
    add_milestone,
    add_risk,
    close_risk,
    edit_milestone,
    edit_risk,
    reach_milestone,
    remove_milestone,
)
from projects.forms.plan import MilestoneForm, ReachedForm, RiskForm
from projects.meetings import actions_of, meetings_of
from projects.models import Milestone, Project, Risk
from projects.views.desk import project_of

EDIT = Permission.EDIT_PROJECTS
#: So many meetings to come, and so many that are over.
MEETINGS = 6


@require_safe
@allow(EDIT)
def project_plan(request, slug):
    """Everything that is planned, feared and agreed, what asks for attention first."""
    project, now = project_of(request, slug), timezone.now()
    today = timezone.localdate(now)
    milestones = list(project.milestones.order_by("done_on", "planned_for", "pk"))
    for milestone in milestones:
        milestone.late = milestone.is_late(today=today)
    risks = project.risks.select_related("owner").order_by("closed_on", "pk")
    points = actions_of(project).with_owner().order_by("state", "due_on", "pk")
    context = {
        "project": project,
        "milestones": sorted(milestones, key=lambda each: bool(each.done_on)),
        "risks": sorted(risks, key=lambda risk: (not risk.is_open, -risk.weight)),
        "points": [(point, point.is_late(today=today)) for point in points],
        "coming": meetings_of(project).coming(now=now).order_by("starts_at", "pk")[:MEETINGS],
        "past": meetings_of(project).past(now=now).order_by("-starts_at", "-pk")[:MEETINGS],
        "plans": project.house in request.user.houses_where(Permission.PLAN_MEETINGS),
    }
    return render(request, "projects/project_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def milestone_create(request, slug):
    """Something more to have reached by a day."""
    project = project_of(request, slug)
    form = MilestoneForm(request.POST or None, instance=Milestone(project=project))
    if _done(request, form, "De mijlpaal staat erbij.", add_milestone, project=project):
        return redirect("project_plan", slug)
    return _show(request, project, form, "Een nieuwe mijlpaal")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def milestone_edit(request, slug, pk):
    """Other words or another day; taken away with the other button."""
    project = project_of(request, slug)
    milestone = get_object_or_404(project.milestones.select_related("project"), pk=pk)
    if request.method == "POST" and "weg" in request.POST:
        return _act(request, slug, "De mijlpaal is weg.", remove_milestone, milestone=milestone)
    form = MilestoneForm(request.POST or None, instance=project.milestones.get(pk=pk))
    if _done(request, form, "Bewaard.", edit_milestone, milestone=milestone):
        return redirect("project_plan", slug)
    return _show(
        request, project, form, "Wijzig de mijlpaal", row=milestone, may_remove=not milestone.done_on
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def milestone_reach(request, pk):
    """The day on which it was reached; or, with the other button, not yet after all."""
    mine = Project.objects.editable_by(request.user)
    milestone = get_object_or_404(Milestone.objects.select_related("project"), pk=pk, project__in=mine)
    project, slug, today = milestone.project, milestone.project.slug, timezone.localdate()
    if request.method == "POST" and "toch-niet" in request.POST:
        facts = {"milestone": milestone, "done_on": None}
        return _act(request, slug, "De mijlpaal staat weer open.", reach_milestone, **facts)
    form = ReachedForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_bound and form.is_valid():
        facts = {"milestone": milestone, **form.cleaned_data}
        return _act(request, slug, "Mooi. De mijlpaal is bereikt.", reach_milestone, **facts)
    return _show(request, project, form, f"Bereikt: {milestone}", reached=milestone)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def risk_create(request, slug):
    """Something more that can go wrong."""
    project = project_of(request, slug)
    form = RiskForm(request.POST or None, instance=Risk(project=project))
    if _done(request, form, "Het risico staat erbij.", add_risk, project=project):
        return redirect("project_plan", slug)
    return _show(request, project, form, "Een nieuw risico")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(EDIT)
def risk_edit(request, slug, pk):
    """Weighed otherwise, with what stood there before beneath it."""
    project = project_of(request, slug)
    risk = get_object_or_404(project.risks.select_related("project"), pk=pk)
    form = RiskForm(request.POST or None, instance=project.risks.select_related("project").get(pk=pk))
    if _done(request, form, "Bewaard.", edit_risk, risk=risk):
        return redirect("project_plan", slug)
    events = Event.objects.filter(subject_type=Risk._meta.label_lower, subject_id=str(risk.pk))
    events = events.select_related("actor", "house").order_by("-at", "-pk")
    return _show(request, project, form, "Wijzig het risico", row=risk, events=events)


@require_POST
@allow(EDIT)
def risk_close(request, slug, pk):
    """Over, or open again after all."""
    risk = get_object_or_404(project_of(request, slug).risks.select_related("project"), pk=pk)
    is_over = "toch-niet" not in request.POST
    done = "Het risico is voorbij." if is_over else "Het risico staat weer open."
    closed_on = timezone.localdate() if is_over else None
    return _act(request, slug, done, close_risk, risk=risk, closed_on=closed_on)


def _done(request, form, done: str, action, **facts) -> bool:
    """Whether the form was sent and carried out; what stops it stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    return carry_out_form(request, form, done, action, PlanError, facts=form.cleaned_data, **facts)


def _act(request, slug, done: str, action, **facts):
    carry_out(request, done, action, PlanError, **facts)
    return redirect("project_plan", slug)


def _show(request, project: Project, form, title: str, **context):
    context |= {"project": project, "form": form, "title": title}
    return render(request, "projects/plan_edit.html", context, status=422 if form.errors else 200)
