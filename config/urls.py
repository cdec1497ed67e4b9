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
