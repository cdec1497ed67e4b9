"""`/beheer/activiteiten/<nummer>/inschrijven/`: how signing up and the waiting list go for one activity."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activities.actions import offer
from activities.forms.sign_up_rules import SignUpRulesForm
from activities.models import Activity
from huizen.access import allow
from huizen.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_sign_up(request, pk):
    """From when, who goes first, and how a place that comes free is given."""
    rows = Activity.objects.editable_by(request.user).select_related("house")
    activity = get_object_or_404(rows, pk=pk)
    title = activity.title
    form = SignUpRulesForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        try:
            saved = offer.change_activity(
                activity=form.save(commit=False), seen_at=form.seen, by=request.user, now=timezone.now()
            )
        except offer.OfferError as error:
            form.add_error(None, str(error))
        else:
            if saved.proposal:
                messages.success(request, "Voorgesteld aan de coördinator. Je hoort wat ze beslist.")
                return redirect("proposal_detail", saved.proposal.pk)
            messages.success(request, "Bewaard. Het geldt meteen voor alle momenten.")
            return redirect("offer_edit", pk)
    context = {"activity": activity, "title": title, "form": form}
    return render(request, "activities/offer_sign_up.html", context)
