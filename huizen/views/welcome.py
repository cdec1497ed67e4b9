"""`/welkom/fr/`: the portal in ten sentences, for who reads little Dutch."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from huizen.access import public
from huizen.languages import BY_CODE, speaks
from huizen.shared_pages import shared
from huizen.welcome import WELCOME_LANGUAGES, welcome_words


@require_safe
@public
@shared
def welcome(request, code):
    """Marked as a translation, with the Dutch under each sentence; around it the portal's own words, if it has them."""
    if code not in WELCOME_LANGUAGES:
        raise Http404("In die taal hebben we geen welkom.")
    goes_on = code in speaks()
    context = {"language": BY_CODE[code], "words": welcome_words(code), "goes_on": goes_on}
    with override(code if goes_on else settings.LANGUAGE_CODE):
        response = render(request, "huizen/welcome.html", context)
    response.headers["Content-Language"] = f"{code}, {settings.LANGUAGE_CODE}"
    return response
