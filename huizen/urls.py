from django.urls import URLPattern, path

from huizen.views import pages, style

urlpatterns: list[URLPattern] = [
    path("hulp/", pages.manual, name="help"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("bronnen/", pages.sources, name="sources"),
    path("stijl/", style.style, name="style"),
]
