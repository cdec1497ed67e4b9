from django.urls import include, path

from projects.views import agency, budget, desk, indicators, network, periods, public, reports, review

OWN = "beheer/projecten/<slug:slug>"

urlpatterns = [
    path("", include("projects.survey.urls")),
    path("projecten/", public.project_list, name="project_list"),
    path("projecten/<slug:slug>/", public.project_detail, name="project_detail"),
    path("opgroeien/", agency.agency, name="agency"),
    path("opgroeien/netwerk/", network.network_picture, name="network_picture"),
    path("opgroeien/netwerk/<slug:what>.<slug:kind>", network.network_export, name="network_export"),
    path("opgroeien/projecten.csv", agency.agency_csv, name="agency_csv"),
    path("opgroeien/projecten.xlsx", agency.agency_xlsx, name="agency_xlsx"),
    path("opgroeien/oproepen/<int:pk>/", periods.call_periods, name="call_periods"),
    path("opgroeien/oproepen/<int:pk>/verslagen/", periods.call_reports, name="call_reports"),
    path("opgroeien/termijnen/<int:pk>/", periods.period_move, name="period_move"),
    path("opgroeien/verslagen/<int:pk>/", review.report_review, name="report_review"),
    path("opgroeien/verslagen/<int:pk>/besluit/", review.report_decide, name="report_decide"),
    path(
        "opgroeien/verslagen/<int:pk>/versies/<int:number>/",
        review.report_review_version,
        name="report_review_version",
    ),
    path("opgroeien/meetlatten/<int:pk>/", indicators.yardstick_decide, name="yardstick_decide"),
    path("opgroeien/begroting/<int:pk>/weg/", budget.budget_remove, name="budget_remove"),
    path("beheer/verslagen/<int:pk>/", reports.report_write, name="report_write"),
    path("beheer/verslagen/<int:pk>/versies/<int:number>/", reports.report_version, name="report_version"),
    path("beheer/verslagen/punten/<int:pk>/", reports.report_point, name="report_point"),
    path("beheer/projecten/", desk.project_desk, name="project_desk"),
    path(f"{OWN}/", desk.project_edit, name="project_edit"),
    path(f"{OWN}/verslagen/", reports.report_list, name="report_list"),
    path(f"{OWN}/activiteiten/", indicators.project_activities, name="project_activities"),
    path(f"{OWN}/resultaten/", indicators.result_list, name="result_list"),
    path(f"{OWN}/resultaten/<int:pk>/indicator/", indicators.indicator_create, name="indicator_create"),
    path(f"{OWN}/indicatoren/<int:pk>/", indicators.yardstick, name="yardstick"),
    path(f"{OWN}/begroting/", budget.budget, name="budget"),
    path(f"{OWN}/begroting/lijn/", budget.budget_add, name="budget_add"),
    path(f"{OWN}/begroting/schijf/", budget.instalment_add, name="instalment_add"),
    path(f"{OWN}/doelen/nieuw/", desk.objective_create, name="objective_create"),
    path(f"{OWN}/doelen/<int:pk>/", desk.objective_edit, name="objective_edit"),
    path(f"{OWN}/doelen/<int:pk>/weg/", desk.objective_remove, name="objective_remove"),
    path(f"{OWN}/doelen/<int:pk>/plaats/", desk.objective_move, name="objective_move"),
    path(f"{OWN}/doelen/<int:pk>/resultaat/", indicators.result_create, name="result_create"),
]
