"""`/beheer/bevraging/`: a coordinator answers for her House, alone or with a colleague, and sees all Houses beside it."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from huizen.dashboard import tiles_for
from projects.actions.survey_answer import give_back
from projects.actions.survey_question import edit_question
from projects.models import SurveyAnswer, SurveyRound, SurveySubmission
from tests.factories import MembershipFactory
from tests.projects.builders import make_officer, make_parent
from tests.projects.surveys import (
    ALL,
    CHOICE,
    DAY,
    SCALE,
    TEXT,
    hand_in,
    make_house,
    make_round,
    questions_of,
    release,
    running,
)

pytestmark = pytest.mark.django_db
LIST = reverse("survey_list")


@pytest.fixture
def els():
    return make_house(name="Huis van Els")[1]


@pytest.fixture
def row(els):
    return running(*ALL)


@pytest.fixture
def answer(row):
    return row.answers.get()


@pytest.fixture
def desk(client, els):
    client.force_login(els)
    return client


def page_of(answer, name="survey_answer"):
    return reverse(name, args=[answer.pk])


def names(row):
    """The fields of the questions, in order; of the matrix the first line."""
    return [f"v{q.pk}r0" if q.kind == "matrix" else f"v{q.pk}" for q in questions_of(row)]


def sent(row, *values, base=None, **more):
    typed = {name: value for name, value in zip(names(row), values, strict=False) if value is not None}
    return typed | {"toen": json.dumps(base or {})} | more


FULL = ("1", ["0", "2"], "4", "12,5", "Veel\r\nwerk", "1")


def facts(row, *values):
    return {q.key: value for q, value in zip(questions_of(row), values, strict=False) if value is not None}


KEPT = (1, [0, 2], 4, 12.5, "Veel\nwerk", {"0": 1})


def close(row, days=-1):
    """Its last day was yesterday, or lies so many days from today."""
    today = timezone.localdate()
    SurveyRound.objects.filter(pk=row.pk).update(opens_on=today - 9 * DAY, closes_on=today + days * DAY)


def test_what_is_typed_is_kept(desk, row, answer):
    assert desk.post(page_of(answer), sent(row, *FULL)).url == page_of(answer)
    answer.refresh_from_db()
    assert answer.draft == facts(row, *KEPT)
    page = desk.get(page_of(answer)).content.decode()
    assert 'value="12,5"' in page
    assert "Veel\nwerk</textarea>" in page


def test_handed_in_it_is_only_read(desk, row, answer):
    assert desk.post(page_of(answer), sent(row, *FULL) | {"dien-in": "1"}).url == LIST
    assert SurveySubmission.objects.get().facts == facts(row, *KEPT)
    page = desk.get(page_of(answer)).content.decode()
    assert "Dit antwoord wijzigt niet meer." in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (0, "7", "Selecteer een geldige keuze"),
        (1, ["99"], "Selecteer een geldige keuze"),
        (2, "9" * 40, "Selecteer een geldige keuze"),
        (3, "veel", "Voer een getal in"),
        (3, "-1", "minstens 0"),
        (3, "9" * 40, "hoogstens 1000000000"),
        (3, "NaN", "Voer een getal in"),
        (4, "x" * 2001, "2000"),
        (4, "a\x00b", "Null-tekens"),
    ],
)
def test_a_fault_keeps_what_was_typed_and_changes_nothing(desk, row, answer, place, value, said):
    values = [None] * 5
    values[place] = value
    values[4] = values[4] or "Bewaar mij"
    page = desk.post(page_of(answer), sent(row, *values))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert place == 4 or "Bewaar mij" in page.content.decode()
    answer.refresh_from_db()
    assert answer.draft == {}


def test_what_is_required_is_asked_when_it_is_handed_in(desk, els):
    today = timezone.localdate()
    row = release(make_round(CHOICE | {"is_required": True}, opens_on=today, closes_on=today + DAY))
    address = page_of(row.answers.get())
    assert "mag je leeg laten" not in desk.get(address).content.decode()
    assert desk.post(address, sent(row)).status_code == 302
    assert desk.post(address, sent(row) | {"dien-in": "1"}).status_code == 422
    assert not SurveySubmission.objects.exists()


def test_the_page_keeps_a_draft_while_she_types(desk, row, answer):
    page = desk.post(page_of(answer, "survey_keep"), sent(row, "1"))
    assert "Bewaard" in page.content.decode()
    assert json.loads(page.context["base"]) == facts(row, 1)
    wrong = desk.post(page_of(answer, "survey_keep"), sent(row, "7"))
    assert "Nog niet bewaard" in wrong.content.decode()
    answer.refresh_from_db()
    assert answer.draft == facts(row, 1)


def test_a_colleague_at_the_same_time_is_no_loss(desk, row, answer, els):
    desk.post(page_of(answer, "survey_keep"), sent(row, "0"))
    page = desk.post(page_of(answer, "survey_keep"), sent(row, "1", ["0"]))
    assert "Druk op Bewaar om beide te zien." in page.content.decode()
    answer.refresh_from_db()
    assert answer.draft == facts(row, 0, [0])


def both(desk, row, answer):
    """She answers 1 where a colleague answered 0 since, who also wrote something."""
    answer.draft = facts(row, 0, None, None, None, "Van de collega")
    answer.save()
    return desk.post(page_of(answer), sent(row, "1"))


def test_where_both_answered_she_sees_both_and_chooses(desk, row, answer):
    page = both(desk, row, answer)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Van de ander:</strong> Lokaal bestuur" in text
    assert "Van jou:</strong> Vzw" in text
    assert "Van de collega</textarea>" in text
    [one] = page.context["both"]
    seen = sent(row, "1", None, None, None, "Van de collega", base=json.loads(page.context["base"]))
    again = desk.post(page_of(answer), seen | {"botsing": one["question"].key})
    assert "Kies bij elk verschil" in again.content.decode()
    chosen = {"botsing": one["question"].key, f"keuze-{one['question'].key}": "mijn"}
    assert desk.post(page_of(answer), seen | chosen).status_code == 302
    answer.refresh_from_db()
    assert answer.draft == facts(row, 1, None, None, None, "Van de collega")


def test_or_takes_the_other(desk, row, answer):
    page = both(desk, row, answer)
    key = page.context["both"][0]["question"].key
    seen = sent(row, "1", None, None, None, "Van de collega", base=json.loads(page.context["base"]))
    desk.post(page_of(answer), seen | {"botsing": key, f"keuze-{key}": "ander", "dien-in": "1"})
    assert SurveySubmission.objects.get().facts == facts(row, 0, None, None, None, "Van de collega")


def test_who_sends_after_a_colleague_handed_in_sees_what_differs(desk, row, answer, els):
    hand_in(answer, els, timezone.now(), **facts(row, 0))
    page = desk.post(page_of(answer), sent(row, "1"))
    assert page.status_code == 409
    assert "diende dit antwoord al in" in page.content.decode()
    assert page.context["lost"] == [(questions_of(row)[0], "Vzw")]
    assert SurveySubmission.objects.count() == 1


def test_a_question_that_changes_while_she_types_keeps_her_answer(desk, row, answer):
    typed = sent(row, None, None, None, None, "Mijn antwoord")
    old = questions_of(row)[4]
    SurveyAnswer.objects.update(draft={old.key: "Vroeger"})
    edit_question(question=old, facts=TEXT | {"text": "Wat nu?"}, by=make_officer(), now=timezone.now())
    typed["toen"] = json.dumps({old.key: "Vroeger"})
    desk.post(page_of(answer), typed)
    page = desk.get(page_of(answer)).content.decode()
    assert "Wat nu?" in page
    assert "Op de vorige versie antwoordden jullie: Mijn antwoord" in page


@pytest.mark.parametrize("base", ["x", "[1]", "[" * 100_000, '{"a": {"b": 1}}', '{"999": 1}', "null"])
def test_a_forged_base_is_no_harm(desk, row, answer, base):
    assert desk.post(page_of(answer), sent(row, "1") | {"toen": base}).status_code == 302
    answer.refresh_from_db()
    assert answer.draft == facts(row, 1)
    forged = {"botsing": ["x", "999"], "keuze-x": "ander", "keuze-999": "ander", "toen": "{}"}
    assert desk.post(page_of(answer), sent(row, "1") | forged).status_code == 302


def test_what_the_house_answered_before_stands_beside_the_question(desk, row, answer, els):
    hand_in(answer, els, timezone.now(), **facts(row, 0, None, 5))
    today = timezone.localdate()
    later = make_round(name="Later", copied_from=row, opens_on=today - DAY, closes_on=today + DAY)
    question = questions_of(later)[2]
    edit_question(question=question, facts=SCALE | {"top": 10}, by=make_officer(), now=timezone.now())
    SurveyRound.objects.filter(pk=row.pk).update(opens_on=today - 9 * DAY, closes_on=today - 5 * DAY)
    page = desk.get(page_of(release(later).answers.get())).content.decode()
    assert "Jullie antwoord in Voorbeeldbevraging:</strong> Lokaal bestuur" in page
    assert "Jullie antwoord in Voorbeeldbevraging (toen anders gevraagd):</strong> 5 op 5" in page


def others(row, number):
    """More Houses that handed in the first option."""
    for _ in range(number):
        house, by = make_house(name=f"Huis Geheim {_}")
        answer = SurveyAnswer.objects.create(round=row, house=house, number=100 + house.pk)
        hand_in(answer, by, timezone.now(), **facts(row, 0, None, None, None, "Geheime woorden"))


def test_beside_all_houses_once_it_is_closed(desk, row, answer, els):
    hand_in(answer, els, timezone.now(), **facts(row, 1))
    others(row, 3)
    assert desk.get(page_of(answer, "survey_result")).status_code == 404
    close(row)
    page = desk.get(page_of(answer, "survey_result"))
    [chart] = page.context["themes"][0][1][0].charts
    assert [(bar.number, bar.is_mine) for bar in chart.bars] == [(3, False), (1, True)]
    assert "Geheim" not in page.content.decode()


def test_what_a_house_mends_after_the_close_moves_no_bar_for_the_others(desk, row, answer, els):
    yesterday = timezone.now() - DAY
    hand_in(answer, els, yesterday, **facts(row, 1))
    others(row, 3)
    close(row)

    def bars(page) -> list[int]:
        return [bar.number for bar in page.context["themes"][0][1][0].charts[0].bars]

    before = bars(desk.get(page_of(answer, "survey_result")))
    other = row.answers.exclude(pk=answer.pk).filter(submitted_at__isnull=False).first()
    officer = make_officer()
    give_back(answer=other, reason="Klopt dit?", by=officer, now=timezone.now())
    hand_in(other, other.submitted_by, timezone.now(), **facts(row, 1))
    assert bars(desk.get(page_of(answer, "survey_result"))) == before == [3, 1]
    desk.force_login(officer)
    assert bars(desk.get(reverse("survey_results", args=[row.pk]))) == [2, 2]


def test_with_few_answers_no_house_sees_the_distribution(desk, row, answer, els):
    hand_in(answer, els, timezone.now(), **facts(row, 1))
    others(row, 1)
    close(row)
    page = desk.get(page_of(answer, "survey_result"))
    assert not any(
        chart.bars for _, lines in page.context["themes"] for each in lines for chart in each.charts
    )
    assert "Te weinig antwoorden om te tonen." in page.content.decode()


def test_who_did_not_hand_in_sees_no_results(desk, row, answer):
    close(row)
    assert desk.get(page_of(answer, "survey_result")).status_code == 404
    assert "diende niets in" in desk.get(page_of(answer)).content.decode()
    assert desk.post(page_of(answer), sent(row, "1")).status_code == 302
    answer.refresh_from_db()
    assert answer.draft == {}


def test_another_house_and_others_are_refused(client, row, answer):
    addresses = [LIST, page_of(answer), page_of(answer, "survey_result")]
    for address in addresses:
        assert client.get(address).url.startswith("/aanmelden/")
    client.force_login(make_house()[1])
    assert [client.get(address).status_code for address in addresses] == [200, 404, 404]
    assert client.post(page_of(answer), {}).status_code == 404
    assert client.post(page_of(answer, "survey_keep"), {}).status_code == 404
    for user in (
        make_officer(),
        make_parent(),
        MembershipFactory(house=answer.house, role="staff").user,
    ):
        client.force_login(user)
        assert {client.get(address).status_code for address in addresses} == {403}


def test_keeping_is_sent(desk, answer):
    assert desk.get(page_of(answer, "survey_keep")).status_code == 405


def test_the_desk_says_until_when(row, answer, els):
    [tile] = [each for each in tiles_for(els, now=timezone.now()) if "Bevraging" in each.title]
    assert tile.title.startswith("Bevraging open tot ")
    assert (tile.url, tile.button) == (page_of(answer), "Vul in")
    hand_in(answer, els, timezone.now(), **facts(row, 1))
    assert not [each for each in tiles_for(els, now=timezone.now()) if "Bevraging" in each.title]
    give_back(answer=answer, reason="Nog iets.", by=make_officer(), now=timezone.now())
    [tile] = [each for each in tiles_for(els, now=timezone.now()) if "Bevraging" in each.title]
    assert (tile.title, tile.button) == ("Bevraging opnieuw geopend", "Verder invullen")


def test_the_number_of_queries_does_not_grow(desk, row, answer, els):
    hand_in(answer, els, timezone.now(), **facts(row, *KEPT))
    others(row, 1)
    close(row)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            for address in (LIST, page_of(answer), page_of(answer, "survey_result")):
                assert desk.get(address).status_code == 200
        return len(captured)

    queries()
    one = queries()
    close(row, days=1)
    others(row, 2)
    close(row)
    assert queries() == one
