"""Who puts offer before parents herself, and whose changes wait for the coordinator."""

from activities.models import Activity
from huizen.models import House, User
from huizen.roles import Permission
from partners.models import Organisation, Partnership


def needs_approval(user: User, activity: Activity) -> bool:
    """Whether what somebody does with an offer waits until the coordinator of its House approves.

    The one place that decides it: for making, changing, publishing and translating.
    """
    return not may_publish(user, activity.house, activity.organiser)


def may_publish(user: User, house: House, organiser: Organisation | None) -> bool:
    """Whether somebody puts offer of this House online herself; a partner's editor proposes it, unless the House trusts
    the partner."""
    return house in user.houses_where(Permission.PUBLISH_OFFER) or _is_trusted(user, house, organiser)


def may_approve(user: User, house: House, organiser: Organisation | None) -> bool:
    """Whether somebody puts a proposed offer online in this House; of a trusted partner its editor too."""
    return decides(user, house) or _is_trusted(user, house, organiser)


def decides(user: User, house: House) -> bool:
    """Whether somebody decides on what partners propose in this House, with the difference before her."""
    return house in user.houses_where(Permission.APPROVE_OFFER)


def _is_trusted(user: User, house: House, organiser: Organisation | None) -> bool:
    if organiser is None or house not in user.houses_where(Permission.EDIT_OFFER):
        return False
    return Partnership.objects.trusting(user).filter(house=house, organisation=organiser).exists()
