"""The agency reads, checks, ranks and decides on its pages; a member of the jury reads and judges on hers."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.actions.application_file import add_file
from projects.models import Application, ApplicationDecision, ApplicationFile, Judgement, JurySeat, Project
from tests.pdf_reading import Pdf
from tests.projects.application_builders import (
    NOW,
    admit,
    begin,
    close,
    coordinator_of,
    fill,
    hand_in,
    judge,
    make_handed_in,
    make_juror,
    make_running_call,
)
from tests.projects.builders import make_abb_reader, make_officer, make_parent

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 %%EOF"


@pytest.fixture(autouse=True)
def closed_folder(monkeypatch, tmp_path):
    """The folder of documents, for this test alone."""
    monkeypatch.setattr(ApplicationFile._meta.get_field("file"), "storage", FileSystemStorage(tmp_path))


@pytest.fixture
def call():
    return make_running_call()


@pytest.fixture
def handed_in(call):
    row = make_handed_in(call)
    close(call)
    return Application.objects.whole().get(pk=row.pk)


@pytest.fixture
def officer(client):
    client.force_login(make_officer())
    return client


def with_jury(call, **texts):
    """An application with the jury of a call that closed just now."""
    row = make_handed_in(call, **texts)
    close(call)
    call.refresh_from_db()
    return admit(Application.objects.whole().get(pk=row.pk), now=call.closes_at)


def page(client, name, *args, status=200):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def send_checks(client, application, reason="", **kept):
    shown = client.get(reverse("application_review", args=[application.pk])).context["admission"]
    checks = {f"kept-{check.key}": kept.get(check.key, "ja") for check in shown.checks}
    facts = {"version": application.versions_made, "reason": reason}
    return client.post(reverse("application_admit", args=[application.pk]), checks | facts)


def send_decision(client, application, act="selected", reason="Sterk.", version=1):
    facts = {"act": act, "reason": reason, "version": version}
    return client.post(reverse("application_decide", args=[application.pk]), facts)


def test_the_agency_lists_what_came_in_and_counts_drafts(officer, call):
    fill(begin(call), title="Nog geheim")
    make_handed_in(call, title="Binnen")
    text = page(officer, "call_applications", call.pk)
    assert ("Binnen" in text, "Nog geheim" in text, "Eén Huis schrijft nog." in text) == (True, False, True)


def test_a_draft_is_not_read_by_the_agency(officer, call):
    assert page(officer, "application_review", fill(begin(call)).pk, status=404)


def test_the_checklist_is_filled_in_and_decided(officer, handed_in):
    text = page(officer, "application_review", handed_in.pk)
    for words in ("We lezen samen.", "An Voorbeeld", "Combineert minstens 2 doelstellingen", "Bibliotheek"):
        assert words in text
    assert send_checks(officer, handed_in).url == reverse("application_review", args=[handed_in.pk])
    assert ApplicationDecision.objects.get().kind == "admissible"


def test_inadmissible_without_a_reason_keeps_what_was_ticked(officer, handed_in):
    answer = send_checks(officer, handed_in, goals="nee")
    assert (answer.status_code, "Zeg waarom de aanvraag onontvankelijk is" in answer.content.decode()) == (
        422,
        True,
    )
    assert send_checks(officer, handed_in, reason="Een doel te weinig.", goals="nee").status_code == 302
    assert ApplicationDecision.objects.get().kind == "inadmissible"
    assert "Jullie aanvraag is onontvankelijk" in page(officer, "application_review_letter", handed_in.pk)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "2"])
def test_a_version_that_cannot_be_decides_nothing(officer, handed_in, version):
    facts = {"version": version, "reason": "x"}
    assert officer.post(reverse("application_admit", args=[handed_in.pk]), facts).status_code == 422
    assert not ApplicationDecision.objects.exists()


def test_while_the_call_is_open_there_is_nothing_to_decide(officer, call):
    row = make_handed_in(call)
    assert "De oproep is nog open" in page(officer, "application_review", row.pk)
    answer = officer.post(reverse("application_decide", args=[row.pk]), {"act": "selected"})
    assert answer.status_code == 422


def test_from_the_ranking_to_a_project(officer, call):
    row = with_jury(call)
    judge(row, make_juror(call), 8, 7)
    assert "7,60" in page(officer, "call_jury", call.pk)
    assert "plaats 1, gemiddelde 7,60" in page(officer, "application_review", row.pk)
    assert send_decision(officer, row).status_code == 302
    project = Project.objects.get()
    assert reverse("project_follow", args=[project.slug]) in page(officer, "application_review", row.pk)
    assert "Jullie aanvraag is geselecteerd" in page(officer, "application_review_letter", row.pk)
    assert send_decision(officer, row, act="not_selected").status_code == 422


def test_a_decision_without_a_reason_or_before_the_jury_is_ready_has_a_sentence(officer, call):
    row = with_jury(call)
    make_juror(call)
    assert send_decision(officer, row, reason="").status_code == 422
    answer = send_decision(officer, row)
    assert (answer.status_code, "De jury is nog niet klaar" in answer.content.decode()) == (422, True)


def test_a_seat_is_given_and_taken(officer, call):
    juror = make_juror()
    officer.post(reverse("call_jury", args=[call.pk]), {"user": juror.pk})
    seat = JurySeat.objects.get()
    assert seat.user == juror
    officer.post(reverse("jury_seat_end", args=[seat.pk]))
    seat.refresh_from_db()
    assert seat.ended_at is not None
    answer = officer.post(reverse("call_jury", args=[call.pk]), {"user": make_parent().pk})
    assert answer.status_code == 422


def test_three_applications_cost_as_much_as_one(officer, call):
    def queries(name):
        with CaptureQueriesContext(connection) as captured:
            page(officer, name, call.pk)
        return len(captured)

    make_handed_in(call)
    one = queries("call_applications"), queries("call_jury")
    for _ in range(2):
        make_handed_in(call)
    assert (queries("call_applications"), queries("call_jury")) == one


def agency_addresses(row):
    return [
        *(reverse(name, args=[row.call_id]) for name in ("call_applications", "call_jury")),
        *(reverse(name, args=[row.pk]) for name in ("application_review", "application_review_letter")),
    ]


@pytest.mark.parametrize("make", [make_abb_reader, make_juror, make_parent])
def test_others_do_not_read_the_pages_of_the_agency(client, handed_in, make):
    client.force_login(make())
    for url in agency_addresses(handed_in):
        assert client.get(url).status_code == 403
    client.force_login(coordinator_of(handed_in))
    for url in agency_addresses(handed_in):
        assert client.get(url).status_code == 403


@pytest.fixture
def judged(call):
    return with_jury(call, title="Te lezen")


@pytest.fixture
def juror(call, client):
    user = make_juror(call)
    client.force_login(user)
    return user


def say(client, application, answer="nee"):
    return client.post(reverse("jury_declare", args=[application.pk]), {"belang": answer})


def send_points(client, application, *given, **more):
    criteria = application.call.criteria.order_by("number")
    facts = {f"points-{each.pk}": points for each, points in zip(criteria, given, strict=True)}
    return client.post(reverse("jury_application", args=[application.pk]), facts | more)


def test_a_member_says_first_whether_she_has_a_conflict(client, juror, judged):
    assert "Te lezen" in page(client, "jury_list")
    assert "We lezen samen." not in page(client, "jury_application", judged.pk)
    say(client, judged)
    assert "We lezen samen." in page(client, "jury_application", judged.pk)


def test_with_a_conflict_she_reads_nothing_and_gives_no_points(client, juror, judged):
    say(client, judged, "ja")
    send_points(client, judged, 5, 5, indienen="ja")
    text = page(client, "jury_application", judged.pk)
    assert ("We lezen samen." in text, "Je meldde een belangenconflict" in text) == (False, True)
    assert Judgement.objects.get().handed_in_at is None


def test_nobody_sees_the_points_of_another_before_she_handed_in_her_own(client, juror, judged, call):
    judge(judged, make_juror(call), 9, 3)
    say(client, judged)
    assert "De punten van de jury" not in page(client, "jury_application", judged.pk)
    send_points(client, judged, 8, 8)
    assert "De punten van de jury" not in page(client, "jury_application", judged.pk)
    send_points(client, judged, 8, 8, indienen="ja")
    text = page(client, "jury_application", judged.pk)
    assert ("Jurylid 1, gemiddelde 8,00" in text, "Jurylid 2, gemiddelde 6,60" in text) == (True, True)


@pytest.mark.parametrize("points", ["11", "-1", "x", "5.5", "9" * 50, "\x00"])
def test_points_that_cannot_be_are_refused(client, juror, judged, points):
    say(client, judged)
    assert send_points(client, judged, points, 5).status_code == 422
    assert not Judgement.objects.get().scores.exists()


def test_points_that_are_missing_are_asked_and_nothing_is_lost(client, juror, judged):
    say(client, judged)
    answer = send_points(client, judged, 7, "", indienen="ja")
    assert (answer.status_code, "Geef nog punten voor: Samenwerking" in answer.content.decode()) == (
        422,
        True,
    )
    assert 'value="7" selected' in answer.content.decode()


def test_what_she_does_not_judge_is_not_there(client, juror, call):
    other = with_jury(make_running_call())
    waiting = make_handed_in(call)
    for row in (other, waiting):
        assert page(client, "jury_application", row.pk, status=404)
        assert say(client, row).status_code == 404


def read(client, url) -> bytes:
    return b"".join(client.get(url).streaming_content)


def test_documents_are_read_by_who_may_read_the_application(client, call):
    row = fill(begin(call))
    document = ContentFile(PDF, "brief.pdf")
    kept = add_file(application=row, title="Brief", document=document, by=coordinator_of(row), now=NOW)
    hand_in(row)
    close(call)
    call.refresh_from_db()
    row = admit(Application.objects.whole().get(pk=row.pk), now=call.closes_at)
    review, jury = (
        reverse(name, args=[row.pk, kept.pk]) for name in ("application_review_file", "jury_file")
    )
    client.force_login(make_officer())
    assert read(client, review) == PDF
    assert client.get(reverse("application_review_file", args=[row.pk, kept.pk + 1])).status_code == 404
    client.force_login(make_juror(call))
    assert client.get(jury).status_code == 403
    say(client, row)
    assert read(client, jury) == PDF
    assert client.get(review).status_code == 403


def test_three_applications_to_judge_cost_as_much_as_one(client, juror, call):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(client, "jury_list")
        return len(captured)

    rows = [make_handed_in(call) for _ in range(3)]
    close(call)
    call.refresh_from_db()
    admit(rows[0], now=call.closes_at)
    one = queries()
    for row in rows[1:]:
        admit(row, now=call.closes_at)
    assert queries() == one


def test_others_have_no_jury(client, judged):
    for user in (make_officer(), make_abb_reader(), coordinator_of(judged), make_parent()):
        client.force_login(user)
        assert client.get(reverse("jury_list")).status_code == 403
        assert client.get(reverse("jury_application", args=[judged.pk])).status_code == 403


def declare_on_the_page(client, row, juror, belang):
    client.force_login(juror)
    return client.post(reverse("jury_declare", args=[row.pk]), {"belang": belang})


def test_a_member_takes_her_own_mistake_back_on_the_page(client, call):
    row, juror = with_jury(call), make_juror(call)
    declare_on_the_page(client, row, juror, "ja")
    assert reverse("jury_application", args=[row.pk]) in page(client, "jury_list")
    assert "Trek mijn melding in" in page(client, "jury_application", row.pk)
    assert declare_on_the_page(client, row, juror, "nee").url == reverse("jury_application", args=[row.pk])
    assert "Jouw punten" in page(client, "jury_application", row.pk)


def test_the_agency_lifts_a_conflict_with_a_reason_once_others_gave_points(client, call):
    row, juror, other = with_jury(call), make_juror(call), make_juror(call)
    declare_on_the_page(client, row, juror, "ja")
    judge(row, other, 8, 7)
    assert "Trek mijn melding in" not in page(client, "jury_application", row.pk)
    said = Judgement.objects.get(has_conflict=True)
    lift = reverse("conflict_lift", args=[said.pk])
    assert client.get(lift).status_code == 403
    client.force_login(make_officer())
    assert lift in page(client, "call_jury", call.pk)
    assert str(juror) in page(client, "conflict_lift", said.pk)
    assert client.post(lift, {"reason": " "}).status_code == 422
    assert client.post(lift, {"reason": "Ze verwarde twee Huizen."}).url == reverse(
        "call_jury", args=[call.pk]
    )
    assert lift not in page(client, "call_jury", call.pk)
    assert client.get(lift).url == reverse("call_jury", args=[call.pk])


def test_the_letter_is_a_tagged_paper_beside_its_page(officer, handed_in):
    paper = reverse("application_review_letter_paper", args=[handed_in.pk])
    assert officer.get(paper).status_code == 404
    send_checks(officer, handed_in, reason="Een doel te weinig.", goals="nee")
    assert paper in page(officer, "application_review_letter", handed_in.pk)
    answer = officer.get(paper)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    letter, decision = Pdf(answer.content), ApplicationDecision.objects.get()
    assert letter.title == f"Onontvankelijk: {handed_in}"
    assert letter.tags().count("H1") == 1
    assert {"H2", "L", "LI"} <= set(letter.tags())
    words = " ".join(letter.words().split())
    for said in (
        f"Kenmerk: 2026/A{handed_in.pk}/1/{decision.pk}",
        handed_in.house.name,
        "Jullie aanvraag is onontvankelijk.",
        "Een doel te weinig.",
        "niet in orde",
        reverse("application", args=[handed_in.pk]),
    ):
        assert said in words


def test_who_gets_the_letter_reads_its_paper_and_nobody_else(client, handed_in):
    client.force_login(make_officer())
    send_checks(client, handed_in)
    paper = reverse("application_letter_paper", args=[handed_in.pk])
    assert client.get(paper).status_code == 403
    client.force_login(coordinator_of(handed_in))
    assert paper in page(client, "application_letter", handed_in.pk)
    assert client.get(paper)["Content-Type"] == "application/pdf"
    client.force_login(coordinator_of(begin(make_running_call())))
    assert client.get(paper).status_code == 404
