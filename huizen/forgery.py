"""Against forms that another site sends in somebody's name, without a cookie for who has no name here yet.

A forged request rides on a cookie. Who has no session has none to ride on: there the browser's own word is enough that
the form stood on our page (Fetch Metadata, W3C; the Origin header of RFC 6454 for older browsers). So nobody gets a
cookie before she signs in, and public pages with a form can be kept. With a session Django's own token is asked.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.middleware.csrf import CsrfViewMiddleware

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
REFUSED = "The form was sent from another site."


def from_our_own_page(request) -> bool:
    """Whether the browser says that the request began on a page of this site (or typed by hand); true where it is silent."""
    where = request.headers.get("Sec-Fetch-Site")
    if where:
        return where in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return (
        not origin or origin in settings.CSRF_TRUSTED_ORIGINS or urlsplit(origin).netloc == request.get_host()
    )


class ForgeryMiddleware(CsrfViewMiddleware):
    """Django's protection, with a lighter way for public pages and visitors without a session.

    What a machine of somebody else posts to (`csrf_exempt`: the button of a mail program, a provider) comes from any site.
    """

    def process_view(self, request, callback, callback_args, callback_kwargs):
        is_open = getattr(callback, "access", "") == "public" and not getattr(callback, "csrf_exempt", False)
        if request.method in SAFE or not is_open or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return super().process_view(request, callback, callback_args, callback_kwargs)
        return None if from_our_own_page(request) else self._reject(request, REFUSED)
