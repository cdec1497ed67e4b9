"""Who puts offer before parents herself, and whose changes wait for the coordinator."""

from activities.models import Activity
from huizen.models import House, User
from huizen.roles import Permission


def may_publish(user: User, house: House) -> bool:
    """Whether somebody keeps the whole offer of this House, and puts it online."""
    return house in user.houses_where(Permission.PUBLISH_OFFER)


def may_approve(user: User, house: House) -> bool:
    """Whether somebody decides on what partners propose in this House."""
    return house in user.houses_where(Permission.APPROVE_OFFER)


def needs_approval(user: User, activity: Activity) -> bool:
    """Whether what somebody does with an offer waits until the coordinator of its House approves.

    The one place that decides it: for making, changing, publishing and translating.
    """
    return not may_publish(user, activity.house)
