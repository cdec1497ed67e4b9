"""Every address of the portal: each app brings its own."""

from collections.abc import Iterable
from importlib import import_module
from itertools import chain

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

#: One address each, whatever the language of the page that links to them.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huizen.welcome_urls")),
]

APPS = ("huizen", "activities", "families", "projects", "partners")
#: How the addresses begin that only staff open.
STAFF = ("beheer/", "opgroeien/")


def families_first(patterns: Iterable[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Addresses are tried one by one, and 350 of staff take half a millisecond: those that families ask stand before them."""
    return sorted(patterns, key=lambda each: str(each.pattern).startswith(STAFF))


#: `/huizen/` in Dutch, `/fr/huizen/` in French (huizen/page_language.py).
urlpatterns += i18n_patterns(
    *families_first(chain.from_iterable(import_module(f"{app}.urls").urlpatterns for app in APPS)),
    path("aanmelden/", include("huizen.account_urls")),
    prefix_default_language=False,
)

if settings.EMBEDDED:
    urlpatterns.append(path("postvak/", include("demo.urls")))

handler400 = "huizen.views.errors.bad_request"
handler403 = "huizen.views.errors.forbidden"
handler404 = "huizen.views.errors.not_found"
handler500 = "huizen.views.errors.server_error"
