"""Who works at the agency today."""

from django.db.models import QuerySet

from huizen.models import Membership, User
from huizen.roles import Role


def officers() -> QuerySet[User]:
    """Who can follow a project: everybody who works at the agency today."""
    current = Membership.objects.current().filter(role=Role.OFFICER)
    return User.objects.filter(is_active=True, pk__in=current.values("user"))
