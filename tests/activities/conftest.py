"""What the tests about offer share: a House, and who may edit there."""

import pytest

from huizen.roles import Role
from tests.factories import EditorFactory, HouseFactory, MembershipFactory, PartnershipFactory


@pytest.fixture
def house():
    return HouseFactory()


@pytest.fixture
def coordinator(house):
    return MembershipFactory(house=house).user


@pytest.fixture
def partner(house):
    """Somebody who edits one organisation, and may propose its offer in the House."""
    editor = EditorFactory()
    PartnershipFactory(house=house, organisation=editor.organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor
