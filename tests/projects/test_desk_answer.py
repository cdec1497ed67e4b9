"""Answering a report on the desk itself: it opens under its project, and the answer leads back to the same desk."""

import pytest
from django.urls import reverse

from huizen.vocabulary import PolicyGoal
from projects.models import Decision
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_parent
from tests.projects.report_builders import hand_in, make_reporting_project, report_of

pytestmark = pytest.mark.django_db
DESK = reverse("agency")


@pytest.fixture
def report():
    report = report_of(make_reporting_project(name="Eén"))
    hand_in(report)
    return report


@pytest.fixture
def officer(client, report):
    client.force_login(report.project.officer)
    return client


def page(report) -> str:
    return reverse("desk_answer", args=[report.pk])


def answer(**facts) -> dict:
    counts = {f"antwoord-{name}": value for name, value in facts.items() if name != "besluit"}
    return {"antwoord-version": "1", "besluit": facts["besluit"]} | counts


def test_the_report_opens_under_its_project(officer, report):
    make_reporting_project(call=report.project.call, name="Twee")
    text = officer.get(page(report)).content.decode()
    assert page(report) in officer.get(DESK).content.decode()
    assert text.index("Eén</a>") < text.index(f'id="lees-{report.project_id}"') < text.index("Twee</a>")
    assert "Jullie antwoord" in text


def test_a_script_asks_for_the_report_alone(officer, report):
    text = officer.get(page(report), headers={"HX-Request": "true"}).content.decode()
    assert text.startswith('<tr role="row"')
    assert "<html" not in text


def test_the_answer_leads_back_to_the_same_desk(officer, report):
    query = "?doelstelling=integration&toon=lezen"
    sent = officer.post(page(report) + query, answer(besluit="aanvaard", text="Dank je."), follow=True)
    assert sent.redirect_chain == [(DESK + query, 302)]
    assert "Je antwoord op het" in sent.content.decode()
    report.refresh_from_db()
    assert report.state == "accepted"


def test_what_is_wrong_stands_on_the_desk_with_what_was_typed(officer, report):
    sent = officer.post(page(report), answer(besluit="vraag", point_1="Zeg meer."))
    text = sent.content.decode()
    assert "Zeg in één zin waarom." in text
    assert "Zeg meer." in text
    assert "<h1>Alle projecten</h1>" in text
    assert not Decision.objects.exists()


def test_a_double_click_decides_once_and_says_so(officer, report):
    for _ in range(2):
        sent = officer.post(page(report), answer(besluit="aanvaard"), follow=True)
    assert "Dat kan niet: dit verslag is aanvaard." in sent.content.decode()
    assert Decision.objects.count() == 1


def test_a_report_outside_the_filter_opens_above_the_list(officer, report):
    text = officer.get(page(report), {"q": "xqzwv"}).content.decode()
    assert "desk-above" in text
    assert "Jullie antwoord" in text


def test_nonsense_changes_nothing(officer, report):
    for sent in ({}, {"besluit": "weg"}, {"besluit": "aanvaard", "antwoord-version": "9" * 30}):
        assert officer.post(page(report), sent).status_code in (200, 302)
    assert officer.get(reverse("desk_answer", args=[10**12])).status_code == 404
    assert not Decision.objects.exists()


def test_only_who_reviews_answers_on_the_desk(client, report):
    assert client.get(page(report)).url.startswith("/aanmelden/")
    for user in (make_abb_reader(), make_coordinator(HouseFactory()), make_parent()):
        client.force_login(user)
        assert (client.get(page(report)).status_code, client.post(page(report)).status_code) == (403, 403)
    client.force_login(make_abb_reader())
    text = client.get(DESK).content.decode()
    assert page(report) not in text
    assert reverse("report_review", args=[report.pk]) in text


def test_the_views_say_how_many_and_narrow(officer, report):
    goals = [PolicyGoal.PREVENTIVE_FAMILY_SUPPORT, PolicyGoal.POVERTY]
    make_reporting_project(call=report.project.call, name="Twee", policy_goals=goals)
    facts = officer.get(DESK, {"toon": "lezen"}).context
    assert facts["views"][:2] == [("", "Alle", 2), ("lezen", "Te lezen", 1)]
    assert [line.project.name for line in facts["page"]] == ["Eén"]
    assert len(officer.get(DESK, {"toon": "onzin"}).context["page"]) == 2


def test_two_officers_the_second_keeps_what_she_wrote(client, officer, report):
    officer.post(page(report), answer(besluit="vraag", text="Eerst.", point_1="Zeg meer."))
    for address in (page(report), reverse("report_decide", args=[report.pk])):
        sent = officer.post(
            address, answer(besluit="vraag", text="Lang overwogen.", point_1="En leg dit uit.")
        )
        text = sent.content.decode()
        assert "Dat kan niet: dit verslag is" in text
        assert "Dit schreef je, en het is niet verstuurd" in text
        assert "Lang overwogen." in text
        assert "En leg dit uit." in text
    assert Decision.objects.count() == 1


def test_a_newer_version_is_read_first_and_what_she_wrote_stays_in_the_form(officer, report):
    officer.post(page(report), answer(besluit="vraag", text="Eerst.", point_1="Zeg meer."))
    hand_in(report, summary="Beter.")
    typed = answer(besluit="vraag", text="Over de eerste versie.", point_1="Dit ook.")
    sent = officer.post(page(report), typed)
    assert "Er kwam intussen een nieuwe versie." in sent.content.decode()
    assert "Dit ook." in sent.content.decode()
    assert 'name="antwoord-version" value="2"' in sent.content.decode()


def test_who_accepts_while_she_still_asks_something_is_told_so(officer, report):
    sent = officer.post(page(report), answer(besluit="aanvaard", point_2="Hoeveel ouders?"))
    assert "Hier vraag je nog iets." in sent.content.decode()
    assert "Hoeveel ouders?" in sent.content.decode()
    assert not Decision.objects.exists()


def test_a_point_that_is_still_open_keeps_the_word_that_was_written(officer, report):
    officer.post(page(report), answer(besluit="vraag", text="Eerst.", point_1="Zeg meer."))
    hand_in(report, summary="Beter.")
    sent = officer.post(
        page(report), answer(besluit="aanvaard", text="Mooi werk.") | {"antwoord-version": "2"}
    )
    assert "Vink eerst alle punten af" in sent.content.decode()
    assert "Mooi werk." in sent.content.decode()
