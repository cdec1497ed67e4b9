"""Which reminders a thing to do wants, and planning them.

At nine o'clock on the wall in Brussels: 3 days before its day, on its day, and after it every week, four times; then the
list and the desk go on asking. A time that was past when it was agreed so is left out: planning again gives the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from huizen.models import Category
from huizen.outbox.planning import Plan, Reminder, plan, plan_many
from huizen.outbox.quiet import morning_of
from huizen.outbox.reminder_key import ReminderKey
from partners.models import ActionPoint

ACTION_REMINDER = "action_point_reminder"
#: The rules, by how many days after its day they are due.
RULES = {"3d": -3, "0d": 0, "1w": 7, "2w": 14, "3w": 21, "4w": 28}
WEEK = timedelta(days=7)
BATCH = 200


@dataclass(frozen=True)
class ActionKey(ReminderKey):
    """Which thing, which version of it, whose, and which rule."""

    shape = "action:{point}:v{version}:{who}:{rule}"
    point: int
    version: int
    who: str
    rule: str


def reminders_of(point: ActionPoint) -> Iterator[Reminder]:
    """All reminders that a thing to do wants, as it is agreed now."""
    if not (point.is_open and point.due_on and point.owner_email):
        return
    for rule, days in RULES.items():
        due_at = morning_of(point.due_on + timedelta(days=days))
        if due_at > point.set_at:
            yield Reminder(
                kind=ACTION_REMINDER,
                key=str(ActionKey(point.pk, point.version, point.owner_key, rule)),
                category=Category.MEETING_REMINDER,
                recipient=point.owner_email,
                due_at=due_at,
                expires_at=morning_of(point.due_on) if days < 0 else due_at + WEEK,
            )


def replan(point: ActionPoint) -> None:
    """Plan the reminders of one thing anew; call it in the transaction of the change that causes it."""
    plan(point, list(reminders_of(point)), house=point.house)


def reconcile_actions() -> int:
    """Derive the reminders of all that is open once more; gives how many were looked at. A second run changes nothing."""
    seen, last = 0, 0
    while batch := _reconcile_batch(after=last):
        seen, last = seen + len(batch), batch[-1].pk
    return seen


@transaction.atomic
def _reconcile_batch(*, after: int) -> list[ActionPoint]:
    rows = ActionPoint.objects.open().with_owner().filter(pk__gt=after)
    points = list(rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:BATCH])
    plan_many(Plan(point, list(reminders_of(point)), point.house) for point in points)
    return points
