"""`/beheer/nakijken/`: offer that nobody looked at for long, oldest first, each with one button."""

from django.contrib import messages
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from activities.actions.offer import OfferError, check_activity
from activities.freshness import is_old
from activities.models import Activity
from huizen.access import allow
from huizen.listing import page_of
from huizen.models import House
from huizen.roles import Permission


@require_safe
@allow(Permission.EDIT_OFFER)
def check_list(request):
    """What parents see with a warning, and what is hidden until somebody says that it still holds."""
    today = timezone.localdate()
    rows = Activity.objects.editable_by(request.user).filter(
        Q(status=Activity.Status.TO_CHECK) | Q(status=Activity.Status.PUBLISHED) & is_old(today)
    )
    rows = rows.select_related("house", "organiser").order_by(F("checked_on").asc(nulls_first=True), "pk")
    context = {
        "page": page_of(request, rows),
        "houses": House.objects.where(request.user, Permission.EDIT_HOUSE).order_by("name"),
    }
    return render(request, "activities/check_list.html", context)


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
