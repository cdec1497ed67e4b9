"""Text messages, asked for or stopped after signing up: for all that a family still comes to."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from activities.actions.contact import international
from activities.actions.registration import record_registration
from activities.actions.reminder import NAME, plan_reminders
from activities.models import Registration, Series
from huizen.models import PlannedMessage
from huizen.outbox import sms


@transaction.atomic
def choose_text_messages(*, registration: Registration, wants: bool, now: datetime) -> int:
    """Send a family text messages from now on, or no longer; of how many coming sign-ups that is another answer.

    All sign-ups with the same address count, also the standing ones. Who gave no mobile number gets none.
    """
    if not registration.contact_key:
        return 0
    standing = Series.objects.filter(contact_key=registration.contact_key, wants_sms=not wants)
    standing.filter(phone=registration.phone).update(wants_sms=wants)
    return _choose(_coming(now).filter(contact_key=registration.contact_key), wants, now)


def may_get_text_messages(registration: Registration) -> bool:
    """Whether the portal sends text messages and this family gave a number to which they can go."""
    return sms.is_on() and bool(registration.phone) and sms.is_mobile(international(registration.phone))


def wants_text_messages(hashed: str, *, now: datetime) -> bool | None:
    """The same for who has only the hash of a mail address; None where there is nothing to choose."""
    rows = [row for row in _of_address(hashed, now) if may_get_text_messages(row)]
    return any(row.wants_sms for row in rows) if rows else None


@transaction.atomic
def choose_by_address(hashed: str, *, wants: bool, now: datetime) -> None:
    """The choice of who has only the hash of a mail address, for each family that comes with it."""
    for registration in {row.contact_key: row for row in _of_address(hashed, now)}.values():
        choose_text_messages(registration=registration, wants=wants, now=now)


def _of_address(hashed: str, now: datetime) -> Iterable[Registration]:
    """The coming sign-ups that will be reminded by mail at an address of which only the hash is known (two queries)."""
    planned = PlannedMessage.objects.filter(
        address_hash=hashed, kind=NAME, state=PlannedMessage.State.PLANNED
    )
    keys = [UUID(key) for key in planned.values_list("subject_id", flat=True)]
    return _coming(now).filter(pk__in=keys)


def _coming(now: datetime):
    rows = Registration.objects.current().filter(session__starts_at__gt=now)
    return rows.select_related("session__activity__house", "session__activity__location", "session__location")


def _choose(rows, wants: bool, now: datetime) -> int:
    changed = [row for row in rows.filter(wants_sms=not wants) if not wants or may_get_text_messages(row)]
    for row in changed:
        row.wants_sms = wants
        record_registration("changed", row, {"wants_sms": [not wants, wants]}, by=None, now=now)
    Registration.objects.bulk_update(changed, ["wants_sms"])
    plan_reminders(changed, now=now)
    return len(changed)
