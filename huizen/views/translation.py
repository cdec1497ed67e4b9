"""`/beheer/huis/<slug>/vertaling/<taal>/`: what a House says of itself in another language, beside the Dutch."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huizen.access import allow
from huizen.actions.translation import TranslationError, keep_translation, remove_translation
from huizen.forms.translation import HouseTranslationForm
from huizen.languages import BY_CODE, DUTCH, FOREIGN
from huizen.models import House, HouseTranslation
from huizen.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def house_translation(request, slug, code):
    """Translate what stands in Dutch."""
    house, translation = _of(request, slug, code)
    form = HouseTranslationForm(request.POST or None, instance=translation)
    if request.method == "POST" and form.is_valid():
        try:
            keep_translation(
                translation=form.instance,
                house=house,
                seen=form.seen,
                renewed=form.renewed,
                by=request.user,
                now=timezone.now(),
            )
        except TranslationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "De vertaling is bewaard.")
            return redirect("house_translation", slug, code)
    return render(
        request,
        "huizen/house_translation.html",
        {"house": house, "form": form, "languages": FOREIGN, "language": BY_CODE[code]},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.EDIT_HOUSE)
def house_translation_remove(request, slug, code):
    """Ask first, then take the translation away."""
    house, translation = _of(request, slug, code)
    if translation.pk is None:
        raise Http404("Deze vertaling is er niet.")
    if request.method == "POST":
        remove_translation(translation=translation, house=house, by=request.user, now=timezone.now())
        messages.success(request, "De vertaling is verwijderd. Ouders lezen nu alleen het Nederlands.")
        return redirect("house_translation", slug, code)
    back = reverse("house_translation", args=[slug, code])
    context = {"translation": translation, "language": BY_CODE[code], "back": back}
    return render(request, "huizen/translation_remove.html", context)


def _of(request, slug: str, code: str) -> tuple[House, HouseTranslation]:
    house = get_object_or_404(House.objects.editable_by(request.user), slug=slug)
    if code == DUTCH or code not in BY_CODE:
        raise Http404("In die taal vertalen we niet.")
    found = HouseTranslation.objects.filter(house=house, language=code).first()
    if found:
        found.house = house
    return house, found or HouseTranslation(house=house, language=code)
