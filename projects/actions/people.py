"""Who stands behind a project today: at the agency, and in its House."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from huizen.models import Membership, User
from huizen.roles import Role
from projects.models import Project


def officers() -> QuerySet[User]:
    """Who can follow a project: everybody who works at the agency today."""
    current = Membership.objects.current().filter(role=Role.OFFICER)
    return User.objects.filter(is_active=True, pk__in=current.values("user"))


def followers_of(project: Project) -> list[User]:
    """Who follows a project; nobody once she left the agency."""
    return list(officers().filter(pk=project.officer_id)) if project.officer_id else []


def leaders_of(house: int | None) -> list[User]:
    """The coordinators of a House, by its key; nobody without one."""
    return leaders_by_house([house])[house]


def leaders_by_house(houses: Iterable[int | None]) -> dict[int | None, list[User]]:
    """The coordinators of Houses, by the key of the House (one query)."""
    current = Membership.objects.current().filter(
        house__in=set(houses) - {None}, role=Role.COORDINATOR, user__is_active=True
    )
    found = defaultdict(list)
    for membership in current.select_related("user").order_by("pk"):
        found[membership.house_id].append(membership.user)
    return found
