from django.urls import path

from projects.views import applications, calls, handing_in, judging, selection

CALL, REVIEW, OWN = "opgroeien/oproepen/<int:pk>", "opgroeien/aanvragen/<int:pk>", "beheer/aanvragen/<int:pk>"

urlpatterns = [
    path("opgroeien/oproepen/", calls.programme_list, name="programme_list"),
    path("opgroeien/programmas/nieuw/", calls.programme_create, name="programme_create"),
    path("opgroeien/programmas/<int:pk>/", calls.programme_edit, name="programme_edit"),
    path("opgroeien/programmas/<int:pk>/oproep/", calls.call_create, name="call_create"),
    path(f"{CALL}/regels/", calls.call_rules, name="call_rules"),
    path(f"{CALL}/criteria/", calls.call_criteria, name="call_criteria"),
    path(f"{CALL}/uitleg/", calls.call_guides, name="call_guides"),
    path(f"{CALL}/bekendmaken/", calls.call_publish, name="call_publish"),
    path(f"{CALL}/aanvragen/", selection.call_applications, name="call_applications"),
    path(f"{CALL}/jury/", selection.call_jury, name="call_jury"),
    path("opgroeien/belangenconflicten/<int:pk>/", selection.conflict_lift, name="conflict_lift"),
    path("opgroeien/juryleden/<int:pk>/weg/", selection.jury_seat_end, name="jury_seat_end"),
    path(f"{REVIEW}/", selection.application_review, name="application_review"),
    path(f"{REVIEW}/ontvankelijk/", selection.application_admit, name="application_admit"),
    path(f"{REVIEW}/besluit/", selection.application_decide, name="application_decide"),
    path(f"{REVIEW}/brief/", selection.application_review_letter, name="application_review_letter"),
    path(
        f"{REVIEW}/brief.pdf",
        selection.application_review_letter_paper,
        name="application_review_letter_paper",
    ),
    path(
        f"{REVIEW}/bijlagen/<int:number>/", selection.application_review_file, name="application_review_file"
    ),
    path("jury/", judging.jury_list, name="jury_list"),
    path("jury/<int:pk>/", judging.jury_application, name="jury_application"),
    path("jury/<int:pk>/belang/", judging.jury_declare, name="jury_declare"),
    path("jury/<int:pk>/bijlagen/<int:number>/", judging.jury_file, name="jury_file"),
    path("beheer/oproepen/", applications.open_calls, name="open_calls"),
    path("beheer/oproepen/<int:pk>/", applications.open_call, name="open_call"),
    path("beheer/oproepen/<int:pk>/begin/", applications.application_begin, name="application_begin"),
    path("beheer/aanvragen/bijlagen/<int:pk>/", handing_in.application_file, name="application_file"),
    path(
        "beheer/aanvragen/bijlagen/<int:pk>/weg/",
        handing_in.application_file_remove,
        name="application_file_remove",
    ),
    path(f"{OWN}/", handing_in.application, name="application"),
    path(f"{OWN}/bijlagen/", handing_in.application_files, name="application_files"),
    path(f"{OWN}/nakijken/", handing_in.application_check, name="application_check"),
    path(f"{OWN}/indienen/", handing_in.application_submit, name="application_submit"),
    path(f"{OWN}/intrekken/", handing_in.application_withdraw, name="application_withdraw"),
    path(f"{OWN}/brief/", handing_in.application_letter, name="application_letter"),
    path(f"{OWN}/brief.pdf", handing_in.application_letter_paper, name="application_letter_paper"),
    path(f"{OWN}/<slug:step>/", applications.application_step, name="application_step"),
]
