from django.urls import path

from huizen.views import desk, health, logbook, pages, style, team

urlpatterns = [
    path("hulp/", pages.manual, name="help"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("bronnen/", pages.sources, name="sources"),
    path("stijl/", style.style, name="style"),
    path("gezond/", health.health, name="health"),
    path("beheer/", desk.desk, name="desk"),
    path("beheer/logboek/", logbook.logbook, name="logbook"),
    path("beheer/team/", team.team, name="team"),
    path("beheer/team/<slug:slug>/", team.team, name="team_of"),
    path("beheer/uitnodiging/<int:pk>/intrekken/", team.invitation_withdraw, name="invitation_withdraw"),
    path("beheer/rol/<int:pk>/beeindigen/", team.membership_end, name="membership_end"),
    path("uitnodiging/<str:token>/", team.invitation_accept, name="invitation_accept"),
]
