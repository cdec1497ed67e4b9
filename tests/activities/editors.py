"""The people around an offer."""

from huizen.roles import Role
from tests.factories import EditorFactory, MembershipFactory, PartnershipFactory


def partner_of(house):
    """Somebody who edits one organisation, and may propose its offer in the House."""
    editor = EditorFactory()
    PartnershipFactory(house=house, organisation=editor.organisation)
    MembershipFactory(house=house, user=editor.user, role=Role.PARTNER_EDITOR)
    return editor
