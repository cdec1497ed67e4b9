"""`/beheer/nakijken/`: offer to look at again, what was asked and answered, and links that lead nowhere."""

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities.actions.check_asking import AskError, ask_now
from activities.actions.offer import OfferError, check_activity
from activities.asked import asked_of
from activities.freshness import is_due, is_old, next_check_in_database
from activities.keepers import caller_of, with_keepers
from activities.models import Activity, CheckQuestion
from huizen.access import allow
from huizen.listing import page_of
from huizen.models import House
from huizen.roles import Permission
from huizen.web_links import broken_for
from huizen.words import count

#: So many are ticked off at once: as many as one page shows.
MOST_TICKED = 50
Status = Activity.Status


@require_safe
@allow(Permission.EDIT_OFFER)
def check_list(request):
    """What parents see with a warning or not at all, what will be so within a month, and what was asked."""
    today = timezone.localdate()
    rows = _to_look_at(request.user, today)
    if request.GET.get("toon") == "bellen":
        rows = rows.filter(pk__in=CheckQuestion.objects.silent(today).values("activity"))
    rows = rows.order_by(F("next_check").asc(nulls_first=True), "pk")
    page = page_of(request, with_keepers(rows))
    asked = asked_of(page, today=today)
    context = {
        "page": page,
        "lines": [(each, asked[each.pk], caller_of(each)) for each in page],
        "houses": House.objects.where(request.user, Permission.EDIT_HOUSE).order_by("name"),
        "links": broken_for(request.user),
        "today": today,
    }
    return render(request, "activities/check_list.html", context)


def _to_look_at(user, today):
    soon = is_due(today + relativedelta(months=1))
    asked = Q(pk__in=CheckQuestion.objects.open().values("activity"))
    rows = Activity.objects.editable_by(user).annotate(next_check=next_check_in_database())
    return rows.filter(
        Q(status=Status.TO_CHECK) | Q(status=Status.PUBLISHED) & (is_old(today) | soon | asked)
    )


@require_POST
@allow(Permission.EDIT_OFFER)
def check_done(request, pk):
    """Everything still holds: parents see the new date, and what was hidden is back."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    try:
        check_activity(activity=activity, by=request.user, now=timezone.now())
    except OfferError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{activity.title}: nagekeken, en zichtbaar voor ouders.")
    return redirect("check_list")


@require_POST
@allow(Permission.EDIT_OFFER)
def check_several(request):
    """The same for all that was ticked."""
    ticked = [int(key) for key in request.POST.getlist("klopt")[:MOST_TICKED] if _is_key(key)]
    done = 0
    for activity in Activity.objects.editable_by(request.user).filter(pk__in=ticked).order_by("pk"):
        try:
            check_activity(activity=activity, by=request.user, now=timezone.now())
            done += 1
        except OfferError as error:
            messages.error(request, f"{activity.title}: {error}")
    if done:
        messages.success(request, f"{count(done, 'activiteit is', 'activiteiten zijn')} nagekeken.")
    elif not ticked:
        messages.error(request, "Vink eerst aan wat nog klopt.")
    return redirect("check_list")


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


@require_POST
@allow(Permission.EDIT_OFFER)
def check_ask(request, pk):
    """Ask who answers for it, today, by mail."""
    activity = get_object_or_404(Activity.objects.editable_by(request.user), pk=pk)
    try:
        names = ask_now(activity=activity, by=request.user, now=timezone.now())
    except AskError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"We vragen het aan {' en '.join(names)}.")
    return redirect("check_list")
