"""Pages of which only a few places differ from one search to the next: all that stands around those is made once.

The template names each of these places as a plain `{{ place }}`. Who has no session gets what is kept, with her places
put in; who has one gets the same template, made for her.
"""

import re
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from secrets import token_hex

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.html import conditional_escape

from huizen.changes import Piece, Pieces
from huizen.shared_pages import has_own_pages

#: So many frames are kept, of some twenty kilobytes each: a page, in a language, in each of its shapes.
MOST = 40
#: Nobody can write this in an address: it is another one in each process.
_MARK = token_hex(8)
_PLACE = re.compile(rf"{_MARK}\.(\w+)\.")
#: The address of this page stands in it too: in the links to the other languages, and on paper.
_QUERY = "query_of_the_page"
_ALWAYS = {"since": datetime.min.replace(tzinfo=UTC), "until": datetime.max.replace(tzinfo=UTC)}
_kept: Pieces[list[str]] = Pieces(most=MOST)


def framed(
    request: HttpRequest,
    template: str,
    *,
    shape: Mapping[str, Hashable],
    places: Mapping[str, object],
    now: datetime,
) -> HttpResponse:
    """The page of a template.

    `shape`: what else the template asks, of which there are few values, for it is made once for each. `places`: what is
    put in; the template may ask nothing of it, not even whether it is there.
    """
    if has_own_pages(request):
        return render(request, template, {**shape, **places})
    key = (template, request.path, *shape.items())
    parts = _kept.get(key, lambda: _made(request, template, shape, places), now=now)
    words = {name: conditional_escape(value) for name, value in places.items()}
    words[_QUERY] = _query(request)
    filled = list(parts)
    filled[1::2] = [words[name] for name in parts[1::2]]
    return HttpResponse("".join(filled))


def _made(request, template: str, shape: Mapping, places: Mapping) -> Piece[list[str]]:
    """The page cut at its places: text, the name of a place, text …"""
    marks = {name: _mark(name) for name in places}
    text = render_to_string(template, {**shape, **marks}, _by_nobody(request))
    # Where nothing was asked there is no question mark either.
    text = text.replace(f"?{_mark(_QUERY)}", _mark(_QUERY))
    return Piece.of(_PLACE.split(text), rows={}, **_ALWAYS)


def _by_nobody(request: HttpRequest) -> HttpRequest:
    """The same page asked by somebody of whom nothing is known, so that nothing of a visitor can stand in the frame."""
    nobody = HttpRequest()
    nobody.method, nobody.path, nobody.path_info = "GET", request.path, request.path_info
    nobody.resolver_match, nobody.user = request.resolver_match, AnonymousUser()
    nobody.META["QUERY_STRING"] = _mark(_QUERY)
    return nobody


def _mark(place: str) -> str:
    return f"{_MARK}.{place}."


def _query(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return conditional_escape(f"?{iri_to_uri(query)}") if query else ""
