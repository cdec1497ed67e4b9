"""Whether people found what they looked for: told with one tap, or by the page itself where it shows nothing.

Both count the words and nothing else, in a POST: a GET that counts would count machines, previews and "back" too.
An address that tells too much is no longer heard.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from huizen.access import public
from huizen.actions.search import count_search
from huizen.throttle import address_of, too_often

LONGEST = 120
ANSWERS = {"ja": True, "nee": False}


@require_POST
@public
def search_answered(request):
    """'Vond je wat je zocht?': counts the words under her answer, and says thanks."""
    found = ANSWERS.get(request.POST.get("gevonden", ""))
    if found is None:
        return redirect("activity_list")
    _count(request, found=found)
    template = "activities/search_thanks_part.html" if request.htmx else "activities/search_thanks.html"
    return render(request, template, {"q": _words(request), "found_it": found})


@require_POST
@public
def search_empty(request):
    """The page showed nothing for these words: the browser tells, once a search."""
    _count(request, found=False)
    return HttpResponse(status=204)


def _count(request, *, found: bool) -> None:
    if not too_often("search", address_of(request)):
        count_search(_words(request), found=found, now=timezone.now())


def _words(request) -> str:
    return request.POST.get("q", "").replace("\x00", "")[:LONGEST]
