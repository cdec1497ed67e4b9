"""Two surveys of a House: one that is over and was handed in, one that is open."""

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

VALUES = (1, [0, 2], 4, 12, "Te weinig uren.", {"0": 1})


def surveys_of(house, now) -> dict:
    """What the addresses of the pages of a survey are filled in with."""
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
