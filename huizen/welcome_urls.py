"""The pages of welcome: one address each, whatever the language of the page that links to them."""

from django.urls import path

from huizen.views import welcome

urlpatterns = [
    path("welkom/<slug:code>/", welcome.welcome, name="welcome"),
]
