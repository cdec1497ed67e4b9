from django.urls import path

from families.views import family, participation

urlpatterns = [
    path("mijn/gezin/", family.family_edit, name="family_edit"),
    path("mijn/gegevens/", family.data_show, name="data_show"),
    path("mijn/gegevens.json", family.data_download, name="data_download"),
    path("mijn/wissen/", family.account_erase, name="account_erase"),
    path("huizen/<slug:slug>/meedenken/", participation.idea_create, name="idea_create"),
    path("beheer/meedenken/", participation.participation_list, name="participation_list"),
    path("beheer/meedenken/idee/<int:pk>/", participation.idea_answer, name="idea_answer"),
    path("beheer/meedenken/gesprek/nieuw/", participation.talk_create, name="talk_create"),
    path("beheer/meedenken/gesprek/<int:pk>/", participation.talk_edit, name="talk_edit"),
    path("beheer/meedenken/vraag/<slug:slug>/", participation.question_edit, name="question_edit"),
]
