from django.urls import path

from activities.views import calendar, detail, home, house, offer_edit, results

urlpatterns = [
    path("", home.home, name="home"),
    path("activiteiten/", results.activity_list, name="activity_list"),
    path("activiteiten/<slug:slug>/", detail.activity_detail, name="activity_detail"),
    path("activiteiten/<slug:slug>/agenda.ics", calendar.activity_calendar, name="activity_calendar"),
    path("momenten/<int:pk>/agenda.ics", calendar.session_calendar, name="session_calendar"),
    path("huizen/<slug:slug>/", house.house_detail, name="house_detail"),
    path("huizen/<slug:slug>/agenda.ics", calendar.house_calendar, name="house_calendar"),
    path("beheer/activiteiten/", offer_edit.offer_list, name="offer_list"),
    path("beheer/activiteiten/nieuw/", offer_edit.offer_create, name="offer_create"),
    path("beheer/activiteiten/<int:pk>/", offer_edit.offer_edit, name="offer_edit"),
    path("beheer/activiteiten/<int:pk>/wanneer/", offer_edit.offer_schedule, name="offer_schedule"),
    path("beheer/activiteiten/<int:pk>/publiceren/", offer_edit.offer_publish, name="offer_publish"),
    path("beheer/activiteiten/<int:pk>/offline/", offer_edit.offer_unpublish, name="offer_unpublish"),
    path("beheer/activiteiten/<int:pk>/archiveren/", offer_edit.offer_archive, name="offer_archive"),
    path("beheer/activiteiten/<int:pk>/nagekeken/", offer_edit.offer_check, name="offer_check"),
    path("beheer/activiteiten/<int:pk>/kopieren/", offer_edit.offer_copy, name="offer_copy"),
from activities.views import my, registration, session_edit

urlpatterns = [
    path("mijn/", my.my, name="my"),
    path("momenten/<int:pk>/inschrijven/", registration.registration_create, name="registration_create"),
    path("inschrijving/<str:token>/", registration.registration_manage, name="registration_manage"),
    path("beheer/momenten/", session_edit.session_list, name="session_list"),
    path("beheer/momenten/<int:pk>/", session_edit.session_manage, name="session_manage"),
    path("beheer/momenten/<int:pk>/plaatsen/", session_edit.session_capacity, name="session_capacity"),
    path("beheer/momenten/<int:pk>/doorschuiven/", session_edit.session_promote, name="session_promote"),
    path("beheer/momenten/<int:pk>/afgelasten/", session_edit.session_cancel, name="session_cancel"),
    path("beheer/momenten/<int:pk>/hervatten/", session_edit.session_restore, name="session_restore"),
    path("beheer/momenten/<int:pk>/verplaatsen/", session_edit.session_move, name="session_move"),
    path("beheer/momenten/<int:pk>/inschrijven/", session_edit.session_register, name="session_register"),
    path("beheer/inschrijvingen/<uuid:pk>/", session_edit.registration_cancel, name="registration_cancel"),
]
