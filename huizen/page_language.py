"""In which language a page speaks: `/fr/huizen/` is `/huizen/` in French. The address says it, no cookie does.

So a page can be shared, kept by a cache and read by who never signed in. Dutch has no prefix. Staff pages are in
Dutch only. Which languages there are is a setting (PORTAL_LANGUAGES): the law leaves no more than that.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import override

from huizen.languages import DUTCH, speaks
from huizen.roles import Permission


def split(path: str) -> tuple[str, str]:
    """The language of an address and the address without it: "/fr/huizen/" → ("fr", "/huizen/")."""
    code, slash, rest = path.removeprefix("/").partition("/")
    if slash and code != DUTCH and code in speaks():
        return code, f"/{rest}"
    return DUTCH, path


def address_in(code: str, path: str) -> str:
    """The same page in another language."""
    _, plain = split(path)
    return plain if code == DUTCH else f"/{code}{plain}"


class PageLanguage:
    """Middleware: the words of the answer are in the language that its address names.

    Django's own would also look at cookies and headers; what it cannot know from the address, it guesses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code, _ = split(request.path_info)
        with override(settings.LANGUAGE_CODE if code == DUTCH else code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE if code == DUTCH else code)
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        """Staff read Dutch: a link to their pages from a translated page leads to the Dutch one."""
        code, plain = split(request.get_full_path())
        if code == DUTCH or not isinstance(getattr(view, "access", None), Permission):
            return None
        return HttpResponseRedirect(plain)
