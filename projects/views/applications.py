"""A House asks for a project: the calls that it can read, and its application step by step."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from projects.actions.application import (
    ApplicationError,
    ClosedError,
    MovedOnError,
    begin_application,
    save_application,
)
from projects.application.parts import Step
from projects.application.standing import Standing, standing_of
from projects.forms.application import BeginForm, StepForm, step_form
from projects.forms.typed import typed_in
from projects.models import Application, Call, CallPhase
from projects.typed import mark_of
from projects.views.announced import facts_of_call
from projects.views.autosave import autosave

APPLY = Permission.APPLY


@require_safe
@allow(APPLY)
def open_calls(request):
    """The calls that Houses can read, and what the person's Houses asked in them."""
    now = timezone.now()
    calls = list(Call.objects.announced().select_related("programme").order_by("-closes_at", "pk"))
    mine = Application.objects.writable_by(request.user).whole().order_by("begun_at", "pk")
    shown = [(call, call.phase(now), [each for each in mine if each.call_id == call.pk]) for call in calls]
    return render(request, "projects/open_calls.html", {"calls": shown, "now": now})


@require_safe
@allow(APPLY)
def open_call(request, pk):
    """What a call asks: for whom, how much, until when, and by what the jury judges."""
    call = get_object_or_404(Call.objects.announced().select_related("programme"), pk=pk)
    houses = request.user.houses_where(APPLY)
    context = {
        "form": BeginForm(houses=houses),
        "houses": houses,
        "mine": Application.objects.writable_by(request.user).filter(call=call).whole().order_by("pk"),
    }
    return render(request, "projects/open_call.html", facts_of_call(call) | context)


@require_POST
@allow(APPLY)
def application_begin(request, pk):
    """A draft for one of her Houses; the one that it began already where there is one."""
    call = get_object_or_404(Call.objects.announced(), pk=pk)
    houses = request.user.houses_where(APPLY)
    form = BeginForm(request.POST if len(houses) > 1 else {"house": houses[0].pk}, houses=houses)
    if not form.is_valid():
        messages.warning(request, "Kies voor welk Huis je een project aanvraagt.")
        return redirect("open_call", pk)
    facts = {"call": call, "house": form.cleaned_data["house"]}
    try:
        row = begin_application(**facts, by=request.user, now=timezone.now())
    except ApplicationError as error:
        messages.warning(request, str(error))
        return redirect("open_call", pk)
    return redirect("application_step", row.pk, Step.WHO)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(APPLY)
def application_step(request, pk, step):
    """One step of the form; kept field by field as it is typed, or with the button."""
    step, row = step_named(step), application_of(request, pk)
    if request.method == "POST":
        if request.htmx:
            return autosave(request, partial(save_application, application=row), ApplicationError)
        return _post(request, row, step)
    now = timezone.now()
    if not row.is_draft or row.call.phase(now) != CallPhase.OPEN:
        return redirect("application", pk)
    if step == Step.FILES:
        return redirect("application_files", pk)
    standing = standing_of(row, today=timezone.localdate(now))
    asks = "nakijken" in request.GET
    return step_page(request, standing, step, step_form(standing, step, with_faults=asks))


def application_of(request, pk) -> Application:
    """An application of one of the person's Houses, or 404."""
    return get_object_or_404(Application.objects.writable_by(request.user).whole(), pk=pk)


def step_named(value: str) -> Step:
    """The step of an address; the first one for nonsense."""
    return Step(value) if value in Step.values else Step.WHO


def way(standing: Standing) -> list[tuple[Step, int]]:
    """The steps of the form with how many fields still miss something."""
    return [(step, len(standing.faults_in(step))) for step in Step]


def step_page(request, standing: Standing, step: Step, form: StepForm, others=None):
    """The page of one step."""
    row = standing.application
    context = {
        "application": row,
        "step": step,
        "way": way(standing),
        "guide": row.call.guides.get(step.value, ""),
        "form": form,
        "groups": form.groups(others or {}),
        "others": others,
    }
    return render(request, "projects/application_step.html", context)


def nothing_kept(request, row: Application, error: ApplicationError, typed):
    """It closed or was handed in meanwhile: says so, with what was typed, so that nothing is lost without a word."""
    lost = [one.text for one in typed.values() if one.text and mark_of(one.text) != one.seen]
    context = {"application": row, "error": error, "lost": lost}
    return render(request, "projects/application_closed.html", context, status=409)


def _post(request, row: Application, step: Step):
    typed, now = typed_in(request.POST), timezone.now()
    try:
        saved = save_application(application=row, typed=typed, by=request.user, now=now)
    except (ClosedError, MovedOnError) as error:
        return nothing_kept(request, row, error, typed)
    if saved.others:
        standing = standing_of(saved.application, today=timezone.localdate(now))
        parts = standing.parts_in(step)
        mine = standing.values | {key: typed[key].text for key in saved.others}
        return step_page(request, standing, step, StepForm(parts, mine), others=saved.others)
    if "verder" not in request.POST:
        messages.success(request, "Bewaard.")
        return redirect("application_step", row.pk, step)
    following = step.next
    return (
        redirect("application_step", row.pk, following)
        if following
        else redirect("application_check", row.pk)
    )
