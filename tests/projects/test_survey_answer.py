"""One House answers: a draft that two people may keep, handed in once, frozen, given back with a reason."""

import threading

import pytest

from huizen.models import Event, Message
from projects.actions import survey_answer
from projects.actions.survey_answer import (
    SubmittedError,
    give_back,
    may_answer,
    save_answer,
    submit_answer,
)
from projects.actions.survey_forget import forget_drafts
from projects.actions.survey_question import edit_question
from projects.actions.survey_round import SurveyError
from projects.models import SurveyAnswer, SurveySubmission
from projects.survey.merging import Both
from tests.at_once import at_once
from tests.factories import NOW
from tests.projects.builders import make_officer
from tests.projects.surveys import CHOICE, DAY, TEXT, hand_in, make_house, make_round, questions_of, release

pytestmark = pytest.mark.django_db
OPEN, OVER = NOW + 2 * DAY, NOW + 40 * DAY


@pytest.fixture
def els():
    return make_house(name="Huis Els")[1]


@pytest.fixture
def answer(els):
    release(make_round(CHOICE | {"is_required": True}, TEXT))
    return SurveyAnswer.objects.select_related("round", "house").get()


@pytest.fixture
def keys(answer):
    return [question.key for question in questions_of(answer.round)]


def save(answer, by, mine, base=None, now=OPEN):
    return save_answer(answer=answer, mine=mine, base=base or {}, by=by, now=now)


def test_a_draft_is_kept_and_nothing_is_handed_in(answer, els, keys):
    save(answer, els, {keys[1]: "Veel"})
    answer.refresh_from_db()
    assert (answer.draft, answer.changed_by, answer.state) == ({keys[1]: "Veel"}, els, "draft")
    assert not SurveySubmission.objects.exists()


def test_two_people_at_once_lose_nothing(answer, els, keys):
    save(answer, els, {keys[0]: 0})
    merged = save(answer, els, {keys[1]: "Veel"})
    assert merged == ({keys[0]: 0, keys[1]: "Veel"}, [])


def test_where_both_answered_the_second_sees_both(answer, els, keys):
    save(answer, els, {keys[0]: 0})
    merged = save(answer, els, {keys[0]: 1, keys[1]: "Veel"})
    assert merged.both == [Both(keys[0], 1, 0)]
    answer.refresh_from_db()
    assert answer.draft == {keys[0]: 0, keys[1]: "Veel"}


def test_what_differs_is_not_handed_in_before_somebody_chooses(answer, els, keys):
    save(answer, els, {keys[0]: 0})
    submit_answer(answer=answer, mine={keys[0]: 1}, base={}, by=els, now=OPEN)
    answer.refresh_from_db()
    assert answer.state == "draft"


def test_what_is_required_must_be_there(answer, els, keys):
    with pytest.raises(SurveyError, match="Vul nog in: Wie trekt"):
        hand_in(answer, els, OPEN, **{keys[1]: "Veel"})


def test_handed_in_is_frozen(answer, els, keys):
    hand_in(answer, els, OPEN, **{keys[0]: 1})
    assert SurveySubmission.objects.get().facts == {keys[0]: 1}
    with pytest.raises(SubmittedError, match="diende dit antwoord al in"):
        save(answer, els, {keys[0]: 0})
    with pytest.raises(SubmittedError):
        hand_in(answer, els, OPEN, **{keys[0]: 0})
    assert SurveySubmission.objects.count() == 1
    assert Event.objects.filter(verb="submitted").count() == 1


@pytest.mark.parametrize("now", [NOW, OVER])
def test_nobody_answers_before_or_after(answer, els, keys, now):
    assert not may_answer(answer, now=now)
    with pytest.raises(SurveyError, match="niet open"):
        save(answer, els, {keys[0]: 0}, now=now)


def test_given_back_with_a_reason_and_handed_in_again(answer, els, keys):
    hand_in(answer, els, OPEN, **{keys[0]: 1})
    give_back(answer=answer, reason="Een vergissing.", by=make_officer(), now=OVER)
    answer.refresh_from_db()
    assert answer.state == "reopened"
    [mail] = Message.objects.filter(template="survey_given_back")
    assert (mail.recipient, mail.context["reason"]) == (els.email, "Een vergissing.")
    assert may_answer(answer, now=OVER)
    hand_in(answer, els, OVER, **{keys[0]: 0})
    assert list(SurveySubmission.objects.order_by("version").values_list("facts", flat=True)) == [
        {keys[0]: 1},
        {keys[0]: 0},
    ]
    answer.refresh_from_db()
    assert (answer.state, answer.reopen_reason) == ("submitted", "")


def test_what_is_not_handed_in_cannot_be_given_back(answer):
    with pytest.raises(SurveyError, match="niet ingediend"):
        give_back(answer=answer, reason="Zomaar.", by=make_officer(), now=OPEN)
    assert not Message.objects.exists()


def test_an_answer_to_a_former_version_is_not_handed_in(answer, els, keys):
    save(answer, els, {keys[0]: 1, keys[1]: "Veel"})
    question = questions_of(answer.round)[1]
    new = edit_question(question=question, facts=TEXT | {"text": "Wat nu?"}, by=make_officer(), now=OPEN)
    answer.refresh_from_db()
    hand_in(answer, els, OPEN, **answer.draft)
    assert SurveySubmission.objects.get().facts == {keys[0]: 1}
    answer.refresh_from_db()
    assert answer.draft[keys[1]] == "Veel"
    assert new.key not in answer.draft


def test_drafts_go_and_what_was_handed_in_stays(answer, els, keys):
    hand_in(answer, els, OPEN, **{keys[0]: 1})
    assert forget_drafts(before=OVER, now=OVER) == 1
    assert forget_drafts(before=OVER, now=OVER) == 0
    answer.refresh_from_db()
    assert (answer.draft, SurveySubmission.objects.get().facts) == ({}, {keys[0]: 1})
    give_back(answer=answer, reason="Toch nog iets.", by=make_officer(), now=OVER)
    answer.refresh_from_db()
    assert answer.draft == {keys[0]: 1}


def handing_in_twice(answer, els, key):
    def work():
        return submit_answer(answer=answer, mine={key: 1}, base={}, by=els, now=OPEN)

    return at_once([work] * 6)


@pytest.mark.django_db(transaction=True)
def test_handed_in_six_times_at_once_is_handed_in_once(answer, els, keys):
    found = handing_in_twice(answer, els, keys[0])
    assert sum(isinstance(each, SubmittedError) for each in found) == 5
    assert SurveySubmission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_is_not_told(answer, els, keys, monkeypatch):
    """The negative control: only the lock makes the others wait and hear that it is done."""
    barrier = threading.Barrier(6)

    def unlocked(answer):
        row = SurveyAnswer.objects.select_related("round", "house", "submitted_by").get(pk=answer.pk)
        barrier.wait(5)
        return row

    monkeypatch.setattr(survey_answer, "_locked", unlocked)
    found = handing_in_twice(answer, els, keys[0])
    assert not any(isinstance(each, SubmittedError) for each in found)
