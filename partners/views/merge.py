"""Organisations that stand there twice: find them, see what a merge moves, do it, undo it."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huizen.access import allow
from huizen.models import House
from huizen.roles import Permission
from partners.actions.merge import (
    UNDO,
    MergeError,
    can_be_undone,
    may_merge,
    merge_organisations,
    undo_merge,
    what_moves,
)
from partners.forms.organisation import OrganisationSearch
from partners.look_alikes import doubles, look_alikes
from partners.models import Organisation, OrganisationMerge, Partnership
from partners.views.house import house_behind

SHOWN, RECENT = 50, 20


@require_safe
@allow(Permission.MERGE_PARTNERS)
def double_list(request):
    """Pairs that may be one, and what was merged lately."""
    recent = OrganisationMerge.objects.visible_to(request.user).in_force()
    recent = recent.filter(merged_at__gt=timezone.now() - UNDO).select_related("organisation", "merged_by")
    pairs = _pairs(request.user)
    context = {"pairs": pairs[:SHOWN], "more": len(pairs) - SHOWN, "recent": recent.order_by("-pk")[:RECENT]}
    return render(request, "partners/double_list.html", context)


def _pairs(user) -> list[tuple[Organisation, Organisation]]:
    """For the agency of the whole network; for a coordinator of each of her Houses."""
    shown = Prefetch(
        "partnerships", Partnership.objects.filter(until=None).select_related("house"), to_attr="present"
    )
    rows = list(Organisation.objects.mergeable_by(user).prefetch_related(shown))
    if user.may_in(Permission.MERGE_PARTNERS, None):
        return doubles(rows)
    houses = set(House.objects.where(user, Permission.MERGE_PARTNERS).values_list("pk", flat=True))
    return [
        (one, two)
        for one, two in doubles(rows)
        if houses & {p.house_id for p in one.present} & {p.house_id for p in two.present}
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.MERGE_PARTNERS)
def organisation_merge(request, pk):
    """First which one is the same (`?met=<pk>`), then what moves, then a button."""
    keep = _mergeable(request, pk)
    if "met" not in request.GET:
        return _choose(request, keep)
    gone = _mergeable(request, request.GET["met"])
    if not may_merge(request.user, keep, gone):
        raise Http404
    if request.method == "POST":
        return _merge(request, keep, gone)
    context = {"keep": keep, "gone": gone, "preview": what_moves(keep=keep, gone=gone), "days": UNDO.days}
    return render(request, "partners/organisation_merge.html", context)


def _choose(request, keep):
    form = OrganisationSearch(request.GET if "q" in request.GET else None)
    alike = look_alikes(name=keep.name, kbo_number=keep.kbo_number, website=keep.website, besides=keep.pk)
    mergeable = Organisation.objects.mergeable_by(request.user, keep)
    known = set(mergeable.filter(pk__in=[each.organisation.pk for each in alike]))
    context = {
        "keep": keep,
        "form": form,
        "alike": [each for each in alike if each.organisation in known],
        "found": form.found(among=mergeable),
    }
    return render(request, "partners/organisation_merge_choose.html", context)


def _merge(request, keep, gone):
    facts = {"keep": keep, "gone": gone, "house": house_behind(request.user, keep)}
    try:
        merge = merge_organisations(**facts, by=request.user, now=timezone.now())
    except MergeError as error:
        messages.error(request, str(error))
        return redirect("organisation_merge", keep.pk)
    messages.success(request, f"{merge.gone_name} hoort nu bij {keep}.")
    return redirect("merge_detail", merge.pk)


@require_safe
@allow(Permission.MERGE_PARTNERS)
def merge_detail(request, pk):
    """What was merged, and the button that undoes it."""
    merge = _merge_of(request, pk)
    present = merge.organisation.partnerships.filter(
        house__in=House.objects.where(request.user, Permission.EDIT_PARTNERS), until=None
    )
    context = {
        "merge": merge,
        "until": merge.merged_at + UNDO,
        "can_be_undone": can_be_undone(merge, now=timezone.now()),
        "partnership": present.order_by("pk").first(),
    }
    return render(request, "partners/merge_detail.html", context)


@require_POST
@allow(Permission.MERGE_PARTNERS)
def merge_undo(request, pk):
    """Make two of one again."""
    merge = _merge_of(request, pk)
    house = house_behind(request.user, merge.organisation)
    try:
        gone = undo_merge(merge=merge, house=house, by=request.user, now=timezone.now())
    except MergeError as error:
        messages.error(request, str(error))
        return redirect("merge_detail", pk)
    messages.success(request, f"{gone} staat weer apart.")
    return redirect("double_list")


def _mergeable(request, key) -> Organisation:
    """An organisation that the person may merge with another, or 404."""
    key = key if str(key).isascii() and str(key).isdigit() else None
    return get_object_or_404(Organisation.objects.mergeable_by(request.user), pk=key)


def _merge_of(request, pk) -> OrganisationMerge:
    rows = OrganisationMerge.objects.visible_to(request.user).in_force()
    return get_object_or_404(rows.select_related("organisation", "merged_by"), pk=pk)
