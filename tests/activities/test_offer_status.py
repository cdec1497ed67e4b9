"""From draft to online and away: partners propose, coordinators publish, the desk says what waits."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from activities.actions import offer
from activities.dashboard import offer_to_look_at
from activities.models import Activity, Session
from huizen.models import Event
from huizen.roles import Role
from tests.activities.offer_forms import WEEKLY, rules, typed
from tests.factories import (
    NOW,
    ActivityFactory,
    MembershipFactory,
    RegistrationFactory,
    ScheduleFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_partner_proposes_for_its_own_organisation_alone(client, house, partner):
    client.force_login(partner.user)
    response = client.post(reverse("offer_create"), typed(house))
    assert response.context["form"].errors["organiser"] == ["Kies je eigen organisatie."]
    client.post(reverse("offer_create"), typed(house, organiser=partner.organisation.pk))
    activity = Activity.objects.get()
    assert (activity.status, activity.organiser) == ("proposed", partner.organisation)
    assert [event.verb for event in Event.objects.about(activity)] == ["proposed"]


def test_what_a_partner_changes_is_proposed_again(client, house, partner):
    client.force_login(partner.user)
    activity = ActivityFactory(house=house, organiser=partner.organisation, status="draft")
    client.post(reverse("offer_edit", args=[activity.pk]), typed(house, organiser=partner.organisation.pk))
    activity.refresh_from_db()
    assert activity.status == "proposed"


def test_a_partner_who_changes_when_it_is_proposes_again(client, house, partner):
    client.force_login(partner.user)
    activity = ActivityFactory(house=house, organiser=partner.organisation, status="draft")
    client.post(reverse("offer_schedule", args=[activity.pk]), rules(WEEKLY))
    activity.refresh_from_db()
    assert activity.status == "proposed"


@pytest.mark.parametrize("status", ["draft", "proposed", "archived"])
def test_a_partner_does_not_publish(client, house, partner, status):
    client.force_login(partner.user)
    activity = ActivityFactory(house=house, organiser=partner.organisation, status=status)
    ScheduleFactory(activity=activity)
    client.post(reverse("offer_publish", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.status == status


def test_staff_leave_proposals_to_the_coordinator(client, house, coordinator):
    staff = MembershipFactory(house=house, role=Role.STAFF).user
    activity = ActivityFactory(house=house, status="proposed")
    ScheduleFactory(activity=activity)
    for user, status in ((staff, "proposed"), (coordinator, "published")):
        client.force_login(user)
        client.post(reverse("offer_unpublish" if user == staff else "offer_publish", args=[activity.pk]))
        activity.refresh_from_db()
        assert activity.status == status


def test_publishing_makes_the_moments_and_counts_as_looked_at(client, coordinator, house):
    client.force_login(coordinator)
    schedule = ScheduleFactory(
        activity=ActivityFactory(house=house, status="draft"),
        dates=[timezone.localdate() + dt.timedelta(days=1)],
    )
    client.post(reverse("offer_publish", args=[schedule.activity.pk]))
    schedule.activity.refresh_from_db()
    assert (schedule.activity.status, schedule.activity.checked_on) == ("published", timezone.localdate())
    assert Session.objects.count() == 1
    assert [event.verb for event in Event.objects.about(schedule.activity)] == ["published"]


def test_nothing_goes_online_before_somebody_says_when_it_is(client, coordinator, house):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house, status="draft")
    response = client.post(reverse("offer_publish", args=[activity.pk]), follow=True)
    assert "Zeg eerst wanneer het is" in response.content.decode()
    activity.refresh_from_db()
    assert activity.status == "draft"


@pytest.mark.parametrize("act", ["unpublish", "archive"])
def test_nothing_goes_offline_under_families_who_are_signed_up(client, coordinator, house, act):
    client.force_login(coordinator)
    session = SessionFactory(
        activity=ActivityFactory(house=house), original_start=timezone.now() + dt.timedelta(days=1)
    )
    RegistrationFactory(session=session)
    response = client.post(reverse(f"offer_{act}", args=[session.activity.pk]), follow=True)
    assert "Zeg dat moment eerst af" in response.content.decode()
    session.activity.refresh_from_db()
    assert session.activity.status == "published"


@pytest.mark.parametrize(
    ("act", "status"), [("unpublish", "draft"), ("archive", "archived"), ("check", "published")]
)
def test_a_coordinator_takes_offer_offline_puts_it_away_and_looks_at_it_again(
    client, coordinator, house, act, status
):
    client.force_login(coordinator)
    activity = ActivityFactory(house=house)
    client.post(reverse(f"offer_{act}", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.status == status
    assert (activity.checked_on is not None) == (act == "check")


def test_only_what_is_online_can_be_looked_at_again():
    activity = ActivityFactory(status="draft")
    with pytest.raises(offer.OfferError):
        offer.check_activity(activity=activity, by=UserFactory(), now=NOW)


def test_publishing_twice_is_once(coordinator, house):
    activity = ScheduleFactory(activity=ActivityFactory(house=house)).activity
    offer.publish_activity(activity=activity, by=coordinator, now=NOW)
    assert Event.objects.count() == 0


def test_a_copy_is_a_draft_with_the_same_rules_and_no_moments(client, coordinator, house):
    client.force_login(coordinator)
    schedule = ScheduleFactory(activity=ActivityFactory(house=house, title="Zingen", slug="zingen"))
    SessionFactory(activity=schedule.activity, schedule=schedule)
    response = client.post(reverse("offer_copy", args=[schedule.activity.pk]))
    copy = Activity.objects.get(slug="zingen-2")
    assert response.url == reverse("offer_edit", args=[copy.pk])
    assert (copy.status, copy.checked_on, copy.sessions.count(), copy.schedules.count()) == (
        "draft",
        None,
        0,
        1,
    )


def test_the_desk_tells_of_pages_that_nobody_looked_at(coordinator, house, partner):
    ActivityFactory(house=house, checked_on=NOW.date() - dt.timedelta(days=200))
    ActivityFactory(house=house, checked_on=NOW.date())
    assert [(tile.title, tile.count) for tile in offer_to_look_at(coordinator, NOW)] == [("Na te kijken", 1)]
    assert list(offer_to_look_at(partner.user, NOW)) == []
