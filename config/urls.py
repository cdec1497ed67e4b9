"""Every address of the portal: each app brings its own."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("projects.urls")),
    path("", include("activities.urls")),
    path("", include("partners.urls")),
    path("", include("families.urls")),
    path("", include("huizen.urls")),
    path("aanmelden/", include("huizen.account_urls")),
]

if settings.EMBEDDED:
    urlpatterns.append(path("postvak/", include("demo.urls")))

handler400 = "huizen.views.errors.bad_request"
handler403 = "huizen.views.errors.forbidden"
handler404 = "huizen.views.errors.not_found"
handler500 = "huizen.views.errors.server_error"
