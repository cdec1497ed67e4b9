"""Meetings that belong to a project, and what was agreed to do: the action points of every meeting, not a second kind."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from huizen.models import Event, PlannedMessage
from partners.actions.action_point import Agreed, give_action
from partners.models import ActionPoint, MeetingGroup
from projects.actions.project_meetings import agree_for_project, choose_meetings
from projects.meetings import actions_of, meetings_of
from tests.factories import HouseFactory, MeetingFactory
from tests.projects.report_builders import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(project):
    return MeetingGroup.objects.create(
        house=project.house, kind="project", name="Project taal", since=dt.date(2026, 1, 1)
    )


def choose(project, group=None, meetings=()):
    choose_meetings(project=project, group=group, meetings=meetings, by=project.coordinator, now=NOW)
    project.refresh_from_db()


def agree(project, title="Zaal vragen", **facts) -> ActionPoint:
    agreed = Agreed(title, **{"owner": project.coordinator, **facts})
    return agree_for_project(project=project, agreed=agreed, by=project.coordinator, now=NOW)


def test_the_meetings_of_its_group_and_those_that_were_chosen(project, group):
    of_group = MeetingFactory(house=project.house, group=group)
    chosen, other = MeetingFactory(house=project.house), MeetingFactory(house=project.house)
    assert list(meetings_of(project)) == []
    choose(project, group, [chosen])
    assert set(meetings_of(project)) == {of_group, chosen}
    choose(project, None, [other])
    assert list(meetings_of(project)) == [other]
    assert Event.objects.filter(verb="meetings_linked").count() == 2


def test_what_was_agreed_at_its_meetings_and_for_itself(project):
    meeting = MeetingFactory(house=project.house)
    who = {"house": project.house, "by": project.coordinator, "now": NOW}
    there = give_action(agreed=Agreed("Affiche maken"), meeting=meeting, **who)
    give_action(agreed=Agreed("Iets anders"), **who)
    mine = agree(project)
    assert list(actions_of(project)) == [mine]
    choose(project, None, [meeting])
    assert set(actions_of(project)) == {there, mine}


def test_a_thing_to_do_for_a_project_has_the_reminders_of_every_other(project):
    point = agree(project, due_on=dt.date(2026, 4, 1))
    assert PlannedMessage.objects.filter(key__startswith=f"action:{point.pk}:").count() == 6


def test_agreed_twice_is_once(project):
    assert agree(project) == agree(project)
    assert project.action_points.count() == 1


def test_meetings_and_things_to_do_on_the_pages(client, project, group):
    client.force_login(project.coordinator)
    meeting = MeetingFactory(house=project.house, title="Startoverleg")
    elsewhere = MeetingFactory(house=HouseFactory())
    plan = reverse("project_plan", args=[project.slug])
    choose_page = reverse("project_meetings", args=[project.slug])
    assert client.post(choose_page, {"meetings": [elsewhere.pk]}).status_code == 422
    assert client.post(choose_page, {"group": group.pk, "meetings": [meeting.pk]}).url == plan
    create = reverse("project_action_create", args=[project.slug])
    assert client.post(create, {"todo": ""}).status_code == 422
    due = timezone.localdate() + dt.timedelta(days=3)
    typed = {"todo": "Zaal vragen", "who": f"u{project.coordinator.pk}", "due": due.isoformat()}
    assert client.post(create, typed).url == plan
    point = ActionPoint.objects.get()
    text = client.get(plan).content.decode()
    for words in ("Startoverleg", "project taal", "Zaal vragen"):
        assert words.lower() in text.lower()
    settle = reverse("project_action_settle", args=[project.slug, point.pk])
    client.post(settle, {"staat": "done"})
    point.refresh_from_db()
    assert point.state == "done"
    client.post(settle, {"staat": "open"})
    point.refresh_from_db()
    assert point.is_open


def test_a_thing_to_do_of_something_else_is_not_found_here(client, project):
    client.force_login(project.coordinator)
    other = give_action(house=project.house, agreed=Agreed("Anders"), by=project.coordinator, now=NOW)
    settle = reverse("project_action_settle", args=[project.slug, other.pk])
    assert client.post(settle, {"staat": "done"}).status_code == 404


def test_the_agency_reads_and_plans_nothing_in_a_house(client, project, group):
    choose(project, group)
    agree(project)
    client.force_login(project.officer)
    text = client.get(reverse("project_plan", args=[project.slug])).content.decode()
    assert "Zaal vragen" in text
    assert "Nieuw actiepunt" not in text
    for name in ("project_meetings", "project_action_create"):
        assert client.get(reverse(name, args=[project.slug])).status_code == 403
