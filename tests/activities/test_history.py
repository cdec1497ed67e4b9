"""The versions of an offer: what changed each time, and the way back."""

import datetime as dt

import pytest
from django.urls import reverse

from activities.actions.forget import forget_versions
from activities.actions.offer import change_activity, create_activity
from activities.actions.schedule_change import change_schedules
from activities.actions.schedule_plan import Wish
from activities.actions.version import restore_version
from activities.models import Activity, ActivityVersion, Proposal, Schedule, Session
from tests.activities.editors import partner_of
from tests.factories import (
    NOW,
    TODAY,
    ActivityFactory,
    MembershipFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(house):
    return ActivityFactory(house=house, title="Zingen", capacity=8)


def change(activity, by, minutes, **facts):
    row = Activity.objects.get(pk=activity.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    change_activity(activity=row, seen_at=None, by=by, now=NOW + dt.timedelta(minutes=minutes))


def versions(activity):
    return list(activity.versions.order_by("at", "pk"))


def test_each_save_keeps_a_version_and_so_does_how_it_was_before(activity, coordinator):
    change(activity, coordinator, 1, title="Dansen")
    change(activity, coordinator, 2, title="Koken")
    assert [(row.facts["title"], row.by) for row in versions(activity)] == [
        ("Zingen", None),
        ("Dansen", coordinator),
        ("Koken", coordinator),
    ]


def test_saving_the_same_is_no_version(activity, coordinator):
    change(activity, coordinator, 1)
    assert [row.facts["title"] for row in versions(activity)] == ["Zingen"]


def test_a_new_offer_begins_with_a_version(house, coordinator):
    made = create_activity(activity=ActivityFactory.build(house=house), by=coordinator, now=NOW)
    assert [row.by for row in versions(made)] == [coordinator]


def test_other_days_are_a_version_too(activity, coordinator):
    rule = Schedule(
        kind="once", dates=[TODAY + dt.timedelta(days=9)], starts_at=dt.time(9), ends_at=dt.time(10)
    )
    change_schedules(activity=activity, wish=Wish(saved=(rule,)), by=coordinator, now=NOW)
    assert versions(activity)[-1].facts["rules"][0]["dates"] == ["2026-03-13"]


def test_a_version_comes_back_as_the_newest_and_the_moments_stay(client, activity, coordinator):
    past = SessionFactory(activity=activity, original_start=NOW - dt.timedelta(days=3), capacity=8)
    coming = SessionFactory(activity=activity, capacity=8, confirmed_count=1)
    RegistrationFactory(session=coming)
    rule = ScheduleFactory(activity=activity)
    change(activity, coordinator, 1, title="Dansen", summary="Dans mee.")
    before = list(Session.objects.order_by("pk").values())
    client.force_login(coordinator)
    activity.refresh_from_db()
    sent = {"gezien": activity.changed_at.isoformat()}
    client.post(reverse("offer_restore", args=[versions(activity)[0].pk]), sent)
    activity.refresh_from_db()
    assert (activity.title, activity.summary) == ("Zingen", "Kom spelen met je kind.")
    assert [row.facts["title"] for row in versions(activity)] == ["Zingen", "Dansen", "Zingen"]
    assert list(Session.objects.order_by("pk").values()) == before
    assert list(activity.schedules.all()) == [rule]
    assert past in activity.sessions.all()


def test_who_looked_at_an_older_offer_puts_nothing_back(client, activity, coordinator):
    change(activity, coordinator, 1, title="Dansen")
    client.force_login(coordinator)
    sent = {"gezien": NOW.isoformat()}
    answer = client.post(reverse("offer_restore", args=[versions(activity)[0].pk]), sent, follow=True)
    assert "Iemand wijzigde de activiteit net" in answer.content.decode()
    activity.refresh_from_db()
    assert activity.title == "Dansen"


def test_what_a_partner_puts_back_is_a_proposal(house):
    partner = partner_of(house)
    activity = ActivityFactory(house=house, organiser=partner.organisation, title="Zingen")
    change(activity, MembershipFactory(house=house).user, 1, title="Dansen")
    restore_version(version=versions(activity)[0], seen_at=None, by=partner.user, now=NOW)
    activity.refresh_from_db()
    assert (activity.title, Proposal.objects.get().facts) == ("Dansen", {"title": "Zingen"})


def test_the_page_shows_what_each_version_changed(client, activity, coordinator):
    change(activity, coordinator, 1, title="Dansen", age_min=24)
    client.force_login(coordinator)
    page = client.get(reverse("offer_history", args=[activity.pk])).content.decode()
    assert "<del>Zingen</del><ins>Dansen</ins>" in page
    assert "<ins>2 jaar</ins>" in page
    assert client.get(f"{reverse('offer_history', args=[activity.pk])}?pagina=9999999").status_code == 200


def test_the_page_takes_the_same_queries_with_two_and_five_versions(
    client, activity, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)
    counts = []
    for number in (1, 4):
        change(activity, coordinator, number, title=f"Titel {number}")
        change(activity, coordinator, number + 1, title=f"Titel {number + 1}")
        with django_assert_max_num_queries(12) as queries:
            client.get(reverse("offer_history", args=[activity.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_others_see_no_versions(client, activity, coordinator):
    change(activity, coordinator, 1, title="Dansen")
    pages = (
        reverse("offer_history", args=[activity.pk]),
        reverse("offer_restore", args=[versions(activity)[0].pk]),
    )
    assert [client.get(pages[0]).status_code, client.post(pages[1]).status_code] == [302, 302]
    for user, status in (
        (MembershipFactory().user, 404),
        (partner_of(activity.house).user, 404),
        (UserFactory(), 403),
    ):
        client.force_login(user)
        assert [client.get(pages[0]).status_code, client.post(pages[1]).status_code] == [status, status]
    client.force_login(coordinator)
    assert client.get(pages[1]).status_code == 405


def test_old_versions_are_forgotten_and_the_last_stays(activity, coordinator):
    change(activity, coordinator, 1, title="Dansen")
    assert forget_versions(before=NOW + dt.timedelta(days=1), now=NOW) == 1
    assert [row.facts["title"] for row in ActivityVersion.objects.all()] == ["Dansen"]
