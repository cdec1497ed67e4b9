"""The letter box."""

from django.urls import path

from demo import views

urlpatterns = [
    path("", views.letterbox, name="letterbox"),
    path("leegmaken/", views.empty_letterbox, name="letterbox_empty"),
    path("<slug:name>/", views.letter, name="letter"),
    path("<slug:name>/opgemaakt/", views.letter_html, name="letter_html"),
    path("<slug:name>/bijlage/<int:number>/", views.attachment, name="letter_attachment"),
]
