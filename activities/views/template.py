"""Beginning a new offer: from a template of the House, from the usual values of its kind, or empty."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.actions.offer import OfferError
from activities.actions.template import keep_template, remove_template
from activities.forms.template import TemplateForm
from activities.models import Activity, ActivityTemplate
from huizen.access import allow
from huizen.models import House
from huizen.roles import Permission
from huizen.vocabulary import Element, OfferType


@require_safe
@allow(Permission.EDIT_OFFER)
def offer_begin(request):
    """With what to begin."""
    kinds = [
        (element.label, [kind for kind in OfferType if kind.facts.element == element]) for element in Element
    ]
    templates = (
        ActivityTemplate.objects.usable_by(request.user).select_related("house").order_by("name", "pk")
    )
    context = {
        "kinds": kinds,
        "templates": templates,
        "keeps": request.user.may(Permission.PUBLISH_OFFER),
    }
    return render(request, "activities/offer_begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PUBLISH_OFFER)
def template_keep(request, pk):
    """Keep an offer as a template of its House."""
    houses = House.objects.where(request.user, Permission.PUBLISH_OFFER)
    activity = get_object_or_404(Activity.objects.filter(house__in=houses).select_related("house"), pk=pk)
    form = TemplateForm(request.POST or None, initial={"name": activity.title})
    if request.method == "POST" and form.is_valid():
        try:
            keep_template(activity=activity, by=request.user, now=timezone.now(), **form.cleaned_data)
        except OfferError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, "Het sjabloon is bewaard. Je vindt het bij een nieuwe activiteit.")
            return redirect("offer_begin")
    return render(request, "activities/template_keep.html", {"form": form, "activity": activity})


@require_POST
@allow(Permission.PUBLISH_OFFER)
def template_remove(request, pk):
    """Throw a template away."""
    template = get_object_or_404(ActivityTemplate.objects.editable_by(request.user), pk=pk)
    remove_template(template=template, by=request.user, now=timezone.now())
    messages.success(request, "Het sjabloon is weg. Wat ermee gemaakt is, blijft.")
    return redirect("offer_begin")
