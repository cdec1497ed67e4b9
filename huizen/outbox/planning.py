"""Planning reminders: in the transaction of the change that causes them, each key once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.db.models import Case, Q, Value, When

from huizen.models import Channel, House, PlannedMessage
from huizen.outbox.suppression import address_hash

State = PlannedMessage.State
NOT_WANTED = "niet meer nodig"


@dataclass(frozen=True)
class Reminder:
    """One reminder that will be due. The key says all that makes it the same reminder (`reminder_key.py`)."""

    kind: str
    key: str
    category: str
    recipient: str
    due_at: datetime
    expires_at: datetime
    channel: str = Channel.MAIL


@dataclass(frozen=True)
class Plan:
    """All reminders that one thing wants now; none of the others."""

    subject: models.Model
    reminders: Sequence[Reminder]
    house: House | None


def plan(subject: models.Model, reminders: Sequence[Reminder], *, house: House | None) -> None:
    """Make the planned reminders of one thing exactly these: new ones are added, those no longer wanted are
    cancelled, a cancelled one that is wanted again comes alive. What already left stays as it is.

    Two statements, whatever the number. Safe beside another planner of the same thing.
    """
    plan_many([Plan(subject, reminders, house)])


@transaction.atomic(savepoint=False)
def plan_many(plans: Iterable[Plan]) -> None:
    """The same for many things at once, also in two statements."""
    plans = list(plans)
    rows = planned_rows(plans)
    PlannedMessage.objects.bulk_create(rows, ignore_conflicts=True)
    _set_states(plans, wanted=[row.key for row in rows])


def planned_rows(plans: Iterable[Plan]) -> list[PlannedMessage]:
    """The reminders of some things, not written yet. Enough for a thing that is made in this same transaction:
    nothing of it can be planned already."""
    rows = [_row(each, reminder) for each in plans for reminder in each.reminders]
    # In one order everywhere, so that two planners of the same keys wait for each other and never deadlock.
    return sorted(rows, key=lambda row: row.key)


def _row(plan: Plan, reminder: Reminder) -> PlannedMessage:
    return PlannedMessage(
        key=reminder.key,
        kind=reminder.kind,
        category=reminder.category,
        subject_type=plan.subject._meta.label_lower,
        subject_id=str(plan.subject.pk),
        channel=reminder.channel,
        recipient=reminder.recipient,
        address_hash=address_hash(reminder.recipient),
        house=plan.house,
        due_at=reminder.due_at,
        expires_at=reminder.expires_at,
    )


def _set_states(plans: list[Plan], *, wanted: list[str]) -> None:
    """Cancel what is not wanted, revive what is; rows that are right already are not touched."""
    is_wanted = Q(key__in=wanted)
    PlannedMessage.objects.filter(
        _of_subjects(plans), Q(state=State.PLANNED) & ~is_wanted | Q(state=State.CANCELLED) & is_wanted
    ).update(
        state=Case(When(is_wanted, then=Value(State.PLANNED)), default=Value(State.CANCELLED)),
        reason=Case(When(is_wanted, then=Value("")), default=Value(NOT_WANTED)),
    )


def _of_subjects(plans: list[Plan]) -> Q:
    ids = defaultdict(list)
    for each in plans:
        ids[each.subject._meta.label_lower].append(str(each.subject.pk))
    found = Q(pk__in=[])
    for subject_type, subject_ids in ids.items():
        found |= Q(subject_type=subject_type, subject_id__in=subject_ids)
    return found
