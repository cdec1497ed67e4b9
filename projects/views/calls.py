"""Programmes and their calls, kept by the agency: facts, rules, criteria, guidance, and letting Houses read it."""

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.call import (
    CallError,
    change_call,
    change_programme,
    create_call,
    create_programme,
    publish_call,
    set_criteria,
    set_guides,
    what_is_missing,
)
from projects.forms.call import CallForm, CriteriaForms, GuidesForm, ProgrammeForm
from projects.models import Call, Programme

LEAD = Permission.LEAD_CALLS


@require_safe
@allow(LEAD)
def programme_list(request):
    """Every programme with its calls, where each stands and how many applications there are."""
    calls = Call.objects.annotate(asked=Count("applications")).order_by("-year", "pk")
    programmes = Programme.objects.order_by("name", "pk").prefetch_related(Prefetch("calls", calls))
    now = timezone.now()
    rows = [(each, [(call, call.phase(now)) for call in each.calls.all()]) for each in programmes]
    return render(request, "projects/programme_list.html", {"programmes": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def programme_create(request):
    """A new programme."""
    form = ProgrammeForm(request.POST or None)
    if form.is_bound and form.is_valid() and _try(request, form, create_programme, facts=form.facts):
        return redirect("programme_list")
    return _form(request, form, title="Een nieuw programma")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def programme_edit(request, pk):
    """Name, legal basis, days and budget of a programme."""
    programme = get_object_or_404(Programme, pk=pk)
    form = ProgrammeForm(request.POST or None, instance=programme)
    if request.method == "POST" and form.is_valid():
        change_programme(programme=programme, facts=form.facts, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect("programme_list")
    return _form(request, form, title="Wijzig het programma")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def call_create(request, pk):
    """A new call of a programme; only the agency sees it until it is made public."""
    programme = get_object_or_404(Programme, pk=pk)
    form = CallForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"programme": programme, "facts": form.facts, "municipalities": form.municipalities}
        call = _try(request, form, create_call, **facts)
        if call:
            return redirect("call_criteria", call.pk)
    return _form(request, form, title=f"Een nieuwe oproep: {programme}")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def call_rules(request, pk):
    """The rules of a call, with what is still missing before everybody may read it."""
    call = get_object_or_404(Call.objects.select_related("programme"), pk=pk)
    form = CallForm(request.POST or None, instance=call, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        facts = {"call": call, "facts": form.facts, "municipalities": form.municipalities}
        if _try(request, form, change_call, **facts):
            return redirect("call_rules", pk)
    now, stored = timezone.now(), Call.objects.get(pk=pk)
    context = {
        "call": stored,
        "form": form,
        "phase": stored.phase(now),
        "missing": what_is_missing(stored, now=now),
    }
    return render(request, "projects/call_rules.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def call_criteria(request, pk):
    """By what the jury judges; weights that are 100 together."""
    call = get_object_or_404(Call, pk=pk)
    initial = list(call.criteria.order_by("number").values("name", "guide", "weight"))
    forms = CriteriaForms(request.POST or None, initial=initial)
    if request.method == "POST" and forms.is_valid():
        carry_out(request, "Bewaard.", set_criteria, CallError, call=call, criteria=forms.weighed)
        return redirect("call_criteria", pk)
    wrong = forms.is_bound
    return render(
        request, "projects/call_criteria.html", {"call": call, "forms": forms}, status=422 if wrong else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def call_guides(request, pk):
    """What helps Houses at each step of the application."""
    call = get_object_or_404(Call, pk=pk)
    form = GuidesForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        set_guides(call=call, guides=form.guides, by=request.user, now=timezone.now())
        messages.success(request, "Bewaard.")
        return redirect("call_guides", pk)
    context = {"call": call, "form": form}
    return render(request, "projects/call_guides.html", context, status=422 if form.errors else 200)


@require_POST
@allow(LEAD)
def call_publish(request, pk):
    """Let everybody read it."""
    call, done = get_object_or_404(Call, pk=pk), "De oproep is bekendgemaakt. Iedereen kan ze nu lezen."
    carry_out(request, done, publish_call, CallError, call=call)
    return redirect("call_rules", pk)


def _form(request, form, **context):
    context |= {"form": form}
    return render(request, "projects/programme_edit.html", context, status=422 if form.errors else 200)


def _try(request, form, action, **facts):
    """The row that came of it, or None with the reason at the form."""
    try:
        row = action(**facts, by=request.user, now=timezone.now())
    except CallError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, "Bewaard.")
    return row
