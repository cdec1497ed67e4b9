"""What people did not find: told with one tap, or by the page itself where it shows nothing.

Both count the words and nothing else, in a POST: a GET that counts would count machines, previews and "back" too.
An address that tells too much is no longer heard.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from huizen.access import public
from huizen.actions.search import count_miss
from huizen.throttle import address_of, too_often

LONGEST = 120


@require_POST
@public
def search_missed(request):
    """'Ik vond het niet': counts the words, and says thanks."""
    _count(request)
    template = "activities/search_thanks_part.html" if request.htmx else "activities/search_thanks.html"
    return render(request, template, {"q": _words(request)})


@require_POST
@public
def search_empty(request):
    """The page showed nothing for these words: the browser tells, once a search."""
    _count(request)
    return HttpResponse(status=204)


def _count(request) -> None:
    if not too_often("search", address_of(request)):
        count_miss(_words(request), now=timezone.now())


def _words(request) -> str:
    return request.POST.get("q", "").replace("\x00", "")[:LONGEST]
