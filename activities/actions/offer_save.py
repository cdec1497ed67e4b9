"""The one way in which what an offer says is kept: with its version, its line in the logbook and its places."""

from datetime import datetime

from django.db import models

from activities.actions.sessions import set_capacity, set_kept
from activities.models import Activity, ActivityVersion
from activities.offer_facts import FIELDS, snapshot
from huizen.actions.logbook import record
from huizen.models import User
from partners.models import Contact


def save_offer(*, before: Activity, activity: Activity, by: User | None, now: datetime) -> int:
    """Keep a changed activity, of which `before` is the locked row; how many moments could not follow fewer places.

    Inside a transaction. How it was stays readable, also of what was made before versions were kept.
    """
    if not before.versions.exists():
        ActivityVersion.objects.create(activity=before, facts=snapshot(before), by=None, at=before.changed_at)
    activity.changed_at = now
    activity.save()
    changes = differences(before, activity)
    if activity.status != before.status:
        changes["status"] = [before.status, activity.status]
    if changes:
        keep_version(activity=activity, by=by, now=now)
        record("changed", activity, by=by, now=now, house=activity.house, changes=changes)
    behind = set_capacity(activity=activity, before=before.capacity, now=now)
    set_kept(activity=activity, before=before.reserved_places, now=now)
    return behind


def keep_version(*, activity: Activity, by: User | None, now: datetime) -> None:
    """Keep what an offer says from now on; nothing where its last version says the same."""
    facts = snapshot(activity)
    last = activity.versions.order_by("-at", "-pk").first()
    if last is None or last.facts != facts:
        ActivityVersion.objects.create(activity=activity, facts=facts, by=by, at=now)


def differences(before: Activity, after: Activity) -> dict[str, list]:
    """What changed, by the Dutch name of the field: [before, after] in words that a logbook can keep."""
    return {
        str(field.verbose_name): [_shown(before, field), _shown(after, field)]
        for field in FIELDS.values()
        if getattr(before, field.attname) != getattr(after, field.attname)
    }


def _shown(row: Activity, field: models.Field):
    if field.is_relation:
        related = getattr(row, field.name)
        # The logbook outlives people: of a contact it keeps what she does, not her name.
        if isinstance(related, Contact):
            return related.function or "een contactpersoon"
        return str(related) if related else None
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    return list(value) if isinstance(value, list | tuple) else value
