"""Which reminders a House gets of an application that it began, and planning them.

To each coordinator: 14, 3 and 1 days before the call closes, at nine o'clock in Brussels, and on the last day where it closes
later than that. Each is of use until the next one or until the call closes; so after days without a clock one mail goes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from huizen.models import Category, User
from huizen.outbox.planning import Plan, Reminder, plan_many
from huizen.outbox.quiet import morning_of
from huizen.outbox.reminder_key import ReminderKey
from projects.actions.people import leaders_by_house
from projects.models import Application, ApplicationState

KIND = "application_reminder"
#: So many days before the last day; 0 is the last day itself.
DAYS_BEFORE = (14, 3, 1, 0)


@dataclass(frozen=True)
class ApplicationKey(ReminderKey):
    """Whose application, to whom, for which moment of closing (seconds since 1970), by which rule."""

    shape = "application:{application}:{user}:{closes_at}:{days}"
    application: int
    user: int
    closes_at: int
    days: int


def replan(applications: QuerySet[Application]) -> int:
    """Plan the reminders of these applications anew, in the transaction of the change that causes it; gives how many."""
    rows = list(applications.select_related("call", "house").order_by("pk"))
    leaders = leaders_by_house(row.house_id for row in rows)
    plan_many(Plan(row, list(reminders_of(row, leaders[row.house_id])), row.house) for row in rows)
    return len(rows)


def reconcile(*, now: datetime) -> int:
    """Derive the reminders of open calls once more: somebody else may lead the House. Safe to run twice."""
    return replan(Application.objects.filter(call__closes_at__gt=now))


def reminders_of(application: Application, leaders: Iterable[User]) -> Iterator[Reminder]:
    """All reminders that an application wants; none once it is handed in."""
    closes_at = application.call.closes_at
    if application.state != ApplicationState.DRAFT or closes_at is None:
        return
    due = [(days, at) for days, at in _due(closes_at) if application.begun_at < at < closes_at]
    ends = [*(at for _, at in due[1:]), closes_at]
    for (days, due_at), expires_at in zip(due, ends, strict=True):
        for user in leaders:
            yield Reminder(
                kind=KIND,
                key=str(ApplicationKey(application.pk, user.pk, int(closes_at.timestamp()), days)),
                category=Category.PROJECT,
                recipient=user.email,
                due_at=due_at,
                expires_at=expires_at,
            )


def _due(closes_at: datetime) -> Iterator[tuple[int, datetime]]:
    last = timezone.localtime(closes_at).date()
    for days in DAYS_BEFORE:
        yield days, morning_of(last - timedelta(days=days))
