"""`/beheer/huis/<slug>/vertaling/<taal>/`: what a House says of itself in another language, beside the Dutch.

And how any page of ours is translated: find the translation, keep it, take it away.
"""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db.models import Model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.actions.translation import TranslationError, keep_translation, remove_translation
from huizen.forms.translation import HouseTranslationForm, TranslationForm
from huizen.languages import FOREIGN, language_of
from huizen.models import House, Translation
from huizen.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def house_translation(request, slug, code):
    """Translate what stands in Dutch."""
    house = _editable(request, slug)
    form = HouseTranslationForm(request.POST or None, instance=translation_of(house, code))
    if keeps_translation(request, form, keep=partial(keep_translation, house=house)):
        return redirect("house_translation", slug, code)
    return render(
        request,
        "huizen/house_translation.html",
        {"house": house, "form": form, "languages": FOREIGN, "language": language_of(code)},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def house_translation_remove(request, slug, code):
    """Ask first, then take the translation away."""
    house = _editable(request, slug)
    return removes_translation(
        request,
        translation_of(house, code),
        remove=partial(remove_translation, house=house),
        back=reverse("house_translation", args=[slug, code]),
    )


def _editable(request, slug: str) -> House:
    return get_object_or_404(House.objects.editable_by(request.user), slug=slug)


def translation_of(source: Model, code: str) -> Translation:
    """What is translated of a row, or a translation to begin. Raises Http404 for a language that is not ours."""
    if code not in {language.code for language in FOREIGN}:
        raise Http404("In die taal vertalen we niet.")
    kept = source.translations
    return kept.filter(language=code).first() or kept.model(**{kept.model.OF: source, "language": code})


def keeps_translation(request, form: TranslationForm, *, keep: Callable) -> bool:
    """Whether a translation was sent, and is kept with an action; where it cannot be, the form says why.

    The action may answer with the sentence that says what became of it.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        said = keep(
            translation=form.instance,
            seen=form.seen,
            renewed=form.renewed,
            by=request.user,
            now=timezone.now(),
        )
    except TranslationError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, said or "De vertaling is bewaard.")
    return True


def removes_translation(request, translation: Translation, *, remove: Callable, back: str):
    """The page that asks first; then an action takes the translation away, and one is back at its form."""
    if translation.pk is None:
        raise Http404("Deze vertaling is er niet.")
    if request.method == "POST":
        remove(translation=translation, by=request.user, now=timezone.now())
        messages.success(request, "De vertaling is verwijderd. Ouders lezen nu alleen het Nederlands.")
        return redirect(back)
    context = {"translation": translation, "language": translation.in_language, "back": back}
    return render(request, "huizen/translation_remove.html", context)
