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
]
