from django.urls import path

from activities.views import registration, session_edit

urlpatterns = [
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
