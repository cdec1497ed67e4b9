"""`/opgroeien/bevragingen/`: the agency makes a round, releases it, follows it, reads and exports the results."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from projects.models import SurveyAnswer, SurveyQuestion, SurveyRound
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent
from tests.projects.surveys import (
    ALL,
    CHOICE,
    DAY,
    hand_in,
    make_house,
    make_round,
    questions_of,
    running,
)
from tests.tables import csv_rows

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("survey_rounds"), reverse("survey_create")
VALUES = (1, [0, 2], 4, 12.5, "=Veel", {"0": 1})


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def answer_all(row, house):
    """A House hands in an answer to each kind of question."""
    answer = row.answers.get(house=house)
    by = house.memberships.get().user
    facts = {question.key: value for question, value in zip(questions_of(row), VALUES, strict=False)}
    hand_in(answer, by, timezone.now(), **facts)
    return answer


def pages(row):
    answer, question = row.answers.first(), questions_of(row)[0]
    return [
        LIST,
        NEW,
        reverse("survey_round", args=[row.pk]),
        reverse("survey_edit", args=[row.pk]),
        reverse("survey_theme_create", args=[row.pk]),
        reverse("survey_theme", args=[question.theme_id]),
        reverse("survey_question_create", args=[question.theme_id]),
        reverse("survey_question", args=[question.pk]),
        reverse("survey_answers", args=[row.pk]),
        reverse("survey_answer_detail", args=[answer.pk]),
        reverse("survey_results", args=[row.pk]),
        reverse("survey_export", args=[row.pk, "csv"]),
        reverse("survey_export", args=[row.pk, "xlsx"]),
    ]


def test_all_pages_open_for_an_officer_and_for_nobody_else(client):
    house, _ = make_house()
    row = running(*ALL)
    answer_all(row, house)
    for page in pages(row):
        assert client.get(page).url.startswith("/aanmelden/")
    for user, status in (
        (make_officer(), 200),
        (make_abb_reader(), 403),
        (make_coordinator(house), 403),
        (make_parent(), 403),
    ):
        client.force_login(user)
        assert {client.get(page).status_code for page in pages(row)} == {status}


@pytest.mark.parametrize("name", ["survey_release", "survey_question_move"])
def test_what_changes_something_is_sent(officer, name):
    row = make_round(CHOICE)
    key = row.pk if name == "survey_release" else questions_of(row)[0].pk
    assert officer.get(reverse(name, args=[key])).status_code == 405


FACTS = {"name": "Foto", "intro": "", "opens_on": "2026-03-01", "closes_on": "2026-03-31", "least_shown": "5"}


def test_a_round_is_made_as_a_copy(officer):
    first = make_round(CHOICE)
    answer = officer.post(NEW, FACTS | {"copied_from": first.pk})
    new = SurveyRound.objects.get(name="Foto")
    assert answer.url == reverse("survey_round", args=[new.pk])
    assert [q.text for q in questions_of(new)] == [CHOICE["text"]]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"closes_on": "2026-02-01"}, "De laatste dag ligt voor de eerste."),
        ({"least_shown": "2"}, "Kies van 3 tot 100 antwoorden."),
        ({"name": ""}, "Dit veld is verplicht."),
        ({"name": "a\x00b"}, "Null-tekens"),
    ],
)
def test_a_round_with_a_fault_keeps_what_was_typed(officer, wrong, said):
    answer = officer.post(NEW, FACTS | {"intro": "Bewaar mij"} | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Bewaar mij" in answer.content.decode()
    assert not SurveyRound.objects.exists()


def test_a_question_is_made_and_what_its_kind_does_not_use_is_left_out(officer):
    theme = make_round(CHOICE).themes.get()
    sent = {
        "kind": "matrix",
        "text": "Hoe?",
        "options": "goed\r\n\r\n matig ",
        "rows": "x",
        "top": "9",
        "unit": "uur",
    }
    officer.post(reverse("survey_question_create", args=[theme.pk]), sent)
    made = SurveyQuestion.objects.get(text="Hoe?")
    assert (made.options, made.rows, made.top, made.unit, made.number) == (["goed", "matig"], ["x"], 5, "", 2)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "choice", "options": "één"}, "Geef 2 tot 20 mogelijke antwoorden"),
        ({"kind": "choice", "options": "a\na"}, "Een regel staat er twee keer."),
        ({"kind": "choice", "options": "a\n" + "b" * 200}, "hoogstens 160 tekens"),
        ({"kind": "matrix", "options": "a\nb", "rows": ""}, "Geef 1 tot 20 regels"),
        ({"kind": "scale", "top": "11"}, "Kies een schaal tot 3 à 10."),
        ({"kind": "raar"}, "Selecteer een geldige keuze"),
    ],
)
def test_a_question_with_a_fault_keeps_what_was_typed(officer, sent, said):
    theme = make_round(CHOICE).themes.get()
    address = reverse("survey_question_create", args=[theme.pk])
    answer = officer.post(address, {"text": "Mijn vraag", "top": "5"} | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Mijn vraag" in answer.content.decode()
    assert SurveyQuestion.objects.count() == 1


def test_a_theme_is_there_once(officer):
    row = make_round(CHOICE)
    address = reverse("survey_theme_create", args=[row.pk])
    assert "Dit thema staat er al." in officer.post(address, {"title": "Algemeen"}).content.decode()
    officer.post(address, {"title": "Aanbod"})
    theme = row.themes.get(title="Aanbod")
    officer.post(reverse("survey_theme", args=[theme.pk]), {"title": "Ons aanbod"})
    assert row.themes.filter(title="Ons aanbod").exists()
    officer.post(reverse("survey_theme", args=[theme.pk]), {"title": "Ons aanbod", "intro": "Wat er is."})
    assert row.themes.filter(title="Ons aanbod", intro="Wat er is.").exists()
    officer.post(reverse("survey_theme", args=[theme.pk]), {"weg": "1"})
    assert row.themes.count() == 1


def test_released_with_one_button(officer):
    make_house()
    row = make_round(CHOICE, opens_on=timezone.localdate(), closes_on=timezone.localdate() + DAY)
    assert "Geef vrij" in officer.get(reverse("survey_round", args=[row.pk])).content.decode()
    officer.post(reverse("survey_release", args=[row.pk]))
    page = officer.get(reverse("survey_round", args=[row.pk])).content.decode()
    assert "Ingediend: 0 van 1 Huis" in page


def test_a_round_that_is_not_released_has_no_results(officer):
    row = make_round(CHOICE)
    for name in ("survey_answers", "survey_results"):
        assert officer.get(reverse(name, args=[row.pk])).status_code == 404


def test_who_did_not_hand_in_yet(officer):
    first, _ = make_house(name="Huis A")
    make_house(name="Huis B")
    row = running(CHOICE)
    answer_all(row, first)
    page = officer.get(reverse("survey_answers", args=[row.pk]), {"lijst": "wacht"})
    assert [str(answer.house) for answer in page.context["page"]] == ["Huis B"]
    assert "Ingediend: 1 van 2 Huizen, of 50 %" in page.content.decode()


def test_given_back_with_a_reason(officer):
    house, _ = make_house()
    answer = answer_all(running(CHOICE), house)
    address = reverse("survey_answer_detail", args=[answer.pk])
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "Een vergissing."}).status_code == 302
    assert SurveyAnswer.objects.get().reopen_reason == "Een vergissing."
    assert "Een vergissing." in officer.get(address).content.decode()
    assert "niet ingediend" in officer.post(address, {"reason": "Nog eens."}).content.decode()


def test_results_beside_another_round(officer):
    house, _ = make_house()
    first = running(*ALL)
    answer_all(first, house)
    second = running(name="Tweede", copied_from=first)
    answer_all(second, house)
    page = officer.get(reverse("survey_results", args=[second.pk]), {"met": first.pk}).content.decode()
    assert "toen 100 % (1)" in page
    assert "=Veel" in page
    for nonsense in ("x", "999999", "9" * 40, "\x00"):
        answer = officer.get(reverse("survey_results", args=[second.pk]), {"met": nonsense})
        assert answer.status_code == 200
        assert answer.context["other"] is None


def test_the_file_for_researchers_has_numbers_and_no_names(officer):
    house, _ = make_house(name="Huis van Els")
    row = running(*ALL)
    number = str(answer_all(row, house).number)
    head, line = csv_rows(officer.get(reverse("survey_export", args=[row.pk, "csv"])).content)
    assert head == [
        "Nummer",
        "Wie trekt jullie Huis?",
        "Wat bieden jullie?: Spelen",
        "Wat bieden jullie?: Praten",
        "Wat bieden jullie?: Leren",
        "Hoe bekend zijn jullie?",
        "Hoeveel uren?",
        "Hoe loopt het?: Met de gemeente",
        "Hoe loopt het?: Met scholen",
    ]
    assert line == [number, "Vzw", "1", "0", "1", "4", "12.5", "matig", ""]


def test_the_file_for_the_agency_has_names_and_own_words_as_harmless_text(officer):
    house, _ = make_house(name="Huis van Els")
    row = running(*ALL)
    answer_all(row, house)
    answer = officer.get(reverse("survey_export", args=[row.pk, "xlsx"]), {"namen": "1"})
    [head, line] = load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert head[1] == "Huis"
    assert line[1] == "Huis van Els"
    assert "'=Veel" in line
    assert officer.get(reverse("survey_export", args=[row.pk, "ods"])).status_code == 404


def test_the_number_of_queries_does_not_grow(officer):
    row = running(*ALL)
    addresses = [
        LIST,
        *(reverse(name, args=[row.pk]) for name in ("survey_round", "survey_answers", "survey_results")),
        reverse("survey_export", args=[row.pk, "csv"]),
    ]

    def queries():
        with CaptureQueriesContext(connection) as captured:
            for address in addresses:
                assert officer.get(address).status_code == 200
        return len(captured)

    def more(number):
        for _ in range(number):
            house, _ = make_house()
            SurveyAnswer.objects.create(round=row, house=house, number=100 + house.pk)
            answer_all(row, house)

    more(1)
    queries()
    one = queries()
    more(2)
    SurveyRound.objects.create(name="Nog een", opens_on="2026-01-01", closes_on="2026-02-01")
    assert queries() == one


def test_a_house_without_area_is_not_asked(officer):
    HouseFactory()
    assert running(CHOICE).answers.count() == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_round_of_another_century_is_a_slip_of_the_finger(officer, day):
    sent = {"name": "Beeld", "intro": "Kort.", "opens_on": day, "closes_on": "9999-12-31", "least_shown": "5"}
    answer = officer.post(reverse("survey_create"), sent)
    assert "Kies een jaar van 2000 tot 2100." in answer.content.decode()
    assert not SurveyRound.objects.exists()
