"""`/beheer/activiteiten/`: the offer of your Houses, and the editor of one activity."""

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions import offer
from activities.actions.sessions import coming_moments
from activities.forms.offer import OfferForm
from activities.forms.offer_filter import ONLY_LOW, OfferFilter
from activities.forms.schedule import ScheduleFormSet
from activities.freshness import looked_on, next_check
from activities.keepers import keepers_of, with_keepers
from activities.models import Activity, Session
from activities.quality_figures import figure_of, figures_of, things_to_do, with_told
from activities.recurrence import ONGOING, schedule_in_words
from huizen.access import allow
from huizen.listing import ORDER, in_order, page_of
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
    """A new activity; then the page where you say when it is."""
    form = OfferForm(request.POST or None, user=request.user, today=timezone.localdate())
    if _keeps(request) and form.is_valid():
        activity = offer.create_activity(
            activity=form.save(commit=False), by=request.user, now=timezone.now()
        )
        messages.success(request, "Bewaard. Zeg nu wanneer het is.")
        return redirect("offer_schedule", activity.pk)
    return render(request, "activities/offer_edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_edit(request, pk):
    """What parents read about an activity."""
    activity = _editable(request, pk)
    form = OfferForm(request.POST or None, instance=activity, user=request.user, today=timezone.localdate())
    if _keeps(request) and form.is_valid():
        try:
            return _kept(request, form)
        except offer.OfferError as error:
            form.add_error(None, str(error))
    return render(request, "activities/offer_edit.html", {"form": form, **_about(request, pk)})


def _keeps(request) -> bool:
    """Whether to keep what was typed; "lees" only asks how easy it reads."""
    return request.method == "POST" and "lees" not in request.POST


def _kept(request, form):
    behind = offer.change_activity(
        activity=form.save(commit=False), seen_at=form.seen, by=request.user, now=timezone.now()
    )
    messages.success(request, "Bewaard.")
    if behind:
        moments = count(behind, "moment houdt", "momenten houden")
        messages.warning(request, f"{moments} het oude aantal plaatsen: er zijn al meer mensen ingeschreven.")
    return redirect("offer_edit", form.instance.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_schedule(request, pk):
    """When an activity is: the rules, and before saving the moments that follow from them."""
    activity = _editable(request, pk)
    formset = ScheduleFormSet(
        request.POST or None, instance=activity, queryset=activity.schedules.order_by("pk")
    )
    context = {"formset": formset, **_about(request, pk)}
    if request.method == "POST" and formset.is_valid():
        if "toon" not in request.POST:
            return _keep_rules(request, activity, formset)
        context["preview"] = [_preview(form.instance) for form in _kept_forms(formset)]
    return render(request, "activities/offer_schedule.html", context)


def _kept_forms(formset):
    return [f for f in formset.forms if f.cleaned_data.get("kind") and not f.cleaned_data.get("DELETE")]


def _preview(schedule) -> dict:
    moments = coming_moments(schedule, now=timezone.now())
    return {
        "words": schedule_in_words(schedule),
        "ongoing": schedule.kind in ONGOING,
        "moments": moments[:SHOWN_MOMENTS],
        "more": len(moments) - SHOWN_MOMENTS,
    }


def _keep_rules(request, activity, formset):
    saved = formset.save(commit=False)
    result = offer.set_schedules(
        activity=activity, saved=saved, removed=formset.deleted_objects, by=request.user, now=timezone.now()
    )
    messages.success(request, "Bewaard. De momenten zijn bijgewerkt.")
    for session in result.kept:
        day = timezone.localtime(session.starts_at)
        messages.warning(
            request,
            f"Het moment van {day:%d/%m/%Y} om {day:%H:%M} blijft staan: er zijn inschrijvingen, of het werd apart "
            "gewijzigd. Verplaats het of zeg het af bij de momenten.",
        )
    return redirect("offer_edit", activity.pk)


def _about(request, pk) -> dict:
    """What the pages around one activity show besides their form, as it is in the database now."""
    now = timezone.now()
    stored = with_keepers(with_told(Activity.objects.all(), now=now)).get(pk=pk)
    figure = figure_of(stored, today=timezone.localdate(now))
    keeps_house = request.user.may_in(Permission.EDIT_HOUSE, stored.house)
    return {
        "figure": figure,
        "to_do": things_to_do(stored, figure, keeps_house=keeps_house),
        "keepers": [keeper.name for keeper in keepers_of(stored)],
        "next_check": next_check(looked_on(stored), stored.offer_type, stored.house),
        "activity": stored,
        "may_publish": offer.may_publish(request.user, stored.house),
        "may_approve": offer.may_approve(request.user, stored.house),
        "rules": [schedule_in_words(schedule) for schedule in stored.schedules.order_by("pk")],
        "moments": stored.sessions.upcoming(now=timezone.now()).order_by("starts_at")[:SHOWN_MOMENTS],
        "now": timezone.now(),
    }


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
