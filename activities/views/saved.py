"""`/bewaard/`: offers to find back. Without an account the browser keeps them; with one the family does."""

import re

from django.contrib import messages
from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from activities.actions.saved import SaveError, take_over, toggle_saved
from activities.models import Activity, SavedActivity
from activities.next_moments import with_next_moments
from huizen.access import members, public
from huizen.links import absolute
from huizen.words import count

#: An address holds no more than this; a device keeps no more either (static/js/saved.js).
MOST = 60
SLUG = re.compile(r"[-a-z0-9_]{1,120}", re.ASCII | re.IGNORECASE)


@require_safe
@public
def saved_list(request):
    """The cards of the offers in the address (`?a=slug&a=slug`), to keep or to share; else those of the account."""
    now = timezone.now()
    slugs = _slugs(request.GET)
    is_own = not slugs and request.user.is_authenticated
    rows = _of_account(request.user) if is_own else _of_address(slugs)
    activities = with_next_moments(rows, now=now)
    address = absolute(f"{reverse('saved_list')}?{urlencode([('a', row.slug) for row in activities])}")
    context = {
        "activities": activities,
        "gone": 0 if is_own else len(slugs) - len(activities),
        "is_own": is_own,
        "address": address,
        "share_to": "mailto:?"
        + urlencode({"subject": gettext("Misschien iets voor jou"), "body": address}).replace("+", "%20"),
        "now": now,
    }
    return render(request, "activities/saved_list.html", context)


@require_POST
@members
def saved_toggle(request):
    """The star of an account, also without a script."""
    slug = (_slugs(request.POST) or [""])[0]
    activity = get_object_or_404(_savable(request.user), slug=slug)
    try:
        is_saved = toggle_saved(activity=activity, by=request.user, now=timezone.now())
    except SaveError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            gettext("Bewaard. Je vindt het terug bij Mijn.") if is_saved else gettext("Niet meer bewaard."),
        )
    if request.POST.get("terug") == "mijn":
        return redirect(reverse("my") + "#bewaard")
    return redirect("activity_detail", slug=activity.slug)


@require_POST
@members
def saved_take_over(request):
    """What this device kept goes to the account."""
    number = take_over(slugs=_slugs(request.POST), by=request.user, now=timezone.now())
    taken = count(number, "activiteit", "activiteiten")
    messages.success(
        request,
        gettext("We bewaarden %(taken)s in je account.") % {"taken": taken}
        if number
        else gettext("Alles stond al in je account."),
    )
    return redirect(f"{reverse('my')}?overgenomen=1#bewaard")


@require_safe
@members
def saved_slugs(request):
    """What the account keeps, for the stars on the cards."""
    rows = SavedActivity.objects.filter(family__user=request.user).order_by("pk")
    answer = JsonResponse({"bewaard": list(rows.values_list("activity__slug", flat=True))})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _savable(user):
    """What is online; what was saved and is not online any more can still be let go."""
    return Activity.objects.filter(
        Q(pk__in=Activity.objects.published().values("pk")) | Q(saved_by__family__user=user)
    ).distinct()


def _slugs(typed) -> list[str]:
    """The addresses of offers, each once, as many as we show; anything else is left out."""
    return [slug for slug in dict.fromkeys(typed.getlist("a")) if SLUG.fullmatch(slug)][:MOST]


def _of_address(slugs: list[str]) -> list[Activity]:
    rows = Activity.objects.published().select_related("house", "location").filter(slug__in=slugs)
    return sorted(rows, key=lambda row: slugs.index(row.slug))


def _of_account(user) -> list[Activity]:
    rows = SavedActivity.objects.filter(family__user=user).select_related(
        "activity__house", "activity__location"
    )
    online = rows.filter(activity__in=Activity.objects.published())
    return [row.activity for row in online.order_by("-saved_at", "-pk")]
