"""What the tests about offer share: a House, and who may edit there."""

import pytest

from tests.activities.editors import partner_of
from tests.factories import HouseFactory, MembershipFactory


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture
def coordinator(house):
    return MembershipFactory(house=house).user


@pytest.fixture
def signed_in(client, coordinator):
    """The coordinator, at her desk."""
    client.force_login(coordinator)
    return coordinator


@pytest.fixture
def partner(house):
    """Somebody who edits one organisation, and may propose its offer in the House."""
    return partner_of(house)
