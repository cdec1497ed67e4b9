"""`/beheer/voorstellen/`: what partners propose, with the difference; the coordinator decides, the editor follows it."""

from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities.actions import proposal as actions
from activities.actions.approval import decides, needs_approval
from activities.actions.approve import approve, clashes, present_facts, seen_mark
from activities.actions.offer import OfferError
from activities.actions.proposal import ProposalError
from activities.actions.schedule_plan import Wish, foresee
from activities.actions.session_lock import BusyError
from activities.forms.proposal import AnswerForm, DeclineForm, QuestionForm
from activities.models import Proposal
from activities.offer_facts import RULES, field_differences, in_words, names_in, rules_from, snapshot
from activities.views.offer_schedule import shown_plan
from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission
from huizen.views.carry_out import carry_out

State = Proposal.State
REFUSALS = (ProposalError, OfferError, BusyError)


@require_safe
@allow(Permission.EDIT_OFFER)
def proposal_list(request):
    """What waits first, then what was decided; the newest first."""
    waits_first = Case(
        When(state=State.WAITING, then=Value(0)),
        When(state=State.ASKED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Proposal.objects.editable_by(request.user).select_related(
        "activity__house", "activity__organiser", "by"
    )
    page = page_of(request, rows.order_by(waits_first, "-at", "-pk"))
    return render(request, "activities/proposal_list.html", {"page": page})


@require_safe
@allow(Permission.EDIT_OFFER)
def proposal_detail(request, pk):
    """The difference, and what can be done with it."""
    return _show(request, _proposal(request, pk))


@require_POST
@allow(Permission.APPROVE_OFFER)
def proposal_approve(request, pk):
    """It comes online, where the coordinator saw what it is now."""
    proposal = _proposal(request, pk)
    chosen = {name: request.POST.get(f"keuze-{name}") for name in proposal.facts}
    seen = request.POST.get("gezien", "")
    try:
        activity = approve(proposal=proposal, seen=seen, chosen=chosen, by=request.user, now=timezone.now())
    except REFUSALS as error:
        messages.error(request, str(error))
        return redirect("proposal_detail", pk)
    messages.success(request, f"{activity.title} staat online zoals voorgesteld. De partner krijgt een mail.")
    return redirect("proposal_list")


@require_POST
@allow(Permission.APPROVE_OFFER)
def proposal_ask(request, pk):
    """A question back to the editor."""
    return _say(request, pk, QuestionForm, "question_form", actions.ask_back, "Je vraag is verstuurd.")


@require_POST
@allow(Permission.APPROVE_OFFER)
def proposal_decline(request, pk):
    """Not this way; with the reason."""
    done = "Niet goedgekeurd. De partner krijgt een mail met de reden."
    return _say(request, pk, DeclineForm, "decline_form", actions.decline, done)


@require_POST
@allow(Permission.EDIT_OFFER)
def proposal_answer(request, pk):
    """The editor answers the question."""
    return _say(request, pk, AnswerForm, "answer_form", actions.answer, "Je antwoord is bij de coördinator.")


@require_POST
@allow(Permission.EDIT_OFFER)
def proposal_take_back(request, pk):
    """The editor takes it back; parents read on what they read."""
    proposal = _proposal(request, pk)
    carry_out(request, "Het voorstel is teruggenomen.", actions.take_back, REFUSALS, proposal=proposal)
    return redirect("proposal_detail", pk)


def _say(request, pk, form_class, name, act, done):
    """One text, one act; what was typed stays where it cannot be."""
    proposal, form = _proposal(request, pk), form_class(request.POST)
    if form.is_valid():
        try:
            act(proposal=proposal, by=request.user, now=timezone.now(), **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("proposal_detail", pk)
    return _show(request, proposal, **{name: form})


def _show(request, proposal, **forms):
    activity, user = proposal.activity, request.user
    present = present_facts(proposal)
    context = {
        "proposal": proposal,
        "activity": activity,
        "differences": _differences(proposal, present),
        "dates": _dates(proposal) if proposal.is_open else None,
        "gezien": seen_mark(proposal, present),
        "decides": proposal.is_open and decides(user, activity.house),
        "may_take_back": proposal.is_open and (proposal.by == user or needs_approval(user, activity)),
        "question_form": QuestionForm(auto_id="vraag_%s"),
        "decline_form": DeclineForm(auto_id="niet_%s"),
        "answer_form": AnswerForm(auto_id="antwoord_%s"),
        **forms,
    }
    return render(request, "activities/proposal_detail.html", context)


def _differences(proposal, present) -> list[dict]:
    """What a reader compares: what the offer says now and what is proposed; a decided one, as it was then."""
    if proposal.is_new_offer:
        facts = snapshot(proposal.activity)
        return [{"one": one} for one in field_differences({}, facts)]
    shown = present if proposal.is_open else proposal.base
    both = clashes(proposal, present) if proposal.is_open else []
    names = names_in([proposal.base])
    return [
        {"one": one, "was": in_words(one.name, proposal.base.get(one.name), names), "clash": one.name in both}
        for one in field_differences(shown, proposal.facts)
    ]


def _dates(proposal) -> list[dict] | None:
    """What becomes of the coming dates, where it is about when it is."""
    if RULES not in proposal.facts:
        return None
    activity = proposal.activity
    wish = Wish.whole(activity, rules_from(proposal.facts[RULES], activity))
    return [shown_plan(plan) for plan in foresee(activity=activity, wish=wish, now=timezone.now())]


def _proposal(request, pk) -> Proposal:
    rows = Proposal.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related("activity__house", "by", "decided_by"), pk=pk)
