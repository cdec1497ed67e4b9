from django.urls import include, path

from projects.views import agency, desk, network, public

urlpatterns = [
    path("", include("projects.survey.urls")),
    path("projecten/", public.project_list, name="project_list"),
    path("projecten/<slug:slug>/", public.project_detail, name="project_detail"),
    path("opgroeien/", agency.agency, name="agency"),
    path("opgroeien/projecten.csv", agency.agency_export, name="agency_export"),
    path("opgroeien/netwerk/", network.network_picture, name="network_picture"),
    path("opgroeien/netwerk/<slug:what>.<slug:kind>", network.network_export, name="network_export"),
    path("beheer/projecten/", desk.project_desk, name="project_desk"),
    path("beheer/projecten/<slug:slug>/", desk.project_edit, name="project_edit"),
    path("beheer/projecten/<slug:slug>/doelen/nieuw/", desk.objective_create, name="objective_create"),
    path("beheer/projecten/<slug:slug>/doelen/<int:pk>/", desk.objective_edit, name="objective_edit"),
    path("beheer/projecten/<slug:slug>/doelen/<int:pk>/weg/", desk.objective_remove, name="objective_remove"),
    path("beheer/projecten/<slug:slug>/doelen/<int:pk>/plaats/", desk.objective_move, name="objective_move"),
]
