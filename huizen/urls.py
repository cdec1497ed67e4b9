from django.urls import path

from huizen import api
from huizen.views import (
    delivery,
    desk,
    health,
    house,
    house_edit,
    location_edit,
    logbook,
    pages,
    style,
    team,
)

urlpatterns = [
    path("hulp/", pages.manual, name="help"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("bronnen/", pages.sources, name="sources"),
    path("stijl/", style.style, name="style"),
    path("robots.txt", pages.robots, name="robots"),
    path("gezond/", health.health, name="health"),
    path("api/plaatsen", api.places, name="place_api"),
    path("huizen/", house.house_list, name="house_list"),
    path("beheer/huis/", house_edit.house_choose, name="house_choose"),
    path("beheer/huis/<slug:slug>/", house_edit.house_manage, name="house_manage"),
    path("beheer/huis/<slug:slug>/gegevens/", house_edit.house_edit, name="house_edit"),
    path("beheer/huis/<slug:slug>/nagekeken/", house_edit.house_check, name="house_check"),
    path("beheer/huis/<slug:slug>/werkingsgebied/", house_edit.working_area, name="working_area"),
    path("beheer/huis/gebied/<int:pk>/beeindigen/", house_edit.working_area_end, name="working_area_end"),
    path("beheer/huis/<slug:slug>/nieuwe-plek/", location_edit.location_create, name="location_create"),
    path("beheer/huis/plek/<int:pk>/", location_edit.location_edit, name="location_edit"),
    path("beheer/huis/plek/<int:pk>/uit-gebruik/", location_edit.location_retire, name="location_retire"),
    path("beheer/huis/plek/<int:pk>/in-gebruik/", location_edit.location_reopen, name="location_reopen"),
    path("beheer/huis/plek/<int:pk>/uren/", location_edit.location_hours, name="location_hours"),
    path(
        "beheer/huis/plek/<int:pk>/andere-dagen/", location_edit.location_exception, name="location_exception"
    ),
    path("beheer/huis/uren/<int:pk>/weg/", location_edit.hours_remove, name="hours_remove"),
    path("beheer/huis/andere-dagen/<int:pk>/weg/", location_edit.exception_remove, name="exception_remove"),
    path("beheer/", desk.desk, name="desk"),
    path("beheer/post/", delivery.delivery_list, name="delivery_list"),
    path("beheer/post/gepland/", delivery.delivery_planned, name="delivery_planned"),
    path("beheer/post/<uuid:pk>/", delivery.delivery_detail, name="delivery_detail"),
    path("beheer/logboek/", logbook.logbook, name="logbook"),
    path("beheer/team/", team.team, name="team"),
    path("beheer/team/<slug:slug>/", team.team, name="team_of"),
    path("beheer/uitnodiging/<int:pk>/intrekken/", team.invitation_withdraw, name="invitation_withdraw"),
    path("beheer/rol/<int:pk>/beeindigen/", team.membership_end, name="membership_end"),
    path("uitnodiging/<str:token>/", team.invitation_accept, name="invitation_accept"),
]
