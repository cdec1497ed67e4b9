"""`/beheer/activiteiten/<pk>/vertaling/<taal>/`: what an activity says in another language, beside the Dutch."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from activities.actions.approval import needs_approval
from activities.actions.proposal import open_proposal
from activities.actions.translation import remove_activity_translation, translate_activity
from activities.forms.translation import ActivityTranslationForm
from activities.models import Activity, ActivityTranslation
from activities.offer_facts import TRANSLATION
from huizen.access import allow
from huizen.actions.translation import TranslationError
from huizen.languages import BY_CODE, DUTCH, FOREIGN
from huizen.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_translation(request, pk, code):
    """Translate what stands in Dutch."""
    translation = _of(request, pk, code)
    form = ActivityTranslationForm(request.POST or None, instance=translation)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = translate_activity(
                translation=form.instance,
                seen=form.seen,
                renewed=form.renewed,
                by=request.user,
                now=timezone.now(),
            )
        except TranslationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, "Voorgesteld aan de coördinator." if proposal else "De vertaling is bewaard."
            )
            return redirect("offer_translation", pk, code)
    return render(
        request,
        "activities/offer_translation.html",
        {
            "activity": translation.activity,
            "form": form,
            "languages": FOREIGN,
            "language": BY_CODE[code],
            "may_publish": not needs_approval(request.user, translation.activity),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_OFFER)
def offer_translation_remove(request, pk, code):
    """Ask first, then take the translation away."""
    translation = _of(request, pk, code)
    if translation.pk is None:
        raise Http404("Deze vertaling is er niet.")
    if request.method == "POST":
        remove_activity_translation(translation=translation, by=request.user, now=timezone.now())
        messages.success(request, "De vertaling is verwijderd. Ouders lezen nu alleen het Nederlands.")
        return redirect("offer_translation", pk, code)
    back = reverse("offer_translation", args=[pk, code])
    context = {"translation": translation, "language": BY_CODE[code], "back": back}
    return render(request, "huizen/translation_remove.html", context)


def _of(request, pk: int, code: str) -> ActivityTranslation:
    rows = Activity.objects.editable_by(request.user).select_related("house")
    activity = get_object_or_404(rows, pk=pk)
    if code == DUTCH or code not in BY_CODE:
        raise Http404("In die taal vertalen we niet.")
    found = ActivityTranslation.objects.filter(activity=activity, language=code).first()
    if found:
        found.activity = activity
    translation = found or ActivityTranslation(activity=activity, language=code)
    return _with_proposal(translation) if needs_approval(request.user, activity) else translation


def _with_proposal(translation: ActivityTranslation) -> ActivityTranslation:
    """What she proposed before, she goes on with."""
    proposal = open_proposal(translation.activity)
    texts = proposal.facts.get(f"{TRANSLATION}{translation.language}", {}) if proposal else {}
    for name, value in texts.items():
        setattr(translation, name, value)
    return translation
