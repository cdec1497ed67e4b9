"""The private address of a family's agenda: made, changed for another one, ended."""

from datetime import datetime

from django.db import transaction

from activities.models import FamilyCalendar
from activities.models.saved import new_secret
from families.actions.family import own_family
from huizen.models import User


@transaction.atomic
def open_calendar(*, by: User, now: datetime) -> FamilyCalendar:
    """An address for the phone; the one that is there already stays."""
    family = own_family(by=by, now=now)
    calendar, _ = FamilyCalendar.objects.get_or_create(family=family, defaults={"created_at": now})
    return calendar


@transaction.atomic
def renew_calendar(*, by: User, now: datetime) -> FamilyCalendar:
    """Another address: the former one opens nothing from this moment on."""
    calendar = open_calendar(by=by, now=now)
    calendar.secret, calendar.created_at = new_secret(), now
    calendar.save(update_fields=["secret", "created_at"])
    return calendar


@transaction.atomic
def close_calendar(*, by: User, now: datetime) -> None:
    """No address any more."""
    FamilyCalendar.objects.filter(family__user=by).delete()


@transaction.atomic
def set_calendar_contents(*, by: User, with_saved: bool, now: datetime) -> None:
    """Whether the moments of saved offers stand in the agenda too."""
    FamilyCalendar.objects.filter(family__user=by).update(with_saved=with_saved)
