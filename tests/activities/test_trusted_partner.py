"""A partner that a House trusts publishes by itself there, and nowhere else."""

import datetime as dt

import pytest
from django.urls import reverse

from activities.actions import approval, offer
from activities.models import Activity
from huizen.roles import Role
from tests.activities.offer_forms import typed
from tests.factories import (
    NOW,
    ActivityFactory,
    EditorFactory,
    HouseFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    ScheduleFactory,
)

pytestmark = pytest.mark.django_db
Status = Activity.Status


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture
def partner(house):
    """Somebody who edits one organisation of the House."""
    editor = EditorFactory()
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor


@pytest.fixture(params=[True, False], ids=["trusted", "not trusted"])
def trusted(request, house, partner):
    PartnershipFactory(house=house, organisation=partner.organisation, is_trusted=request.param)
    return request.param


def test_a_new_activity_is_hers_to_publish(client, house, partner, trusted):
    client.force_login(partner.user)
    client.post(reverse("offer_create"), typed(house, organiser=partner.organisation.pk))
    activity = Activity.objects.get()
    assert activity.status == (Status.DRAFT if trusted else Status.PROPOSED)
    ScheduleFactory(activity=activity)
    client.post(reverse("offer_publish", args=[activity.pk]))
    activity.refresh_from_db()
    assert activity.status == (Status.PUBLISHED if trusted else Status.PROPOSED)


def test_what_she_changes_stays_online(client, house, partner, trusted):
    activity = ActivityFactory(house=house, organiser=partner.organisation, status=Status.PUBLISHED)
    client.force_login(partner.user)
    url = reverse("offer_edit", args=[activity.pk])
    assert ("gaat naar de coördinator" in client.get(url).content.decode()) is not trusted
    client.post(url, typed(house, organiser=partner.organisation.pk, seen_at=activity.changed_at.isoformat()))
    activity.refresh_from_db()
    assert activity.title == "Samen zingen"
    assert activity.status == (Status.PUBLISHED if trusted else Status.PROPOSED)


def test_what_waited_when_she_became_trusted_she_publishes_herself(house, partner, trusted):
    activity = ActivityFactory(house=house, organiser=partner.organisation, status=Status.PROPOSED)
    ScheduleFactory(activity=activity)
    if trusted:
        assert offer.publish_activity(activity=activity, by=partner.user, now=NOW).status == Status.PUBLISHED
    else:
        with pytest.raises(offer.OfferError, match="coördinator"):
            offer.publish_activity(activity=activity, by=partner.user, now=NOW)


def test_trust_is_of_one_house_and_one_organisation(house, partner):
    mine = PartnershipFactory(house=house, organisation=partner.organisation, is_trusted=True)
    other = PartnershipFactory(house=house, is_trusted=True).organisation
    elsewhere = PartnershipFactory(organisation=partner.organisation).house
    MembershipFactory(house=elsewhere, user=partner.user, role=Role.PARTNER_EDITOR)

    def may(house, organisation):
        user = type(partner.user).objects.get(pk=partner.user.pk)
        return approval.may_publish(user, house, organisation)

    assert may(house, partner.organisation)
    assert not may(house, other)
    assert not may(house, None)
    assert not may(house, OrganisationFactory())
    assert not may(elsewhere, partner.organisation)
    mine.until = dt.date(2026, 1, 1)
    mine.save()
    assert not may(house, partner.organisation)


def test_trust_ends_with_the_editorship_and_with_the_role(house, partner):
    PartnershipFactory(house=house, organisation=partner.organisation, is_trusted=True)
    role = partner.user.memberships.get()
    role.ended_at = NOW
    role.save()
    user = type(partner.user).objects.get(pk=partner.user.pk)
    assert not approval.may_publish(user, house, partner.organisation)
    role.ended_at, partner.ended_at = None, NOW
    role.save()
    partner.save()
    user = type(partner.user).objects.get(pk=partner.user.pk)
    assert not approval.may_publish(user, house, partner.organisation)
