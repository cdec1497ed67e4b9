"""Every address of the portal: each app brings its own."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

#: One address each, whatever the language of the page that links to them.
urlpatterns = [
    path("", include("huizen.welcome_urls")),
]

#: `/huizen/` in Dutch, `/fr/huizen/` in French (huizen/page_language.py). Addresses are tried one by one: what families
#: ask stands before what only staff do.
urlpatterns += i18n_patterns(
    path("", include("activities.urls")),
    path("", include("projects.urls")),
    path("", include("partners.urls")),
    path("", include("families.urls")),
    path("", include("huizen.urls")),
    path("aanmelden/", include("huizen.account_urls")),
    prefix_default_language=False,
)

if settings.EMBEDDED:
    urlpatterns.append(path("postvak/", include("demo.urls")))

handler400 = "huizen.views.errors.bad_request"
handler403 = "huizen.views.errors.forbidden"
handler404 = "huizen.views.errors.not_found"
handler500 = "huizen.views.errors.server_error"
