"""The pages of the survey and the network that are looked at, and their rows."""

import datetime as dt

from projects.actions.survey_answer import submit_answer
from projects.models import SurveyRound
from tests.projects.surveys import (
    CHOICE,
    CHOICES,
    MATRIX,
    NUMBER,
    SCALE,
    TEXT,
    make_round,
    questions_of,
    release,
)

#: What a coordinator sees.
DESK = {
    "surveys of our house": "/beheer/bevraging/",
    "survey": "/beheer/bevraging/{survey_answer}/",
    "survey that was handed in": "/beheer/bevraging/{survey_done}/",
    "our answers beside all": "/beheer/bevraging/{survey_done}/resultaat/",
}
#: What the agency sees.
AGENCY = {
    "the whole network": "/opgroeien/netwerk/",
    "what houses have": "/opgroeien/netwerk/?beeld=huizen",
    "life domains by house": "/opgroeien/netwerk/?beeld=domeinen",
    "policy domains by house": "/opgroeien/netwerk/?beeld=beleid",
    "surveys": "/opgroeien/bevragingen/",
    "new survey": "/opgroeien/bevragingen/nieuw/",
    "one survey": "/opgroeien/bevragingen/{survey}/",
    "survey changed": "/opgroeien/bevragingen/{survey}/gegevens/",
    "new theme": "/opgroeien/bevragingen/{survey}/thema/",
    "theme": "/opgroeien/bevragingen/thema/{survey_theme}/",
    "new question of a survey": "/opgroeien/bevragingen/thema/{survey_theme}/vraag/",
    "question of a survey": "/opgroeien/bevragingen/vraag/{survey_question}/",
    "answers by house": "/opgroeien/bevragingen/{former_survey}/antwoorden/",
    "answer of one house": "/opgroeien/bevragingen/antwoord/{survey_done}/",
    "results": "/opgroeien/bevragingen/{former_survey}/resultaten/?met={survey}",
}
VALUES = (1, [0, 2], 4, 12, "Te weinig uren.", {"0": 1})


def surveys_of(house, now) -> dict:
    """A survey that is over and was handed in, and one that is open; what the addresses are filled in with."""
    day, today = dt.timedelta(days=1), now.date()
    days = {"opens_on": today - day, "closes_on": today + 9 * day, "least_shown": 3}
    former = release(make_round(CHOICE, CHOICES, SCALE, NUMBER, TEXT, MATRIX, name="Vorige foto", **days))
    answer = former.answers.get(house=house)
    facts = {question.key: value for question, value in zip(questions_of(former), VALUES, strict=True)}
    submit_answer(answer=answer, mine=facts, base={}, by=house.memberships.first().user, now=now)
    over = {"opens_on": today - 20 * day, "closes_on": today - 10 * day}
    SurveyRound.objects.filter(pk=former.pk).update(**over)
    row = release(make_round(name="Nieuwe foto", copied_from=former, **days))
    question = questions_of(row)[0]
    return {
        "survey": row.pk,
        "former_survey": former.pk,
        "survey_theme": question.theme_id,
        "survey_question": question.pk,
        "survey_answer": row.answers.get(house=house).pk,
        "survey_done": answer.pk,
    }
