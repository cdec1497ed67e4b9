"""Who answers for an offer: whom we ask whether it still holds, and whom a coordinator calls.

The contact who was chosen for it; else the editors of the organiser; else a contact of the organiser; else the
coordinators of the House. Who cannot be mailed is passed over.
"""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from activities.models import Activity
from huizen.models import Membership
from huizen.roles import Role
from partners.models import Contact, Editor


@dataclass(frozen=True)
class Keeper:
    """Somebody who answers for an offer; `email` in lower case."""

    name: str
    email: str
    phone: str = ""


def with_keepers(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities ready for `keepers_of`: three queries more, however many there are."""
    editors = Editor.objects.current().filter(user__is_active=True).select_related("user").order_by("pk")
    contacts = Contact.objects.exclude(email="").order_by("pk")
    coordinators = Membership.objects.current().filter(role=Role.COORDINATOR, user__is_active=True)
    return rows.select_related("house", "organiser", "keeper").prefetch_related(
        Prefetch("organiser__editors", editors, to_attr="present_editors"),
        Prefetch("organiser__contacts", contacts, to_attr="mailed_contacts"),
        Prefetch(
            "house__memberships", coordinators.select_related("user").order_by("pk"), to_attr="coordinators"
        ),
    )


def keepers_of(activity: Activity) -> list[Keeper]:
    """Whom to ask about an activity of `with_keepers`; several editors are all asked, the first answer counts."""
    if activity.keeper and activity.keeper.email:
        return [_contact(activity.keeper, activity)]
    if found := _of_organiser(activity):
        return found
    return [
        Keeper(str(each.user), each.user.email, activity.house.phone) for each in activity.house.coordinators
    ]


def caller_of(activity: Activity) -> Keeper | None:
    """Whom to call about an activity of `with_keepers`: the chosen contact also when she has no address."""
    if activity.keeper:
        return _contact(activity.keeper, activity)
    return next(iter(keepers_of(activity)), None)


def _of_organiser(activity: Activity) -> list[Keeper]:
    organiser = activity.organiser
    if organiser is None:
        return []
    editors = [Keeper(str(each.user), each.user.email, organiser.phone) for each in organiser.present_editors]
    return editors or [_contact(each, activity) for each in organiser.mailed_contacts[:1]]


def _contact(contact: Contact, activity: Activity) -> Keeper:
    phone = contact.phone or (activity.organiser.phone if activity.organiser else "")
    return Keeper(contact.name, contact.email.lower(), phone)
