"""The applications of a call for the agency: who asked, admissibility, jury, ranking, decision and letter."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.listing import page_of
from huizen.models import Municipality
from huizen.roles import Permission
from huizen.views.carry_out import carry_out
from projects.actions.application import ApplicationError
from projects.actions.decision import check_admissibility, decide
from projects.actions.jury import JuryError, lift_conflict, seat_member, unseat_member
from projects.application.checks import Check, checklist, facts_of
from projects.application.flow import SELECTION, STEPS, Act
from projects.application.jury import ranked
from projects.application.parts import CONTACT
from projects.application.rules import area_of
from projects.flow import acts_of
from projects.forms.decision import AdmissionForm, DecisionForm, LiftForm, SeatForm
from projects.models import (
    Application,
    ApplicationFile,
    ApplicationVersion,
    Call,
    CallPhase,
    Judgement,
    JurySeat,
)
from projects.views.handing_in import letter_page, letter_paper, pdf_of, version_facts

LEAD = Permission.LEAD_CALLS


@require_safe
@allow(LEAD)
def call_applications(request, pk):
    """Every application that came in, with how far it is; drafts are only counted."""
    call = _call(pk)
    rows = call.applications.handed_in().select_related("house", "project").order_by("house__name", "pk")
    context = {
        "call": call,
        "phase": call.phase(timezone.now()),
        "page": page_of(request, rows),
        "drafts": call.applications.filter(state="draft").count(),
    }
    return render(request, "projects/call_applications.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def call_jury(request, pk):
    """Who sits in the jury, and the ranking that follows from what they said; sent to, somebody gets a place."""
    call = _call(pk)
    form = SeatForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        facts = {"call": call, "user": form.cleaned_data["user"]}
        return _act(request, "call_jury", pk, "Bewaard.", seat_member, **facts)
    seats = call.seats.filter(ended_at=None).select_related("user").order_by("number")
    conflicts = Judgement.objects.filter(seat__call=call, has_conflict=True).select_related(
        "seat__user", "application"
    )
    context = {"call": call, "form": form, "seats": seats, "lines": ranked(call)}
    context["conflicts"] = conflicts.order_by("application__title", "seat__number")
    return render(request, "projects/call_jury.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(LEAD)
def conflict_lift(request, pk):
    """Take back a conflict of interest that was declared by mistake, with the reason."""
    rows = Judgement.objects.select_related("seat__user", "application__call", "application__house")
    said = get_object_or_404(rows, pk=pk)
    call, form = said.application.call, LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"judgement": said, "reason": form.cleaned_data["reason"]}
        return _act(
            request, "call_jury", call.pk, "Het belangenconflict is opgeheven.", lift_conflict, **facts
        )
    if not said.has_conflict:
        return redirect("call_jury", call.pk)
    context = {"call": call, "said": said, "form": form}
    return render(request, "projects/jury_conflict.html", context, status=422 if form.errors else 200)


@require_POST
@allow(LEAD)
def jury_seat_end(request, pk):
    """Take somebody out of a jury."""
    seat = get_object_or_404(JurySeat.objects.select_related("call", "user"), pk=pk)
    return _act(request, "call_jury", seat.call_id, "Bewaard.", unseat_member, seat=seat)


@require_safe
@allow(LEAD)
def application_review(request, pk):
    """What was handed in, beside what is decided about it now."""
    return _review(request, _application(pk))


@require_POST
@allow(LEAD)
def application_admit(request, pk):
    """The checklist: admissible, or not and why."""
    row = _application(pk)
    version = row.versions.get(number=row.versions_made)
    form = AdmissionForm(request.POST, checks=_checks(row, version))
    if not form.is_valid():
        return _review(request, row, admission=form)
    facts = {"application": row, "version": form.cleaned_data["version"], "checks": form.checked}
    return _decide(request, row, form, check_admissibility, reason=form.cleaned_data["reason"], **facts)


@require_POST
@allow(LEAD)
def application_decide(request, pk):
    """Selected, on the reserve list or not selected, and why."""
    row = _application(pk)
    form = DecisionForm(request.POST, acts=_acts(request, row))
    if not form.is_valid():
        return _review(request, row, decision=form)
    found = form.cleaned_data
    facts = {
        "application": row,
        "act": Act(found["act"]),
        "version": found["version"],
        "reason": found["reason"],
    }
    return _decide(request, row, form, decide, **facts)


@require_safe
@allow(LEAD)
def application_review_letter(request, pk):
    """The letter about the last decision, as the House got it."""
    return letter_page(request, _application(pk), paper="application_review_letter_paper")


@require_safe
@allow(LEAD)
def application_review_letter_paper(request, pk):
    """The same letter as PDF, for who sends it."""
    return letter_paper(_application(pk))


@require_safe
@allow(LEAD)
def application_review_file(request, pk, number):
    """A document that was handed in."""
    row = _application(pk)
    if not row.versions.filter(content__files__contains=[{"id": number}]).exists():
        raise Http404
    return pdf_of(get_object_or_404(ApplicationFile, pk=number, application=row))


def _review(request, row: Application, admission=None, decision=None):
    facts, acts = version_facts(row), _acts(request, row)
    is_closed = row.call.phase(timezone.now()) == CallPhase.CLOSED
    seen = {"version": row.versions_made}
    if is_closed and Act.ADMIT in acts and admission is None:
        admission = AdmissionForm(initial=seen, checks=_checks(row, facts["version"]))
    if is_closed and acts & set(SELECTION) and decision is None:
        decision = DecisionForm(initial=seen, acts=acts)
    line = next((each for each in ranked(row.call) if each.application.pk == row.pk), None)
    context = {
        "application": row,
        "call": row.call,
        "admission": admission,
        "decision": decision,
        "line": line,
    }
    context |= facts | {"is_closed": is_closed, "contact": contact_of(row)}
    wrong = any(form and form.errors for form in (admission, decision))
    return render(request, "projects/application_review.html", context, status=422 if wrong else 200)


def contact_of(row: Application) -> list[str]:
    """Name, address and telephone of who can be asked; nothing once they were wiped."""
    return [row.draft[key] for key in CONTACT if row.draft.get(key)]


def _decide(request, row: Application, form, action, **facts):
    try:
        made = action(**facts, by=request.user, now=timezone.now())
    except ApplicationError as error:
        form.add_error(None, str(error))
        key = "admission" if isinstance(form, AdmissionForm) else "decision"
        return _review(request, _application(row.pk), **{key: form})
    messages.success(request, f"Beslist: {made.get_kind_display()}. De brief is verstuurd.")
    return redirect("application_review", row.pk)


def _act(request, page: str, pk: int, done: str, action, **facts):
    carry_out(request, done, action, JuryError, **facts)
    return redirect(page, pk)


def _checks(row: Application, version: ApplicationVersion) -> list[Check]:
    places = Municipality.objects.filter(pk__in=version.content["facts"]["places"]).order_by("name")
    return checklist(row.call, facts_of(version, places), version, area_of(row.call))


def _acts(request, row: Application) -> set[Act]:
    return acts_of(STEPS, row.state, request.user.may)


def _call(pk) -> Call:
    return get_object_or_404(Call.objects.select_related("programme"), pk=pk)


def _application(pk) -> Application:
    return get_object_or_404(Application.objects.handed_in().whole(), pk=pk)
