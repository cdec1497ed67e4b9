"""The table of roles."""

from huizen.roles import Permission, Role, permissions_of, roles_with


def test_somebody_without_a_role_may_do_nothing():
    assert permissions_of(set()) == frozenset()


def test_abb_only_reads_projects():
    assert permissions_of({Role.ABB_READER}) == {Permission.SEE_PROJECTS}


def test_only_a_coordinator_edits_the_house():
    assert roles_with(Permission.EDIT_HOUSE) == [Role.COORDINATOR]
