"""A survey with one question of each kind, Houses that answer it, and its clock."""

import datetime as dt

from django.utils import timezone

from projects.actions.survey_answer import submit_answer
from projects.actions.survey_question import add_question, add_theme
from projects.actions.survey_round import create_round, release_round
from projects.models import Kind, SurveyRound
from tests.factories import NOW, TODAY, MembershipFactory, WorkingAreaFactory
from tests.projects.builders import make_officer

DAY = dt.timedelta(days=1)
EMPTY = {
    "help": "",
    "options": [],
    "rows": [],
    "top": 5,
    "low_label": "",
    "high_label": "",
    "unit": "",
    "is_required": False,
}
CHOICE = EMPTY | {"kind": Kind.CHOICE, "text": "Wie trekt jullie Huis?", "options": ["Lokaal bestuur", "Vzw"]}
CHOICES = EMPTY | {
    "kind": Kind.CHOICES,
    "text": "Wat bieden jullie?",
    "options": ["Spelen", "Praten", "Leren"],
}
SCALE = EMPTY | {
    "kind": Kind.SCALE,
    "text": "Hoe bekend zijn jullie?",
    "low_label": "niet",
    "high_label": "heel",
}
NUMBER = EMPTY | {"kind": Kind.NUMBER, "text": "Hoeveel uren?", "unit": "uren per week"}
TEXT = EMPTY | {"kind": Kind.TEXT, "text": "Wat loopt moeilijk?"}
MATRIX = EMPTY | {
    "kind": Kind.MATRIX,
    "text": "Hoe loopt het?",
    "options": ["goed", "matig"],
    "rows": ["Met de gemeente", "Met scholen"],
}
ALL = (CHOICE, CHOICES, SCALE, NUMBER, TEXT, MATRIX)


def make_round(*questions: dict, by=None, **facts) -> SurveyRound:
    """A round that is not released, with these questions under one theme; open for 30 days from tomorrow on."""
    by = by or make_officer()
    facts = {
        "name": "Voorbeeldbevraging",
        "intro": "Een vraag.",
        "opens_on": TODAY + DAY,
        "closes_on": TODAY + 30 * DAY,
        "least_shown": 3,
        "copied_from": None,
        **facts,
    }
    row = create_round(facts=facts, by=by, now=NOW)
    if questions:
        theme = add_theme(round=row, facts={"title": "Algemeen", "intro": ""}, by=by, now=NOW)
        for question in questions:
            add_question(theme=theme, facts=question, by=by, now=NOW)
    return row


def release(row: SurveyRound) -> SurveyRound:
    """Ask all Houses that there are."""
    return release_round(round=row, by=make_officer(), now=NOW)


def running(*questions: dict, **facts) -> SurveyRound:
    """A round that is open on the day that the pages are asked for."""
    today = timezone.localdate()
    return release(make_round(*questions, opens_on=today - DAY, closes_on=today + 9 * DAY, **facts))


def questions_of(row: SurveyRound):
    """What is asked now, in order."""
    return SurveyRound.objects.with_questions().get(pk=row.pk).questions


def make_house(**facts):
    """A House that serves somewhere, with its coordinator."""
    house = WorkingAreaFactory(**{f"house__{name}": value for name, value in facts.items()}).house
    return house, MembershipFactory(house=house).user


def hand_in(answer, by, now, **facts):
    """Hand in what is given, by the key of the question."""
    return submit_answer(answer=answer, mine=facts, base=answer.draft, by=by, now=now)
