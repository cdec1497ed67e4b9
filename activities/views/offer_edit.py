"""`/beheer/activiteiten/`: the offer of your Houses, and the editor of one activity."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities import starting_values
from activities.actions import offer
from activities.actions.approval import may_approve, needs_approval
from activities.actions.proposal import open_proposal
from activities.cards import preview_card
from activities.forms import conflict
from activities.forms.offer import OfferForm
from activities.forms.offer_filter import ONLY_LOW, OfferFilter
from activities.freshness import looked_on, next_check
from activities.keepers import keepers_of, with_keepers
from activities.models import Activity, Session
from activities.offer_facts import facts_of, put_facts
from activities.quality_figures import figure_of, figures_of, things_to_do, with_told
from huizen.access import allow
from huizen.listing import ORDER, in_order, page_of
from huizen.recurrence import schedule_in_words
from huizen.roles import Permission
from huizen.words import count

BY_FIGURE = "volledig"
ORDERS = {"titel": "title", "keer": "next_start", "nagekeken": "checked_on"}
SHOWN_MOMENTS = 8
DONE = {
    offer.publish_activity: "De activiteit staat online.",
    offer.unpublish_activity: "De activiteit staat niet meer online.",
    offer.archive_activity: "De activiteit is gearchiveerd.",
    offer.check_activity: "Genoteerd: alles klopt nog vandaag.",
    offer.copy_activity: "Dit is de kopie. Pas aan wat anders is, en kies nieuwe dagen.",
}


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_list(request):
    """The offer that somebody may change, soonest changed first, fifty a page."""
    coming = Session.objects.filter(activity=OuterRef("pk")).upcoming(now=timezone.now()).scheduled()
    rows = Activity.objects.editable_by(request.user).select_related("house", "organiser")
    found = OfferFilter(request.GET, queryset=rows, request=request)
    listed = found.qs.annotate(next_start=Subquery(coming.order_by("starts_at").values("starts_at")[:1]))
    now = timezone.now()
    page = page_of(request, _in_order(request, listed, found.form, now=now))
    lines = [(each, figure_of(each, today=timezone.localdate(now))) for each in page]
    context = {"page": page, "lines": lines, "form": found.form, "now": now}
    return render(request, "activities/offer_list.html", context)


def _in_order(request, rows, form, *, now):
    """As the address asks. By the figure, which no database knows, all of her offer is looked at."""
    rows = in_order(request, rows.order_by("-changed_at", "-pk"), ORDERS)
    asked = request.GET.get(ORDER, "")
    by_figure = asked.removeprefix("-") == BY_FIGURE
    only_low = form.is_valid() and form.cleaned_data.get("kwaliteit") == ONLY_LOW
    if not (by_figure or only_low):
        return with_told(rows, now=now)
    figures = figures_of(rows, now=now)
    if by_figure:
        figures.sort(key=lambda pair: pair[1].percent, reverse=asked.startswith("-"))
    return [activity for activity, figure in figures if figure.is_low or not only_low]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_create(request):
    """A new activity, empty or as its template begins; then the page where you say when it is."""
    template = request.GET.get("sjabloon", "")
    form = OfferForm(
        request.POST or None,
        initial=starting_values.facts_for(template, request.user),
        user=request.user,
        today=timezone.localdate(),
    )
    if _keeps(request) and form.is_valid():
        activity = offer.create_activity(
            activity=form.save(commit=False), by=request.user, now=timezone.now()
        )
        messages.success(request, "Bewaard. Zeg nu wanneer het is.")
        return redirect(f"{reverse('offer_schedule', args=[activity.pk])}{_begun_with(template)}")
    return render(request, "activities/offer_edit.html", {"form": form, "card": _card(form)})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_edit(request, pk):
    """What parents read about an activity; where approval is needed, with what was proposed already."""
    unsettled = conflict.missing(request.POST)
    form = _form(request, _editable(request, pk), unsettled=unsettled)
    context = {}
    if unsettled:
        context = _ask_again(request, form)
    elif _keeps(request) and form.is_valid():
        try:
            return _kept(request, form)
        except offer.ConflictError as error:
            context = _both(request, form, error.theirs, error.base)
            form.add_error(None, str(error))
    return render(
        request,
        "activities/offer_edit.html",
        {"form": form, "card": _card(form), **_about(request, pk), **context},
    )


def _form(request, activity, *, unsettled: bool):
    """The form with what was typed; where two saved at once and all is chosen, with the words that were chosen."""
    waiting = _waiting(request.user, activity)
    sent = request.POST or None
    facts = {"user": request.user, "today": timezone.localdate()}
    if sent and not unsettled:
        theirs = put_facts(_editable(request, activity.pk), waiting.facts if waiting else {})
        sent = conflict.settled(sent, OfferForm(instance=theirs, **facts))
    if waiting:
        put_facts(activity, waiting.facts)
    form = OfferForm(sent, instance=activity, **facts)
    if waiting:
        form.initial["seen_at"] = waiting.at
    return form


def _waiting(user, activity):
    """What she proposed before for an offer that parents read."""
    waits = needs_approval(user, activity) and activity.status == Activity.Status.PUBLISHED
    return open_proposal(activity) if waits else None


def _keeps(request) -> bool:
    """Whether to keep what was typed; "lees" only asks how easy it reads."""
    return request.method == "POST" and "lees" not in request.POST


def _kept(request, form):
    saved = offer.change_activity(
        activity=form.save(commit=False), seen_at=form.seen, by=request.user, now=timezone.now()
    )
    if saved.proposal:
        messages.success(request, "Voorgesteld aan de coördinator. Je hoort wat ze beslist.")
        return redirect("proposal_detail", saved.proposal.pk)
    messages.success(request, "Bewaard.")
    if saved.behind:
        moments = count(saved.behind, "moment houdt", "momenten houden")
        messages.warning(request, f"{moments} het oude aantal plaatsen: er zijn al meer mensen ingeschreven.")
    return redirect("offer_edit", form.instance.pk)


def _both(request, form, theirs, base) -> dict:
    """What the other wrote beside what she typed; the next time she saves, she has seen both."""
    stored = _editable(request, form.instance.pk)
    waiting = _waiting(request.user, stored)
    form.data = form.data.copy()
    form.data["seen_at"] = (waiting.at if waiting else stored.changed_at).isoformat()
    mine = facts_of(form.instance)
    return {"both": list(conflict.choices(theirs=theirs, mine=mine, base=base, sent=request.POST))}


def _ask_again(request, form) -> dict:
    """She saved without choosing everywhere: the same question, with what she did choose."""
    stored = _editable(request, form.instance.pk)
    waiting = _waiting(request.user, stored)
    theirs = facts_of(put_facts(stored, waiting.facts if waiting else {}))
    form.add_error(None, "Kies bij elk verschil welke tekst je houdt.")
    return _both(request, form, theirs, {})


def _about(request, pk) -> dict:
    """What the pages around one activity show besides their form, as it is in the database now."""
    now = timezone.now()
    rows = Activity.objects.select_related("outside__calendar")
    stored = with_keepers(with_told(rows, now=now)).get(pk=pk)
    figure = figure_of(stored, today=timezone.localdate(now))
    keeps_house = request.user.may_in(Permission.EDIT_HOUSE, stored.house)
    return {
        "figure": figure,
        "to_do": things_to_do(stored, figure, keeps_house=keeps_house),
        "keepers": [keeper.name for keeper in keepers_of(stored)],
        "next_check": next_check(looked_on(stored), stored.offer_type, stored.house),
        "activity": stored,
        "may_publish": not needs_approval(request.user, stored),
        "may_approve": may_approve(request.user, stored.house, stored.organiser),
        "keeps_all": request.user.may_in(Permission.PUBLISH_OFFER, stored.house),
        "proposal": open_proposal(stored),
        "rules": [schedule_in_words(schedule) for schedule in stored.schedules.order_by("pk")],
        "moments": stored.sessions.upcoming(now=timezone.now()).order_by("starts_at")[:SHOWN_MOMENTS],
        "now": timezone.now(),
    }


def _card(form):
    return preview_card(form.shown(), now=timezone.now())


def _begun_with(template: str) -> str:
    return f"?sjabloon={template}" if template.replace("-", "").replace("_", "").isalnum() else ""


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_card(request, pk=None):
    """The card that parents would see, from what stands in the form; keeps nothing."""
    instance = _editable(request, pk) if pk else None
    form = OfferForm(request.POST, instance=instance, user=request.user, today=timezone.localdate())
    return render(request, "activities/offer_card.html", {"card": _card(form)})


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_publish(request, pk):
    """Online, or the approval of a proposal."""
    return _do(request, pk, offer.publish_activity)


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_unpublish(request, pk):
    """Back to a draft."""
    return _do(request, pk, offer.unpublish_activity)


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_archive(request, pk):
    """Away: its page stays and says so."""
    return _do(request, pk, offer.archive_activity)


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_check(request, pk):
    """Everything still holds."""
    return _do(request, pk, offer.check_activity)


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_copy(request, pk):
    """A new draft with the same facts: next season starts here."""
    return _do(request, pk, offer.copy_activity)


def _do(request, pk, act):
    try:
        activity = act(activity=_editable(request, pk), by=request.user, now=timezone.now())
    except offer.OfferError as error:
        messages.error(request, str(error))
        return redirect("offer_edit", pk)
    messages.success(request, DONE[act])
    return redirect("offer_edit", activity.pk)


def _editable(request, pk):
    return get_object_or_404(Activity.objects.editable_by(request.user).select_related("house"), pk=pk)
