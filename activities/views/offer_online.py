"""`/beheer/activiteiten/online/`: several drafts at once before parents."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activities.actions.offer_several import publish_several
from activities.forms.offer_online import OnlineForm
from huizen.access import allow
from huizen.roles import Permission
from huizen.words import count


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_online(request):
    """Choose drafts, all ticked that came in with a file (`?invoer=`), and put them online."""
    posted = request.method == "POST"
    form = OnlineForm(
        request.POST if posted else None,
        user=request.user,
        brought_by=request.GET.get("invoer", ""),
        now=timezone.now(),
    )
    if posted and form.is_valid():
        _publish(request, form)
        return redirect("offer_list")
    return render(request, "activities/offer_online.html", {"form": form}, status=422 if form.errors else 200)


def _publish(request, form) -> None:
    online, refused = publish_several(
        activities=form.cleaned_data["activities"], by=request.user, now=timezone.now()
    )
    if online:
        words = count(len(online), "activiteit staat", "activiteiten staan")
        messages.success(request, f"{words} nu online.")
    for activity, reason in refused:
        messages.error(request, f"{activity}: {reason}")
