from django.urls import path

from huizen.views import welcome

urlpatterns = [
    path("welkom/<slug:code>/", welcome.welcome, name="welcome"),
]
