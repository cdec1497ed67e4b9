"""Two invented surveys: one of two years ago that nearly all Houses answered, one that is open; both say that they are examples."""

from datetime import datetime, time, timedelta
from typing import Any

from demo.network.houses import BALDEMORE, Home
from demo.network.world import World, mail
from huizen.models import User
from projects.actions.survey_question import add_question, add_theme, edit_question
from projects.actions.survey_reminder import replan
from projects.actions.survey_round import create_round, release_round
from projects.models import Kind, SurveyAnswer, SurveyQuestion, SurveyRound, SurveySubmission

INTRO = "Dit is een voorbeeld. De vragen en de antwoorden zijn verzonnen."
NO_MORE = {"help": "", "options": [], "rows": [], "top": 5, "low_label": "", "high_label": "", "unit": ""}
FULLY = ["helemaal", "gedeeltelijk", "nog niet"]
THEMES: dict[str, list[dict[str, Any]]] = {
    "Wie trekt het Huis": [
        {"kind": Kind.CHOICE, "text": "Wie neemt de trekkersrol op?", "is_required": True}
        | {"options": ["Het lokaal bestuur", "Een vzw", "Meerdere partners samen", "Nog niet beslist"]},
        {"kind": Kind.NUMBER, "text": "Hoeveel uren coördinatie zijn er?", "unit": "uren per week"},
    ],
    "Aanbod": [
        {"kind": Kind.CHOICES, "text": "Voor welke leeftijd willen jullie meer aanbod?"}
        | {"options": ["Zwangerschap", "Baby en peuter", "Kleuter", "Lagere school", "Tiener"]},
        {"kind": Kind.MATRIX, "text": "Hoe ver staan jullie met de drie pijlers?", "options": FULLY}
        | {
            "rows": [
                "Preventieve gezondheidszorg",
                "Opvoedingsondersteuning",
                "Ontmoeting en sociale cohesie",
            ]
        },
    ],
    "Bekendheid en knelpunten": [
        {"kind": Kind.SCALE, "text": "Hoe goed kennen ouders jullie?", "help": "Zo schatten jullie het in."}
        | {"low_label": "bijna niemand", "high_label": "bijna iedereen"},
        {"kind": Kind.TEXT, "text": "Wat is nu het grootste knelpunt?", "help": "In een paar zinnen."},
    ],
}
WORDS = (
    "Te weinig uren om alle partners te zien.",
    "Ouders met weinig Nederlands vinden ons nog niet.",
    "Geen plek om samen te komen in de deelgemeenten.",
    "Tieners bereiken lukt niet goed.",
)
CHANGED = "Hoe goed kennen ouders in jullie werkingsgebied jullie Huis?"


def make_survey(world: World, homes: list[Home], users: dict[str, User]) -> None:
    """Both rounds, with their answers; in the open one Baldemore began and did not hand in."""
    officer = users[mail("opgroeien")]
    first = _former(world, officer)
    second = _open(world, officer, first)
    home = next(home.house for home in homes if home.area.name == BALDEMORE)
    _answer(world, first, share=0.93)
    _answer(world, second, share=0.4, begun=home.pk)
    for round in (first, second):
        replan(round)


def _former(world: World, officer: User) -> SurveyRound:
    year = world.today.year - 2
    begins = world.today.replace(year=year, month=3, day=1)
    facts = _facts(f"Voorbeeldbevraging {year}", begins, begins + timedelta(days=45))
    then = _morning(world, facts["opens_on"])
    row = create_round(facts=facts | {"copied_from": None}, by=officer, now=then)
    for title, questions in THEMES.items():
        theme = add_theme(round=row, facts={"title": title, "intro": ""}, by=officer, now=then)
        for question in questions:
            every = NO_MORE | {"is_required": False} | question
            add_question(theme=theme, facts=every, by=officer, now=then)
    return release_round(round=row, by=officer, now=then)


def _open(world: World, officer: User, first: SurveyRound) -> SurveyRound:
    """The same questions, but one is asked better now, so that it is not compared."""
    begins = world.today - timedelta(days=6)
    facts = _facts(f"Voorbeeldbevraging {world.today.year}", begins, world.today + timedelta(days=24))
    row = create_round(facts=facts | {"copied_from": first}, by=officer, now=_morning(world, begins))
    old = SurveyQuestion.objects.select_related("theme__round").get(theme__round=row, kind=Kind.SCALE)
    every = {name: getattr(old, name) for name in (*NO_MORE, "kind", "is_required")}
    edit_question(question=old, facts=every | {"text": CHANGED}, by=officer, now=_morning(world, begins))
    return release_round(round=row, by=officer, now=_morning(world, begins))


def _facts(name: str, opens_on, closes_on) -> dict[str, Any]:
    return {"name": name, "intro": INTRO, "opens_on": opens_on, "closes_on": closes_on, "least_shown": 5}


def _morning(world: World, day) -> datetime:
    return datetime.combine(day, time(8), tzinfo=world.zone)


def _answer(world: World, row: SurveyRound, *, share: float, begun: int = 0) -> None:
    """So many of the Houses handed in; `begun` is the House that only began."""
    questions = SurveyRound.objects.with_questions().get(pk=row.pk).questions
    at, submissions = _morning(world, row.opens_on) + timedelta(days=3), []
    answers = list(row.answers.order_by("house__slug"))
    for answer in answers:
        hands_in = world.dice.random() < share and answer.house_id != begun
        if not hands_in and answer.house_id != begun:
            continue
        answer.draft = {each.key: _value(world, each) for each in (questions if hands_in else questions[:2])}
        answer.changed_at = at
        if hands_in:
            answer.submitted_at = at
            submission = SurveySubmission(answer=answer, version=1, facts=answer.draft, submitted_at=at)
            submissions.append(submission)
    SurveyAnswer.objects.bulk_update(answers, ["draft", "changed_at", "submitted_at"])
    SurveySubmission.objects.bulk_create(submissions)


def _value(world: World, question: SurveyQuestion) -> Any:
    dice = world.dice
    match question.kind:
        case Kind.CHOICE:
            return dice.choices(range(len(question.options)), [6, 3, 2, 1])[0]
        case Kind.CHOICES:
            return sorted(dice.sample(range(len(question.options)), dice.randint(1, 3)))
        case Kind.SCALE:
            return dice.choices(range(1, question.top + 1), [1, 3, 5, 3, 1])[0]
        case Kind.NUMBER:
            return dice.choice([4, 8, 10, 12, 16, 19, 19, 24, 38])
        case Kind.MATRIX:
            return {str(place): dice.choices(range(3), [5, 3, 1])[0] for place in range(len(question.rows))}
        case _:
            return dice.choice(WORDS)
