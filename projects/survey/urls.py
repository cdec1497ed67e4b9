from django.urls import path

from projects.views import survey_answers, survey_desk, survey_round

urlpatterns = [
    path("opgroeien/bevragingen/", survey_round.round_list, name="survey_rounds"),
    path("opgroeien/bevragingen/nieuw/", survey_round.round_create, name="survey_create"),
    path("opgroeien/bevragingen/<int:pk>/", survey_round.round_detail, name="survey_round"),
    path("opgroeien/bevragingen/<int:pk>/gegevens/", survey_round.round_edit, name="survey_edit"),
    path("opgroeien/bevragingen/<int:pk>/vrijgeven/", survey_round.round_release, name="survey_release"),
    path("opgroeien/bevragingen/<int:pk>/thema/", survey_round.theme_create, name="survey_theme_create"),
    path("opgroeien/bevragingen/<int:pk>/antwoorden/", survey_answers.answer_list, name="survey_answers"),
    path("opgroeien/bevragingen/<int:pk>/resultaten/", survey_answers.round_results, name="survey_results"),
    path("opgroeien/bevragingen/<int:pk>/resultaten.pdf", survey_answers.results_paper, name="survey_paper"),
    path(
        "opgroeien/bevragingen/<int:pk>/resultaten.<str:kind>",
        survey_answers.results_export,
        name="survey_export",
    ),
    path(
        "opgroeien/bevragingen/antwoord/<int:pk>/", survey_answers.answer_detail, name="survey_answer_detail"
    ),
    path("opgroeien/bevragingen/thema/<int:pk>/", survey_round.theme_edit, name="survey_theme"),
    path(
        "opgroeien/bevragingen/thema/<int:pk>/vraag/",
        survey_round.question_create,
        name="survey_question_create",
    ),
    path("opgroeien/bevragingen/vraag/<int:pk>/", survey_round.question_edit, name="survey_question"),
    path(
        "opgroeien/bevragingen/vraag/<int:pk>/plaats/",
        survey_round.question_move,
        name="survey_question_move",
    ),
    path("beheer/bevraging/", survey_desk.survey_list, name="survey_list"),
    path("beheer/bevraging/<int:pk>/", survey_desk.survey_answer, name="survey_answer"),
    path("beheer/bevraging/<int:pk>/bewaar/", survey_desk.survey_keep, name="survey_keep"),
    path("beheer/bevraging/<int:pk>/resultaat/", survey_desk.survey_result, name="survey_result"),
]
