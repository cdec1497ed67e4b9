"""What leaves the portal about a project: a tagged PDF for who may see the page, and letters."""

import datetime as dt
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.actions.review import accept, reopen, request_changes
from projects.letters import decision_letter, reminder_letter
from tests.factories import HouseFactory
from tests.pdf_reading import Pdf
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent, make_project
from tests.projects.report_builders import NOW, hand_in, make_indicator, make_reporting_project, report_of
from tests.projects.surveys import make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    project = make_reporting_project(name="Warm nest")
    make_indicator(project)
    return project


@pytest.fixture
def returned(project):
    """A report of which a point was asked and answered with a second version."""
    report = report_of(project)
    hand_in(report, summary="Het ging goed.")
    asked = {"text": "Nog één vraag.", "points": [("summary", "Zeg voor wie.")], "by": project.officer}
    decision = request_changes(report=report, version=1, now=NOW, **asked)
    hand_in(report, summary="Het ging goed voor jonge ouders.")
    return decision


def read(client, user, address: str) -> Pdf:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return Pdf(answer.content)


def may_see(client, user, address: str) -> bool:
    client.force_login(user)
    return client.get(address).status_code == 200


def test_a_version_is_a_paper_with_its_words_and_decisions(client, project, returned):
    report = report_of(project)
    paper = read(client, project.officer, reverse("review_paper", args=[report.pk, 2]))
    assert paper.title == f"Inhoudelijk verslag, {report.period.year}: Warm nest"
    assert paper.tags().count("H1") == 1
    assert {"H2", "H3", "Table", "TH", "TD"} <= set(paper.tags())
    words = paper.words()
    assert "Het ging goed voor jonge ouders." in words
    assert "Zeg voor wie. (open)" in words
    assert "Controlegetal van deze versie:" in words


def test_the_project_reads_its_own_version_and_no_other_project_does(client, project, returned):
    address = reverse("report_paper", args=[report_of(project).pk, 1])
    assert "Het ging goed." in read(client, project.coordinator, address).words()
    assert not may_see(client, make_coordinator(HouseFactory()), address)
    assert not may_see(client, make_officer(), address)


def test_a_version_that_is_not_there_is_no_paper(client, project, returned):
    client.force_login(project.officer)
    assert client.get(reverse("review_paper", args=[report_of(project).pk, 3])).status_code == 404


def test_the_desk_is_a_paper_with_every_project_and_what_was_chosen(client, project):
    make_project(call=project.call, name="Kleine stap", policy_goals=[])
    paper = read(client, project.officer, reverse("agency_paper"))
    assert "Warm nest" in paper.words()
    assert "Kleine stap" in paper.words()
    heads = list(paper.elements("TH"))
    assert len(heads) == 6 + 2
    chosen = read(
        client, project.officer, f"{reverse('agency_paper')}?q=warm&doelstelling=integration"
    ).words()
    assert "Kleine stap" not in chosen
    assert "Gekozen: Zoek een project of een gemeente: warm, Doelstelling: " in chosen


def test_abb_has_only_projects_with_integration_on_paper(client, project):
    make_project(call=project.call, name="Kleine stap", policy_goals=[])
    words = read(client, make_abb_reader(), reverse("agency_paper")).words()
    assert "Warm nest" in words
    assert "Kleine stap" not in words


def test_the_sheet_of_a_project_holds_what_it_reached(client, project):
    report = report_of(project)
    hand_in(report)
    accept(report=report, version=1, by=project.officer, now=NOW)
    paper = read(client, project.coordinator, reverse("project_paper", args=[project.slug]))
    assert "Indicator" in paper.words()
    assert "100 %" in paper.words()
    assert not may_see(
        client, make_coordinator(HouseFactory()), reverse("project_paper", args=[project.slug])
    )


def test_a_letter_says_what_was_decided_with_its_points_and_reference(client, project, returned):
    paper = read(client, project.officer, reverse("review_letter", args=[returned.pk]))
    words = paper.words()
    report = report_of(project)
    assert f"Kenmerk: {project.call.year}/{project.pk}/{report.period_id}/1/{returned.pk}" in words
    assert "Donderdag 12 maart 2026" in words
    assert "We vragen een aanpassing van jullie verslag" in words
    assert "Nog één vraag." in words
    assert "Zeg voor wie." in words
    assert str(project.officer) in words
    assert "Bladzijde 1 van 1" in words


