"""Milestones that are late by the calendar, and risks whose every weighing is kept."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from huizen.dashboard import tiles_for
from huizen.models import Event
from huizen.roles import Role
from projects.actions.plan import (
    PlanError,
    add_milestone,
    add_risk,
    close_risk,
    edit_risk,
    reach_milestone,
    remove_milestone,
)
from projects.models import Milestone, Risk
from projects.plan import Attention, attention_of
from tests.factories import HouseFactory, MembershipFactory
from tests.projects.builders import make_abb_reader, make_coordinator
from tests.projects.plan_builders import TODAY, ask, make_milestone, make_risk, unhurried
from tests.projects.report_builders import NOW, make_indicator, make_reporting_project
from tests.projects.test_indicator import rebase

days = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


@given(planned=days, today=days, done=st.none() | days)
@unhurried
def test_late_follows_from_the_day(planned, today, done):
    milestone = Milestone(title="Klaar", planned_for=planned, done_on=done)
    assert milestone.is_late(today=today) == (done is None and planned < today)


def test_late_is_asked_of_many_as_of_one(project):
    yesterday = TODAY - dt.timedelta(days=1)
    late = make_milestone(project, "Gisteren", yesterday)
    make_milestone(project, "Vandaag", TODAY)
    make_milestone(project, "Gehaald", yesterday, done_on=yesterday)
    assert list(Milestone.objects.late(TODAY)) == [late]


def test_a_milestone_stands_once_and_stays_once_it_is_reached(project):
    who = {"by": project.coordinator, "now": NOW}
    facts = {"title": "De deur gaat open", "planned_for": TODAY}
    made = add_milestone(project=project, facts=facts, **who)
    with pytest.raises(PlanError, match=r"^Deze mijlpaal staat er al\.$"):
        add_milestone(project=project, facts=facts, **who)
    reach_milestone(milestone=made, done_on=TODAY, **who)
    with pytest.raises(PlanError, match=r"^Deze mijlpaal is bereikt"):
        remove_milestone(milestone=made, **who)
    reach_milestone(milestone=made, done_on=None, **who)
    remove_milestone(milestone=made, **who)
    with pytest.raises(PlanError, match=r"^Iemand haalde dit intussen weg"):
        remove_milestone(milestone=made, **who)


def test_every_weighing_of_a_risk_is_kept(project):
    who = {"by": project.coordinator, "now": NOW}
    risk = add_risk(
        project=project, facts={"description": "Niemand komt", "likelihood": 1, "impact": 3}, **who
    )
    risk = edit_risk(risk=risk, facts={"likelihood": 3, "owner": project.coordinator}, **who)
    assert (risk.weight, risk.is_heavy) == (9, True)
    close_risk(risk=risk, closed_on=TODAY, **who)
    edit_risk(risk=risk, facts={"likelihood": 3}, **who)
    kept = Event.objects.filter(subject_type="projects.risk", subject_id=str(risk.pk)).order_by("pk")
    assert [event.changes for event in kept] == [
        {},
        {"likelihood": [1, 3], "owner": [None, str(project.coordinator)]},
        {"closed_on": [None, "2026-03-12"]},
    ]


@pytest.mark.parametrize("facts", [{"likelihood": 0}, {"likelihood": 4}, {"impact": 0}, {"impact": 4}])
def test_the_database_weighs_only_from_one_to_three(project, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_risk(project, **facts)


def test_milestones_on_their_pages(client, project):
    client.force_login(project.coordinator)
    plan = reverse("project_plan", args=[project.slug])
    create = reverse("milestone_create", args=[project.slug])
    assert client.post(create, {"title": "Klaar", "planned_for": "0026-01-01"}).status_code == 422
    assert client.post(create, {"title": "Klaar", "planned_for": "2026-01-31"}).url == plan
    again = client.post(create, {"title": "Klaar", "planned_for": "2026-01-31"})
    assert "Deze mijlpaal staat er al." in again.content.decode()
    made = Milestone.objects.get()
    text = client.get(plan).content.decode()
    assert "te laat" in text
    reach = reverse("milestone_reach", args=[made.pk])
    assert client.post(reach, {"done_on": "2099-01-01"}).status_code == 422
    client.post(reach, {"done_on": "2026-02-03"})
    made.refresh_from_db()
    assert made.done_on == dt.date(2026, 2, 3)
    assert "te laat" not in client.get(plan).content.decode()
    client.post(reach, {"toch-niet": "1"})
    edit = reverse("milestone_edit", args=[project.slug, made.pk])
    client.post(edit, {"title": "Bijna klaar", "planned_for": "2026-02-28"})
    made.refresh_from_db()
    assert (str(made), made.done_on) == ("Bijna klaar", None)
    client.post(edit, {"weg": "1"})
    assert not Milestone.objects.exists()


def test_risks_on_their_pages(client, project):
    client.force_login(project.coordinator)
    plan, create = (reverse(name, args=[project.slug]) for name in ("project_plan", "risk_create"))
    typed = {"description": "Niemand komt", "likelihood": "2", "impact": "3"}
    assert client.post(create, typed | {"likelihood": "7"}).status_code == 422
    assert client.post(create, typed | {"owner": make_coordinator(HouseFactory()).pk}).status_code == 422
    assert client.post(create, typed | {"owner": project.coordinator.pk}).url == plan
    risk = Risk.objects.get()
    edit, close = (reverse(name, args=[project.slug, risk.pk]) for name in ("risk_edit", "risk_close"))
    client.post(edit, typed | {"likelihood": "1", "response": "We bellen aan."})
    text = client.get(edit).content.decode()
    assert "hoe groot is de kans: middelmatig → klein" in text
    client.post(close)
    risk.refresh_from_db()
    assert risk.closed_on == timezone.localdate()
    assert "Voorbij sinds" in client.get(plan).content.decode()
    client.post(close, {"toch-niet": "1"})
    risk.refresh_from_db()
    assert risk.is_open


def test_an_empty_plan_says_what_belongs_there(client, project):
    client.force_login(project.coordinator)
    text = client.get(reverse("project_plan", args=[project.slug])).content.decode()
    for words in ("Nog geen mijlpalen", "Nog geen risico", "Nog niets afgesproken", "Nog geen overleg"):
        assert words in text


PAGES = (
    "project_theory",
    "project_plan",
    "milestone_create",
    "risk_create",
    "project_meetings",
    "project_action_create",
    "amendment_list",
)


@pytest.mark.parametrize("name", PAGES)
def test_who_may_not_does_not_see_a_plan(client, project, name):
    page = reverse(name, args=[project.slug])
    assert client.get(page).status_code == 302
    client.force_login(make_coordinator(HouseFactory()))
    assert client.get(page).status_code == 404
    for user in (MembershipFactory(house=project.house, role=Role.STAFF).user, make_abb_reader()):
        client.force_login(user)
        assert client.get(page).status_code == 403


def test_what_only_changes_answers_no_reading(client, project):
    client.force_login(project.coordinator)
    risk = make_risk(project)
    for name in ("risk_close", "project_action_settle"):
        assert client.get(reverse(name, args=[project.slug, risk.pk])).status_code == 405
    assert client.get(reverse("amendment_withdraw", args=[risk.pk])).status_code == 405
    assert client.post(reverse("project_plan", args=[project.slug])).status_code == 405


def test_of_another_project_nothing_is_found(client, project):
    client.force_login(project.coordinator)
    other = make_reporting_project(call=project.call)
    milestone, risk = make_milestone(other), make_risk(other)
    for name, args in (
        ("milestone_edit", [project.slug, milestone.pk]),
        ("milestone_reach", [milestone.pk]),
        ("risk_edit", [project.slug, risk.pk]),
        ("risk_close", [project.slug, risk.pk]),
    ):
        assert client.post(reverse(name, args=args)).status_code == 404


def test_what_the_plan_of_each_project_asks(project, django_assert_num_queries):
    quiet = make_reporting_project(call=project.call)
    make_milestone(project, planned_for=TODAY - dt.timedelta(days=1))
    make_risk(project)
    make_risk(project, "De bus rijdt niet", likelihood=1)
    make_risk(project, "Voorbij", closed_on=TODAY)
    ask(project)
    rebase(make_indicator(project), project)
    with django_assert_num_queries(4):
        found = attention_of([project, quiet], today=TODAY)
    assert found == {project.pk: Attention(late=1, risks=2, heavy=1, waiting=2), quiet.pk: Attention()}
    assert bool(found[quiet.pk]) is False


def test_the_officer_sees_it_where_she_follows_a_project(client, project):
    client.force_login(project.officer)
    page = reverse("project_follow", args=[project.slug])
    assert "Niets wacht" in client.get(page).content.decode()
    make_milestone(project, planned_for=dt.date(2026, 1, 1))
    make_risk(project)
    ask(project)
    text = client.get(page).content.decode()
    for words in ("1 wijziging wacht", "1 mijlpaal", "1 open risico", "waarvan 1 met een groot gewicht"):
        assert words in text


def test_a_late_milestone_stands_on_the_desk_until_it_is_reached(client, project):
    now = timezone.now()
    titles = lambda: [tile.title for tile in tiles_for(project.coordinator, now=now)]  # noqa: E731
    assert "Mijlpaal van een project" not in titles()
    milestone = make_milestone(project, planned_for=dt.date(2026, 1, 1))
    tile = next(tile for tile in tiles_for(project.coordinator, now=now) if "Mijlpaal" in tile.title)
    assert (tile.count, tile.url) == (1, reverse("milestone_reach", args=[milestone.pk]))
    client.force_login(project.coordinator)
    assert "1 mijlpaal te laat" in client.get(reverse("project_desk")).content.decode()
    reach_milestone(milestone=milestone, done_on=TODAY, by=project.coordinator, now=NOW)
    assert "Mijlpaal van een project" not in titles()


def test_a_longer_plan_costs_no_more_queries(client, project):
    client.force_login(project.coordinator)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("project_plan", args=[project.slug]))
        return len(queries)

    make_milestone(project)
    make_risk(project, owner=project.coordinator)
    few = cost()
    for number in range(3):
        make_milestone(project, f"Mijlpaal {number}")
        make_risk(project, f"Risico {number}", owner=make_coordinator(project.house))
    assert cost() == few
