"""Pages that are the same for everybody who is not signed in: made once, kept for half a minute, gone when anything changes.

A view says so with `@shared`. Kept is what goes over the wire, compressed and all; a browser that has it already gets
a 304. Nothing is kept of who has a session, or of an answer that sets a cookie.
"""

from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from huizen import changes

#: What an answer depends on besides its address.
ASKED_WITH = (
    "HTTP_HOST",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_HX_REQUEST",
    "HTTP_HX_HISTORY_RESTORE_REQUEST",
    "HTTP_HX_TARGET",
)
#: Who sends one of these gets a page of her own: who is signed in, and who must still read what her last act did.
OWN = (settings.SESSION_COOKIE_NAME, "messages")
#: Made again for each connection by the server.
NOT_KEPT = {"content-length", "date"}


def has_own_pages(request) -> bool:
    """Whether a page is this visitor's own: nothing that is kept for everybody is for her."""
    return any(name in request.COOKIES for name in OWN)


def shared(view):
    """This page is the same for everybody without a session; it says words that may be half a minute old."""
    view.shared = True
    return view


@dataclass(frozen=True)
class Kept:
    """An answer as it went out."""

    headers: tuple[tuple[str, str], ...]
    body: bytes

    def answer(self) -> HttpResponse:
        response = HttpResponse(self.body)
        for name, value in self.headers:
            response.headers[name] = value
        return response


class SharedPages:
    """Stands outside everything that makes a page, the compression too."""

    def __init__(self, get_response):
        if not settings.SHARED_PAGE_SECONDS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if request.method != "GET" or has_own_pages(request):
            return self.get_response(request)
        cache, key = caches["pages"], self._key(request)
        kept = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if not self._may_keep(request, response):
                return response
            kept = Kept(tuple(h for h in response.items() if h[0].lower() not in NOT_KEPT), response.content)
            cache.set(key, kept, settings.SHARED_PAGE_SECONDS)
        response = kept.answer()
        return get_conditional_response(request, response.get("ETag"), None, response)

    @staticmethod
    def _key(request) -> str:
        # The generation goes first and is asked before the page is made: what changes meanwhile makes a new page.
        asked = "\n".join(request.META.get(name, "") for name in ASKED_WITH)
        text = f"{changes.generation()}\n{request.scheme}\n{request.get_full_path()}\n{asked}"
        return blake2b(text.encode(), digest_size=16).hexdigest()

    @staticmethod
    def _may_keep(request, response) -> bool:
        view = getattr(request.resolver_match, "func", None)
        return (
            getattr(view, "shared", False)
            and response.status_code == 200
            and not response.streaming
            and not response.cookies
        )
