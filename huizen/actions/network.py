"""What the agency does with the network: found a House, and say where it stands."""

from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify

from huizen.actions.house import add_working_area, changes_of
from huizen.actions.invitation import invite
from huizen.actions.logbook import record
from huizen.models import House, Municipality, User, WorkingArea
from huizen.roles import Role


@transaction.atomic
def found_house(
    *,
    name: str,
    form: str,
    municipality: Municipality,
    since: date,
    coordinator: str,
    by: User,
    now: datetime,
) -> House:
    """A new House that parents do not see yet, with its first municipality; its coordinator gets a mail.

    Raises WorkingAreaError when the municipality has a House in that time, InvitationError.
    """
    house = House.objects.create(name=name, form=form, slug=_free_slug(name), is_published=False)
    record("founded", house, by=by, now=now, house=house)
    area = WorkingArea(house=house, municipality=municipality, since=since)
    add_working_area(area=area, by=by, now=now)
    invite(email=coordinator, role=Role.COORDINATOR, house=house, by=by, now=now)
    return house


@transaction.atomic
def set_standing(*, house: House, by: User, now: datetime) -> None:
    """Keep whether a House is recognised, subsidised (two separate states) and visible to parents."""
    changes = changes_of(house)
    if changes:
        house.save(update_fields=["is_recognised", "is_subsidised", "is_published"])
        record("changed", house, by=by, now=now, house=house, changes=changes)


def _free_slug(name: str) -> str:
    """The address of a House: its name without what all share, and a number where it is taken."""
    base = slugify(name.removeprefix("Huis van het Kind "))[:70] or "huis"
    taken = set(House.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = next(number for number in range(1, len(taken) + 2) if _numbered(base, number) not in taken)
    return _numbered(base, number)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"
