"""`/beheer/activiteiten/<pk>/versies/`: how an offer was, what changed each time, and the way back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from activities.actions.offer import ConflictError, OfferError
from activities.actions.version import restore_version
from activities.models import Activity, ActivityVersion
from activities.offer_facts import field_differences, names_in
from huizen.access import allow
from huizen.listing import page_of
from huizen.roles import Permission

SHOWN = 20


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_history(request, pk):
    """The versions, the newest first, each with what it changed."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    rows = activity.versions.select_related("by").order_by("-at", "-pk")
    page = page_of(request, rows, size=SHOWN)
    context = {"activity": activity, "page": page, "versions": _with_differences(rows, page)}
    return render(request, "activities/offer_history.html", context)


@require_POST
@allow(Permission.EDIT_OFFER)
def offer_restore(request, pk):
    """Put a version back: a new version, with everything between kept."""
    rows = ActivityVersion.objects.filter(activity__in=Activity.objects.editable_by(request.user))
    version = get_object_or_404(rows, pk=pk)
    try:
        saved = restore_version(version=version, seen_at=_seen(request), by=request.user, now=timezone.now())
    except ConflictError:
        messages.error(request, "Iemand wijzigde de activiteit net. Kijk eerst wat er nu staat.")
    except OfferError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            "Voorgesteld aan de coördinator." if saved.proposal else "Deze versie staat er weer.",
        )
    return redirect("offer_history", version.activity_id)


def _seen(request):
    try:
        return parse_datetime(request.POST.get("gezien", ""))
    except ValueError:
        return None


def _with_differences(rows, page) -> list[dict]:
    """Each version of a page with what it changed; the first of all changed nothing."""
    listed = list(page)
    before = list(rows[page.end_index() : page.end_index() + 1]) if listed else []
    names = names_in(version.facts for version in [*listed, *before])
    return [
        {
            "version": version,
            "differences": field_differences(older.facts, version.facts, names) if older else [],
        }
        for version, older in zip(listed, [*listed[1:], *(before or [None])], strict=True)
    ]
