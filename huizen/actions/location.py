"""What a coordinator does with the places of the House and their hours."""

from datetime import datetime

from django.db import transaction

from huizen.actions.house import changes_of
from huizen.actions.logbook import record
from huizen.models import Location, OpeningException, OpeningHours, User

Rule = OpeningHours | OpeningException


@transaction.atomic
def keep_location(*, location: Location, by: User, now: datetime) -> None:
    """Add a place, or keep what was changed about it."""
    verb, changes = ("changed", changes_of(location)) if location.pk else ("added", {})
    location.save()
    record(verb, location, by=by, now=now, house=location.house, changes=changes)


@transaction.atomic
def retire_location(*, location: Location, by: User, now: datetime) -> None:
    """Take a place out of use: parents no longer see it, what happened there stays."""
    Location.objects.filter(pk=location.pk).update(is_active=False)
    record("retired", location, by=by, now=now, house=location.house)


@transaction.atomic
def reopen_location(*, location: Location, by: User, now: datetime) -> None:
    """Take a place into use again."""
    Location.objects.filter(pk=location.pk).update(is_active=True)
    record("reopened", location, by=by, now=now, house=location.house)


@transaction.atomic
def add_rule(*, rule: Rule, by: User, now: datetime) -> None:
    """Add hours, or days that differ."""
    rule.save()
    record("added", rule, by=by, now=now, house=rule.location.house)


@transaction.atomic
def remove_rule(*, rule: Rule, by: User, now: datetime) -> None:
    """Take hours away, or days that differ."""
    record("removed", rule, by=by, now=now, house=rule.location.house)
    rule.delete()