def test_who_gets_the_letter_reads_it_and_nobody_else(client, project, returned):
    address = reverse("report_letter", args=[returned.pk])
    assert may_see(client, project.coordinator, address)
    others = [make_coordinator(HouseFactory()), make_officer(), make_parent()]
    assert not any(may_see(client, each, address) for each in others)
    hidden = make_reporting_project(call=project.call, policy_goals=[], status="running")
    hand_in(report_of(hidden))
    theirs = accept(report=report_of(hidden), version=1, by=hidden.officer, now=NOW)
    assert not may_see(client, make_abb_reader(), reverse("review_letter", args=[theirs.pk]))


def test_each_kind_of_decision_has_its_own_letter(project):
    report = report_of(project)
    hand_in(report)
    accepted = accept(report=report, version=1, text="Sterk werk.", by=project.officer, now=NOW)
    again = reopen(report=report, version=1, reason="Eén cijfer klopt niet.", by=project.officer, now=NOW)
    assert decision_letter(accepted).heading == "We aanvaarden jullie verslag"
    assert decision_letter(accepted).says[-1] == "Sterk werk."
    assert decision_letter(again).heading == "We vragen een nieuwe versie van jullie verslag"
    assert decision_letter(again).points == ["Eén cijfer klopt niet."]


def test_a_reminder_is_a_letter_as_long_as_the_report_is_open(client, project):
    report = report_of(project)
    address = reverse("report_reminder_letter", args=[report.pk])
    assert "van jullie project nog niet" in read(client, project.officer, address).words()
    assert not may_see(client, make_abb_reader(), address)
    assert not may_see(client, project.coordinator, address)
    hand_in(report)
    client.force_login(project.officer)
    assert client.get(address).status_code == 404


def test_a_reminder_says_when_it_is_late(project):
    report = report_of(project)
    early = reminder_letter(report, by=project.officer, today=report.period.due_on)
    late = reminder_letter(report, by=project.officer, today=report.period.due_on + dt.timedelta(days=1))
    assert early.heading == "Denken jullie aan het verslag?"
    assert late.heading == "Jullie verslag is te laat"


def test_the_results_of_a_survey_are_a_paper_with_a_table_for_each_chart(client):
    row = make_round(released_at=timezone.now())
    paper = read(client, make_officer(), reverse("survey_paper", args=[row.pk]))
    assert paper.title == f"Resultaten van {row}"
    assert not may_see(client, make_abb_reader(), reverse("survey_paper", args=[row.pk]))


def test_the_pages_lead_to_their_papers(client, project, returned):
    report = report_of(project)
    client.force_login(project.officer)
    page = client.get(reverse("report_review", args=[report.pk])).content.decode()
    assert reverse("review_paper", args=[report.pk, 2]) in page
    assert reverse("review_letter", args=[returned.pk]) in page
    assert reverse("agency_paper") in client.get(reverse("agency")).content.decode()
    client.force_login(project.coordinator)
    page = client.get(reverse("report_version", args=[report.pk, 1])).content.decode()
    assert reverse("report_paper", args=[report.pk, 1]) in page
    assert reverse("report_letter", args=[returned.pk]) in page


def test_a_paper_of_24_projects_takes_at_most_two_seconds_of_work(client, project):
    for number in range(23):
        make_project(call=project.call, name=f"Project met een naam {number}", officer=project.officer)
    read(client, project.officer, reverse("agency_paper"))
    began = time.process_time()
    read(client, project.officer, reverse("agency_paper"))
    assert time.process_time() - began < 2


def test_a_paper_asks_as_much_of_the_database_for_three_projects_as_for_one(
    client, project, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(project.officer)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("agency_paper"))
    for number in (1, 2):
        make_project(call=project.call, name=f"Nog een {number}")
    with django_assert_num_queries(len(one)):
        client.get(reverse("agency_paper"))
