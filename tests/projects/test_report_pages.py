"""Writing a report on its page: kept as it is typed, conflicts shown, the agency's answer on one page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import ChangeRequest, ProgressReport, ReportVersion
from projects.typed import mark_of
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_objective, make_parent
from tests.projects.report_builders import (
    as_post,
    filled_in,
    hand_in,
    make_indicator,
    make_question,
    report_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client, project):
    client.force_login(project.coordinator)
    return client


@pytest.fixture
def officer(client, project):
    client.force_login(project.officer)
    return client


def page(report) -> str:
    return reverse("report_write", args=[report.pk])


def review(report) -> str:
    return reverse("report_review", args=[report.pk])


def decide(report) -> str:
    return reverse("report_decide", args=[report.pk])


def body(answer) -> str:
    return answer.content.decode()


def test_the_list_says_what_is_owed_and_until_when(writer, project):
    text = body(writer.get(reverse("report_list", args=[project.slug])))
    assert "Inhoudelijk verslag, werkingsjaar 1 (2025)" in text
    assert "dinsdag 31 maart 2026" in text
    assert text.count("te schrijven") == 9


def test_the_button_keeps_what_was_typed_without_a_script(writer, report):
    typed = filled_in(report, summary="Het ging goed.")
    answer = writer.post(page(report), as_post(typed))
    assert answer.url == page(report)
    assert "Het ging goed." in body(writer.get(page(report)))


def test_a_field_is_kept_as_soon_as_it_is_left(writer, report):
    sent = {"summary": "Het ging goed.", "was-summary": mark_of("")}
    text = body(writer.post(page(report), sent, headers={"HX-Request": "true"}))
    assert "Bewaard om" in text
    assert f'value="{mark_of("Het ging goed.")}"' in text
    assert ProgressReport.objects.get(pk=report.pk).draft == {"summary": "Het ging goed."}


def test_what_another_wrote_meanwhile_is_shown_and_not_lost(writer, report):
    seen = {"was-summary": mark_of("")}
    writer.post(page(report), {"summary": "Van An.", **seen}, headers={"HX-Request": "true"})
    text = body(writer.post(page(report), {"summary": "Van Bo.", **seen}, headers={"HX-Request": "true"}))
    assert "Niet bewaard: iemand anders schreef hier intussen ook." in text
    assert "Van An." in text
    text = body(writer.post(page(report), {"summary": "Van Bo.", **seen}))
    assert "Van An." in text
    assert "Van Bo." in text
    again = {"summary": "Van Bo.", "was-summary": mark_of("Van An.")}
    writer.post(page(report), again)
    assert ProgressReport.objects.get(pk=report.pk).draft == {"summary": "Van Bo."}


def test_handing_in_says_at_the_field_what_is_missing_and_keeps_the_rest(writer, report):
    typed = filled_in(report, summary="")
    answer = writer.post(page(report), as_post(typed, versie="0", indienen="ja"))
    assert "Vul dit nog in." in body(answer)
    assert "Nog niet ingediend. Wat je typte, is bewaard." in body(answer)
    assert "niets bewaard" not in body(answer)
    assert ProgressReport.objects.get(pk=report.pk).draft != {}
    assert ReportVersion.objects.count() == 0


def test_handed_in_it_can_be_read_and_no_longer_written(writer, report, project):
    answer = writer.post(page(report), as_post(filled_in(report), versie="0", indienen="ja"))
    assert answer.url == reverse("report_list", args=[project.slug])
    assert writer.get(page(report)).url == reverse("report_version", args=[report.pk, 1])
    assert "Controlegetal" in body(writer.get(reverse("report_version", args=[report.pk, 1])))


def test_a_second_tab_that_hands_in_gets_the_difference(writer, report):
    first, second = (filled_in(report, summary=text) for text in ("Van tab een.", "Van tab twee."))
    writer.post(page(report), as_post(first, versie="0", indienen="ja"))
    answer = writer.post(page(report), as_post(second, versie="0", indienen="ja"))
    assert answer.status_code == 409
    assert "Van tab" in body(answer)
    assert "<ins>twee</ins>" in body(answer)
    assert ReportVersion.objects.get().content["parts"][0]["words"] == "Van tab een."


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_a_forged_version_hands_nothing_in(writer, report, version):
    answer = writer.post(page(report), as_post(filled_in(report), versie=version, indienen="ja"))
    assert answer.status_code == 409
    assert ReportVersion.objects.count() == 0


@pytest.mark.parametrize("text", ["\x00", "9" * 400, "1e9", "٣", "1,234", "=1+1"])
def test_nonsense_for_a_number_says_so_and_breaks_nothing(writer, report, project, text):
    indicator = make_indicator(project)
    typed = filled_in(report, **{f"value_{indicator.pk}": text})
    answer = writer.post(page(report), as_post(typed, versie="0", indienen="ja"))
    assert answer.status_code == 200
    assert ReportVersion.objects.count() == 0


def test_last_years_words_and_the_guide_stand_beside_the_field(writer, report, project):
    make_question(project.call)
    hand_in(report, summary="Vorig jaar ging het zo.", question_1="We leerden luisteren.")
    text = body(writer.get(page(report_of(project, number=2))))
    assert "Vorig werkingsjaar schreef je" in text
    assert "We leerden luisteren." in text
    assert "Denk aan gezinnen." in text


def test_an_answer_stands_at_the_point_of_the_agency(writer, report, project):
    hand_in(report)
    writer.force_login(project.officer)
    sent = {"antwoord-version": "1", "antwoord-text": "Nog even.", "antwoord-point_1": "Zeg meer."}
    writer.post(decide(report), {**sent, "antwoord-about_1": "summary", "besluit": "vraag"})
    point = ChangeRequest.objects.get()
    assert (point.part, point.text) == ("summary", "Zeg meer.")
    writer.force_login(project.coordinator)
    assert "Zeg meer." in body(writer.get(page(report)))
    writer.post(reverse("report_point", args=[point.pk]), {"answer": "Gedaan."})
    point.refresh_from_db()
    assert point.answer == "Gedaan."


def test_the_officer_accepts_on_the_page_where_she_reads(officer, report):
    hand_in(report, summary="Het ging goed.")
    text = body(officer.get(review(report)))
    assert "Het ging goed." in text
    answer = officer.post(decide(report), {"antwoord-version": "1", "besluit": "aanvaard"})
    assert answer.url == reverse("agency")
    assert ProgressReport.objects.get(pk=report.pk).state == "accepted"
    officer.post(decide(report), {"antwoord-version": "1", "antwoord-text": "Fout.", "besluit": "heropen"})
    assert ProgressReport.objects.get(pk=report.pk).state == "returned"


def test_without_a_reason_nothing_goes_back(officer, report):
    hand_in(report)
    answer = officer.post(decide(report), {"antwoord-version": "1", "besluit": "vraag"})
    assert "Zeg in één zin waarom." in body(answer)
    assert ProgressReport.objects.get(pk=report.pk).state == "submitted"


def test_an_old_page_decides_nothing_and_says_so(officer, report):
    hand_in(report)
    answer = officer.post(decide(report), {"antwoord-version": "0", "besluit": "aanvaard"}, follow=True)
    assert "Er kwam intussen een nieuwe versie." in body(answer)
    assert ProgressReport.objects.get(pk=report.pk).state == "submitted"


def test_a_draft_is_nobodys_but_the_projects(officer, report):
    ProgressReport.objects.filter(pk=report.pk).update(draft={"summary": "Geheim."})
    text = body(officer.get(review(report)))
    assert "Nog niet ingediend" in text
    assert "Geheim." not in text
    assert officer.get(page(report)).status_code == 403
    assert officer.post(decide(report), {"besluit": "aanvaard"}).url == review(report)
    assert ProgressReport.objects.get(pk=report.pk).state == "draft"


def test_abb_reads_and_decides_nothing(client, report):
    hand_in(report, summary="Het ging goed.")
    client.force_login(make_abb_reader())
    text = body(client.get(review(report)))
    assert "Het ging goed." in text
    assert "Jullie antwoord" not in text
    assert client.post(decide(report), {"besluit": "aanvaard"}).status_code == 403


def test_abb_reads_nothing_of_a_project_without_integration(client, report, project):
    hand_in(report)
    project.policy_goals = []
    project.save()
    client.force_login(make_abb_reader())
    assert client.get(review(report)).status_code == 404


def test_another_house_and_a_parent_see_nothing(client, report):
    hand_in(report)
    client.force_login(make_coordinator(HouseFactory()))
    for address in (page(report), reverse("report_version", args=[report.pk, 1])):
        assert client.get(address).status_code == 404
    assert client.post(page(report), {"summary": "x", "was-summary": ""}).status_code == 404
    client.force_login(make_parent())
    assert client.get(page(report)).status_code == 403


@pytest.mark.parametrize("number", [0, 2, 99999])
def test_a_version_that_is_not_there_is_not_there(writer, report, number):
    hand_in(report)
    assert writer.get(reverse("report_version", args=[report.pk, number])).status_code == 404


def test_looking_decides_nothing(officer, report):
    hand_in(report)
    assert officer.get(decide(report)).status_code == 405


def test_three_indicators_cost_as_much_as_one(writer, report, project):
    make_indicator(project, source="families")

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert writer.get(page(report)).status_code == 200
        return len(captured)

    one = queries()
    for _ in range(2):
        make_indicator(project, source="children")
    make_objective(project, 2)
    assert queries() == one
