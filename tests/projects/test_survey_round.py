"""A round of the survey: its questions, its copy, its release to all Houses."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.actions.survey_question import (
    add_question,
    edit_question,
    move_question,
    remove_question,
    remove_theme,
)
from projects.actions.survey_round import SurveyError, change_round, reconcile_surveys
from projects.models import Phase, SurveyQuestion, SurveySubmission
from tests.factories import NOW, TODAY, HouseFactory
from tests.projects.builders import make_officer
from tests.projects.surveys import (
    CHOICE,
    DAY,
    NUMBER,
    TEXT,
    hand_in,
    make_house,
    make_round,
    questions_of,
    release,
)

pytestmark = pytest.mark.django_db
OPEN = NOW + 2 * DAY


@pytest.fixture
def officer():
    return make_officer()


def answered(row, facts=None):
    """The only House handed in an answer to the first question."""
    answer = row.answers.get()
    question = questions_of(row)[0]
    hand_in(answer, answer.house.memberships.get().user, OPEN, **{question.key: facts or 1})
    return question


def test_where_a_round_stands_follows_from_the_calendar():
    row = make_round(CHOICE)
    assert row.phase(TODAY) == Phase.DRAFT
    row = release(row)
    assert [row.phase(day) for day in (TODAY, row.opens_on, row.closes_on, row.closes_on + DAY)] == [
        Phase.PLANNED,
        Phase.OPEN,
        Phase.OPEN,
        Phase.CLOSED,
    ]


def test_releasing_asks_every_house_that_serves_somewhere():
    houses = {make_house()[0] for _ in range(3)}
    HouseFactory()
    row = release(make_round(CHOICE))
    answers = row.answers.select_related("house")
    assert {answer.house for answer in answers} == houses
    assert len({answer.number for answer in answers}) == 3
    assert all(100 <= answer.number <= 999 for answer in answers)


def test_releasing_twice_is_releasing_once():
    make_house()
    row = release(make_round(CHOICE))
    assert release(row).released_at == row.released_at
    assert row.answers.count() == 1


def test_nothing_to_ask_is_not_released():
    with pytest.raises(SurveyError, match="nog geen vraag"):
        release(make_round())


def test_what_is_over_is_not_released():
    row = make_round(CHOICE, opens_on=TODAY - 9 * DAY, closes_on=TODAY - DAY)
    with pytest.raises(SurveyError, match="al voorbij"):
        release(row)


def test_a_house_that_comes_later_is_asked_too():
    make_house()
    row = release(make_round(CHOICE))
    make_house()
    assert reconcile_surveys(now=OPEN) == 1
    assert reconcile_surveys(now=OPEN) == 1
    assert row.answers.count() == 2


def test_the_first_day_stands_once_it_began(officer):
    row = release(make_round(CHOICE))
    with pytest.raises(SurveyError, match="al begonnen"):
        change_round(round=row, facts={"opens_on": TODAY}, by=officer, now=OPEN)


def test_a_copy_asks_the_same(officer):
    first = make_round(CHOICE, TEXT)
    remove_question(question=questions_of(first)[1], by=officer, now=NOW)
    second = make_round(name="Tweede", copied_from=first)
    [old], [new] = questions_of(first), questions_of(second)
    assert (new.text, new.options, new.lineage, new.version) == (old.text, old.options, old.lineage, 1)
    assert new.pk != old.pk


def test_a_question_that_nobody_answered_changes(officer):
    row = make_round(CHOICE)
    edit_question(question=questions_of(row)[0], facts=CHOICE | {"text": "Wie?"}, by=officer, now=NOW)
    assert [(q.text, q.version) for q in SurveyQuestion.objects.all()] == [("Wie?", 1)]


def test_an_answered_question_gets_a_next_version(officer):
    make_house()
    row = release(make_round(CHOICE))
    old = answered(row)
    new = edit_question(question=old, facts=CHOICE | {"text": "Wie?"}, by=officer, now=OPEN)
    assert [q.text for q in questions_of(row)] == ["Wie?"]
    assert (new.lineage, new.version, new.number) == (old.lineage, 2, old.number)
    old.refresh_from_db()
    assert (old.text, old.is_current) == (CHOICE["text"], False)
    assert SurveySubmission.objects.get().facts == {old.key: 1}


def test_a_draft_answer_counts_as_an_answer(officer):
    make_house()
    row = release(make_round(CHOICE))
    row.answers.update(draft={questions_of(row)[0].key: 0})
    edit_question(question=questions_of(row)[0], facts=CHOICE | {"text": "Wie?"}, by=officer, now=OPEN)
    assert SurveyQuestion.objects.count() == 2


def test_saving_a_question_as_it_is_makes_no_version(officer):
    make_house()
    row = release(make_round(CHOICE))
    edit_question(question=answered(row), facts=CHOICE, by=officer, now=OPEN)
    assert SurveyQuestion.objects.count() == 1


def test_a_copied_question_that_changes_is_another_version(officer):
    first = make_round(CHOICE)
    second = make_round(name="Tweede", copied_from=first)
    changed = edit_question(
        question=questions_of(second)[0], facts=CHOICE | {"text": "Wie?"}, by=officer, now=NOW
    )
    assert (changed.version, questions_of(first)[0].version) == (2, 1)


def test_an_answered_question_is_asked_no_more_but_stays(officer):
    make_house()
    row = release(make_round(CHOICE))
    old = answered(row)
    remove_question(question=old, by=officer, now=OPEN)
    assert questions_of(row) == []
    assert SurveyQuestion.objects.get().is_current is False
    with pytest.raises(SurveyError, match="intussen"):
        edit_question(question=old, facts=CHOICE | {"text": "Wie?"}, by=officer, now=OPEN)


def test_questions_move(officer):
    row = make_round(CHOICE, NUMBER)
    move_question(question=questions_of(row)[1], step=-1, by=officer, now=NOW)
    assert [q.text for q in questions_of(row)] == [NUMBER["text"], CHOICE["text"]]
    with pytest.raises(SurveyError, match="aan het einde"):
        move_question(question=questions_of(row)[0], step=-1, by=officer, now=NOW)


def test_a_theme_with_questions_stays(officer):
    row = make_round(CHOICE)
    with pytest.raises(SurveyError, match="staan vragen"):
        remove_theme(theme=row.themes.get(), by=officer, now=NOW)


def test_the_database_holds_the_rules(officer):
    theme = make_round(CHOICE).themes.get()
    for facts in (CHOICE | {"options": ["één"]}, TEXT | {"options": ["a", "b"]}, TEXT | {"top": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            add_question(theme=theme, facts=facts, by=officer, now=NOW)


def test_what_was_handed_in_is_frozen():
    make_house()
    row = release(make_round(CHOICE))
    answered(row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveySubmission.objects.update(facts={})


def test_days_are_those_of_brussels():
    row = release(make_round(CHOICE))
    late = dt.datetime.combine(row.closes_on, dt.time(23, 59), tzinfo=timezone.get_default_timezone())
    assert row.phase(timezone.localdate(late)) == Phase.OPEN
    assert row.phase(timezone.localdate(late + dt.timedelta(minutes=2))) == Phase.CLOSED
