"""What a report asks in words: the agency adds questions, asks them otherwise, and takes away what nobody answered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huizen.models import Event
from huizen.templatetags.logbook import differences
from projects.actions.question import QuestionError, add_question, edit_question, remove_question
from projects.actions.report import MovedOnError, save_draft, submit
from projects.models import Question, ReportKind, ReportVersion
from tests.projects.builders import make_abb_reader, make_parent
from tests.projects.report_builders import (
    NOW,
    filled_in,
    hand_in,
    make_question,
    report_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(project):
    return make_question(project.call)


def remove(question, by):
    remove_question(question=question, by=by, now=NOW)


def test_each_kind_counts_its_own_questions(project):
    def add(kind, text):
        facts = {"kind": kind, "text": text, "guide": "", "by": project.officer, "now": NOW}
        return add_question(call=project.call, **facts).number

    kinds = (ReportKind.CONTENT, ReportKind.CONTENT, ReportKind.FINANCIAL)
    assert [add(kind, f"Vraag {place}?") for place, kind in enumerate(kinds)] == [1, 2, 1]
    event = Event.objects.filter(verb="changed").earliest("pk")
    assert (event.actor, differences(event)) == (project.officer, ["vraag: leeg → Vraag 0?"])


def test_a_question_that_nobody_answered_goes(project, question):
    remove(question, project.officer)
    assert not Question.objects.exists()
    assert differences(Event.objects.get(verb="changed")) == ["vraag: Wat leerde je? → leeg"]
    with pytest.raises(QuestionError, match=r"^Iemand haalde deze vraag intussen weg\.$"):
        remove(question, project.officer)


def test_a_question_that_was_answered_stays(project, question):
    report = report_of(project)
    typed = {question.key: filled_in(report)[question.key]}
    save_draft(report=report, typed=typed, by=project.coordinator, now=NOW)
    with pytest.raises(QuestionError, match=r"^Een project schreef hier al een antwoord"):
        remove(question, project.officer)


def test_what_was_handed_in_counts_even_when_it_was_emptied_since(project, question):
    report = report_of(project)
    hand_in(report)
    report.refresh_from_db()
    report.draft[question.key] = ""
    report.save()
    with pytest.raises(QuestionError, match=r"^Een project schreef hier al een antwoord"):
        remove(question, project.officer)


def test_an_answer_to_another_kind_of_report_or_an_empty_one_keeps_nothing(project, question):
    make_question(project.call, kind=ReportKind.SELF_EVALUATION)
    hand_in(report_of(project, ReportKind.SELF_EVALUATION))
    report = report_of(project)
    report.draft = {question.key: ""}
    report.save()
    remove(question, project.officer)
    assert Question.objects.get().kind == ReportKind.SELF_EVALUATION


def test_other_words_leave_what_was_handed_in_as_it_was(project, question):
    version = hand_in(report_of(project))
    edit_question(question=question, text="Wat weet je nu?", guide="Kort.", by=project.officer, now=NOW)
    kept = ReportVersion.objects.get(pk=version.pk).content["parts"]
    assert [part["label"] for part in kept if part["key"] == question.key] == ["Wat leerde je?"]
    edit_question(question=question, text="Wat weet je nu?", guide="Lang.", by=project.officer, now=NOW)
    told = [differences(event) for event in Event.objects.filter(verb="changed").order_by("pk")]
    assert told == [["vraag: Wat leerde je? → Wat weet je nu?"], ["vraag: Kort. → Lang."]]


def test_who_was_writing_when_it_went_hears_so_and_loses_nothing_else(project, question):
    report = report_of(project)
    typed = filled_in(report)
    remove(question, project.officer)
    with pytest.raises(MovedOnError, match=r"^Er veranderde iets terwijl je schreef"):
        submit(report=report, version=0, typed=typed, by=project.coordinator, now=NOW)
    typed.pop(question.key)
    assert submit(report=report, version=0, typed=typed, by=project.coordinator, now=NOW).number == 1


def test_the_agency_keeps_the_questions_on_a_page(client, project):
    client.force_login(project.officer)
    page = reverse("call_questions", args=[project.call_id])
    assert page in client.get(reverse("call_periods", args=[project.call_id])).content.decode()
    make = reverse("call_question_create", args=[project.call_id])
    assert client.post(make, {"kind": "content", "text": "Wat leerde je?"}).url == page
    question = Question.objects.get()
    edit = reverse("call_question", args=[question.pk])
    text = client.get(page).content.decode()
    assert "Wat leerde je?" in text
    assert edit in text
    assert client.post(edit, {"text": "Wat nu?", "guide": "Kort."}).url == page
    question.refresh_from_db()
    assert (question.text, question.guide) == ("Wat nu?", "Kort.")
    hand_in(report_of(project))
    assert "Vraag niet iets anders." in client.get(edit).content.decode()
    assert "De vraag blijft staan." in client.post(edit, {"weg": "1"}, follow=True).content.decode()
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    "bad", [{}, {"text": "x" * 201}, {"text": "a\x00b"}, {"kind": "dans", "text": "Wat?"}]
)
def test_bad_input_is_said_at_the_field_and_changes_nothing(client, project, question, bad):
    client.force_login(project.officer)
    sent = {"kind": "content", **bad}
    assert client.post(reverse("call_question_create", args=[project.call_id]), sent).status_code == 422
    assert list(Question.objects.values_list("text", flat=True)) == [question.text]


def test_only_the_agency_comes_there(client, project, question):
    pages = [
        reverse("call_questions", args=[project.call_id]),
        reverse("call_question_create", args=[project.call_id]),
        reverse("call_question", args=[question.pk]),
    ]
    for user in (project.coordinator, make_abb_reader(), make_parent()):
        client.force_login(user)
        assert {client.get(page).status_code for page in pages} == {403}
        assert {client.post(page, {"weg": "1"}).status_code for page in pages[1:]} == {403}
    client.force_login(project.officer)
    assert client.post(pages[0]).status_code == 405
    assert client.get(reverse("call_question", args=[10**12])).status_code == 404
    assert Question.objects.get() == question


def test_three_questions_cost_as_much_as_one(client, project, question):
    client.force_login(project.officer)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("call_questions", args=[project.call_id])).status_code == 200
        return len(captured)

    one = queries()
    for number in (2, 3):
        make_question(project.call, number=number)
    assert queries() == one
