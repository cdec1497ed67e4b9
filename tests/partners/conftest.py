"""What the tests about partners share: Els, who coordinates a House, signed in at her desk; a contact, a meeting."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import ContactFactory, MeetingFactory, MembershipFactory, PartnershipFactory


@pytest.fixture
def els():
    return MembershipFactory(user__name="Els", user__email="els@voorbeeld.example").user


@pytest.fixture
def house(els):
    return els.memberships.get().house


@pytest.fixture
def desk(client, els):
    client.force_login(els)
    return client


@pytest.fixture
def contact(house):
    return ContactFactory(organisation=PartnershipFactory(house=house).organisation)


@pytest.fixture
def meeting(house, els):
    starts = timezone.now().replace(microsecond=0) + dt.timedelta(days=30)
    hours = dt.timedelta(hours=2)
    return MeetingFactory(
        house=house, organiser=els, title="Stuurgroep", starts_at=starts, ends_at=starts + hours
    )
