"""Addresses of what professionals of all Houses give each other."""

from django.urls import path

from projects.views import examples, exchange

HERE = "beheer/uitwisseling"

urlpatterns = [
    path(f"{HERE}/", exchange.question_list, name="exchange_questions"),
    path(f"{HERE}/vragen/nieuw/", exchange.question_ask, name="exchange_ask"),
    path(f"{HERE}/vragen/<int:pk>/", exchange.question_detail, name="exchange_question"),
    path(f"{HERE}/vragen/<int:pk>/weg/", exchange.question_remove, name="exchange_question_remove"),
    path(f"{HERE}/antwoorden/<int:pk>/weg/", exchange.answer_remove, name="exchange_answer_remove"),
    path(f"{HERE}/mensen/", exchange.directory, name="exchange_directory"),
    path(f"{HERE}/mensen/weg/", exchange.directory_leave, name="exchange_leave"),
    path(f"{HERE}/voorbeelden/", examples.example_list, name="exchange_examples"),
    path(f"{HERE}/voorbeelden/nieuw/", examples.example_create, name="exchange_example_create"),
    path(f"{HERE}/voorbeelden/<int:pk>/", examples.example_detail, name="exchange_example"),
    path(f"{HERE}/voorbeelden/<int:pk>/wijzig/", examples.example_edit, name="exchange_example_edit"),
    path(f"{HERE}/voorbeelden/<int:pk>/doe/", examples.example_decide, name="exchange_example_decide"),
]
