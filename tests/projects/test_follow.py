"""Who at the agency follows a project, how far it is, and that reminders go along."""

import datetime as dt

import pytest
from django.urls import reverse

from huizen.models import Event, Message, PlannedMessage
from huizen.templatetags.logbook import differences
from projects.actions.follow import FollowError, follow_project
from projects.actions.people import officers
from projects.actions.report_mail import why_not
from projects.actions.report_reminder import RULES, reconcile
from projects.models import ProgressReport
from tests.factories import HouseFactory
from tests.projects.builders import make_abb_reader, make_coordinator, make_officer, make_parent, make_project
from tests.projects.report_builders import NOW, hand_in, report_of

pytestmark = pytest.mark.django_db
#: The reminders of a report that who follows it gets too.
HERS = sum(rule.to_officer for rule in RULES)


@pytest.fixture
def successor():
    officer = make_officer()
    officer.name = "Mira Voorbeeld"
    officer.save()
    return officer


def page(project) -> str:
    return reverse("project_follow", args=[project.slug])


def planned(project, user) -> int:
    rows = PlannedMessage.objects.filter(
        subject_type="projects.progressreport",
        subject_id=str(report_of(project).pk),
        state="planned",
        recipient=user.email,
    )
    return rows.count()


def follow(project, **facts):
    usual = {"officer": project.officer, "status": project.status}
    return follow_project(project=project, by=project.officer, now=NOW, **usual | facts)


def test_who_follows_it_now_gets_the_reminders(project, successor):
    assert (planned(project, project.officer), planned(project, successor)) == (HERS, 0)
    follow(project, officer=successor)
    assert (planned(project, project.officer), planned(project, successor)) == (0, HERS)


def test_the_logbook_keeps_who_and_what_it_was(project, successor):
    follow(project, officer=successor, status="completed")
    event = Event.objects.get(verb="project_followed")
    assert (event.actor, event.house) == (project.officer, project.house)
    assert sorted(differences(event)) == [
        f"klantenbeheerder: {project.officer} → Mira Voorbeeld",
        "toestand: Lopend → Afgerond",
    ]


def test_what_stays_the_same_is_not_logged(project):
    follow(project)
    assert not Event.objects.filter(verb="project_followed").exists()


def test_a_project_that_stops_reminds_nobody_and_one_that_goes_on_does_again(project):
    follow(project, status="stopped")
    assert planned(project, project.coordinator) == 0
    follow(project, status="running")
    assert planned(project, project.coordinator) == len(RULES)


def test_a_project_that_is_selected_gets_the_reports_that_it_owes(project, successor):
    later = make_project(call=project.call, house=HouseFactory(), status="draft")
    coordinator = make_coordinator(later.house)
    follow_project(project=later, officer=successor, status="selected", by=successor, now=NOW)
    assert later.reports.count() == project.reports.count()
    assert (planned(later, coordinator), planned(later, successor)) == (len(RULES), HERS)


def test_only_who_works_at_the_agency_can_follow(project, successor):
    away, blocked = make_officer(), make_officer()
    away.memberships.update(ended_at=NOW)
    blocked.is_active = False
    blocked.save()
    assert set(officers()) == {project.officer, successor}
    for somebody in (away, blocked, project.coordinator, make_abb_reader()):
        with pytest.raises(FollowError, match=r"^Deze persoon werkt niet meer bij Opgroeien"):
            follow(project, officer=somebody)


def test_the_agency_sets_it_on_the_page(client, project, successor):
    client.force_login(project.officer)
    text = client.get(reverse("agency")).content.decode()
    assert page(project) in text
    assert f"Opgevolgd door {project.officer}" in text
    assert page(project) in client.get(reverse("project_edit", args=[project.slug])).content.decode()
    answer = client.post(page(project), {"officer": successor.pk, "status": "mainstreamed"})
    assert answer.url == page(project)
    project.refresh_from_db()
    assert (project.officer, project.status) == (successor, "mainstreamed")
    client.post(page(project), {"officer": "", "status": "running"})
    project.refresh_from_db()
    assert (project.officer, project.status) == (None, "running")


def test_who_left_is_named_and_no_choice_any_more(client, project, successor):
    left = project.officer
    left.memberships.update(ended_at=NOW)
    client.force_login(successor)
    answer = client.get(page(project))
    assert f"{left} volgde dit project op" in answer.content.decode()
    assert list(answer.context["form"].fields["officer"].queryset) == [successor]


def test_bad_input_changes_nothing(client, project):
    client.force_login(project.officer)
    somebody = {"officer": project.coordinator.pk, "status": "running"}
    for sent in (somebody, {"status": "rijk"}, {"officer": "9" * 40, "status": "a\x00b"}, {"officer": "x"}):
        assert client.post(page(project), sent).status_code == 422
    before = project.officer
    project.refresh_from_db()
    assert (project.officer, project.status) == (before, "running")


def test_others_are_refused_and_have_no_way_in(client, project):
    client.force_login(project.coordinator)
    assert page(project) not in client.get(reverse("project_edit", args=[project.slug])).content.decode()
    for user in (project.coordinator, make_abb_reader(), make_parent()):
        client.force_login(user)
        assert (client.get(page(project)).status_code, client.post(page(project)).status_code) == (403, 403)
    client.logout()
    assert client.get(page(project)).url.startswith("/aanmelden/")


def test_abb_reads_the_desk_without_who_follows(client, project):
    client.force_login(make_abb_reader())
    text = client.get(reverse("agency")).content.decode()
    assert str(project) in text
    assert page(project) not in text


def test_who_left_hears_nothing_more_and_the_desk_asks_for_another(client, project, successor):
    left, report = project.officer, report_of(project)
    left.memberships.update(ended_at=NOW)
    # What was planned before is asked again just before it leaves.
    row = PlannedMessage.objects.filter(
        subject_id=str(report.pk), recipient=left.email, state="planned"
    ).first()
    assert why_not(row, NOW) == "volgt dit project niet meer"
    reconcile(now=NOW)
    assert (planned(project, left), planned(project, project.coordinator)) == (0, len(RULES))
    hand_in(report)
    assert not Message.objects.filter(recipient=left.email).exists()
    client.force_login(successor)
    answer = client.get(reverse("agency"), {"toon": "niemand"})
    assert [line.project for line in answer.context["page"]] == [project]
    assert f"{left} werkt hier niet meer: kies iemand anders" in answer.content.decode()
    follow(project, officer=successor)
    assert ("niemand", "Door niemand opgevolgd", 1) not in client.get(reverse("agency")).context["views"]


def test_a_project_that_stopped_is_never_late(client, project):
    later = dt.date(2026, 6, 1)
    follow(project, status="stopped")
    assert not ProgressReport.objects.as_of(later).filter(is_late=True).exists()
    client.force_login(project.officer)
    [line] = client.get(reverse("agency")).context["page"]
    assert (line.overdue, line.next_due, line.late) == (0, None, [])
    client.force_login(project.coordinator)
    assert "Verslag van een project" not in client.get("/beheer/").content.decode()
    follow(project, status="running")
    assert ProgressReport.objects.as_of(later).filter(is_late=True).count() == 2
