"""Things to do after a meeting: agreed, changed, done, opened again; their reminders follow in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import House, User
from partners.actions.action_reminder import replan
from partners.models import ActionPoint, AgendaItem, Contact, Meeting, MeetingInvitation

State = ActionPoint.State
VERBS = {State.DONE: "action_done", State.DROPPED: "action_dropped", State.OPEN: "action_reopened"}


class ActionPointError(Exception):
    """Why this cannot be done with a thing to do; its text is for the person who tried."""


@dataclass(frozen=True)
class Agreed:
    """What was agreed: what, who, and by when."""

    title: str
    owner: User | Contact | MeetingInvitation | None = None
    due_on: date | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the row."""
        kinds = {"owner_user": User, "owner_contact": Contact, "owner_invitation": MeetingInvitation}
        owner = {name: self.owner if isinstance(self.owner, kind) else None for name, kind in kinds.items()}
        return {"title": self.title, "due_on": self.due_on, **owner}


@transaction.atomic
def give_action(
    *,
    house: House | None,
    agreed: Agreed,
    by: User,
    now: datetime,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
) -> ActionPoint:
    """Write down what somebody will do, and plan her reminders; of the network where no House is given. What is open in the very same words is the same."""
    # The lock of who writes it down: of two clicks the second finds what the first wrote.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    facts = {"house": house, "meeting": meeting, "item": item, **agreed.fields}
    if same := ActionPoint.objects.open().filter(**facts).first():
        return same
    point = ActionPoint.objects.create(set_at=now, changed_at=now, **facts)
    replan(point)
    record("action_given", point, by=by, now=now, house=house)
    return point


@transaction.atomic
def change_action(
    *, point: ActionPoint, agreed: Agreed, seen: datetime, by: User, now: datetime
) -> ActionPoint:
    """Agree otherwise. Another person or another day is a new agreement, with reminders of its own.

    `seen`: the `changed_at` that the editor had in front of her. Raises ActionPointError when it changed since.
    """
    row = _locked(point)
    if row.changed_at != seen:
        raise ActionPointError("Iemand anders wijzigde dit intussen. Kijk na wat er nu staat.")
    before = (row.owner_key, row.due_on)
    for name, value in agreed.fields.items():
        setattr(row, name, value)
    row.changed_at = now
    if (row.owner_key, row.due_on) != before:
        row.version, row.set_at = row.version + 1, now
    row.save()
    replan(row)
    record("action_changed", row, by=by, now=now, house=row.house)
    return row


@transaction.atomic
def settle_action(*, point: ActionPoint, state: str, by: User | None, now: datetime) -> ActionPoint:
    """Done, no longer needed, or open again; reminders stop, or come back. Twice the same is once."""
    row = _locked(point)
    if row.state == state:
        return row
    row.state, row.changed_at = state, now
    row.closed_at = None if state == State.OPEN else now
    row.save(update_fields=["state", "changed_at", "closed_at"])
    replan(row)
    record(VERBS[State(state)], row, by=by, now=now, house=row.house)
    return row


def _locked(point: ActionPoint) -> ActionPoint:
    rows = ActionPoint.objects.with_owner().select_for_update(no_key=True, of=("self",))
    return rows.get(pk=point.pk)
