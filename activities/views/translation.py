"""`/beheer/activiteiten/<pk>/vertaling/<taal>/`: what an activity says in another language, beside the Dutch."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from activities.actions.approval import needs_approval
from activities.actions.proposal import open_proposal
from activities.actions.translation import remove_activity_translation, translate_activity
from activities.forms.translation import ActivityTranslationForm
from activities.models import Activity, ActivityTranslation
from activities.offer_facts import TRANSLATION
from huizen.access import allow
from huizen.languages import FOREIGN, language_of
from huizen.roles import Permission
from huizen.views.translation import keeps_translation, removes_translation, translation_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_translation(request, pk, code):
    """Translate what stands in Dutch."""
    activity = _editable(request, pk)
    translation = _with_proposal(translation_of(activity, code), request.user)
    form = ActivityTranslationForm(request.POST or None, instance=translation)
    if keeps_translation(request, form, keep=_keep):
        return redirect("offer_translation", pk, code)
    return render(
        request,
        "activities/offer_translation.html",
        {
            "activity": activity,
            "form": form,
            "languages": FOREIGN,
            "language": language_of(code),
            "may_publish": not needs_approval(request.user, activity),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_translation_remove(request, pk, code):
    """Ask first, then take the translation away."""
    return removes_translation(
        request,
        translation_of(_editable(request, pk), code),
        remove=remove_activity_translation,
        back=reverse("offer_translation", args=[pk, code]),
    )


def _editable(request, pk: int) -> Activity:
    rows = Activity.objects.editable_by(request.user).select_related("house", "organiser")
    return get_object_or_404(rows, pk=pk)


def _keep(**facts) -> str:
    """Kept or proposed; where it is proposed, the sentence that says so."""
    return "Voorgesteld aan de coördinator." if translate_activity(**facts) else ""


def _with_proposal(translation: ActivityTranslation, user) -> ActivityTranslation:
    """What she proposed before, she goes on with."""
    activity = translation.activity
    proposal = open_proposal(activity) if needs_approval(user, activity) else None
    texts = proposal.facts.get(f"{TRANSLATION}{translation.language}", {}) if proposal else {}
    for name, value in texts.items():
        setattr(translation, name, value)
    return translation
