"""Which reminders a report wants, and planning them.

Counted in days of the calendar around the last day, at nine o'clock in Brussels. The number of mails is the number of
rules, however late a report is. Each is of use until the next one; so after days without a clock there is one mail, not three.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from huizen.models import Category, Membership, User
from huizen.outbox.planning import Plan, Reminder, plan_many
from huizen.roles import Role
from projects.models import ProgressReport, Project
from projects.models.report import ProgressReportQuerySet

KIND = "project_report_due"
MORNING = time(9, 0)
#: The projects that hear of their reports; one that stopped settles with the agency what it still owes.
REMINDED = (
    Project.Status.SELECTED,
    Project.Status.RUNNING,
    Project.Status.COMPLETED,
    Project.Status.MAINSTREAMED,
)
#: What is longer ago needs no looking after any more, and what is further off will come.
LOOKED_AT = timedelta(days=45)


class Rule(NamedTuple):
    """A reminder so many days after the last day (below zero: before it), of use for so many days, and for whom."""

    days: int
    useful: int
    to_officer: bool


RULES = (
    Rule(-30, 23, to_officer=False),
    Rule(-7, 6, to_officer=True),
    Rule(-1, 2, to_officer=False),
    Rule(1, 6, to_officer=True),
    Rule(7, 30, to_officer=True),
)


class Key(NamedTuple):
    """What makes a reminder that one reminder; another last day is another reminder."""

    report: int
    due_on: date
    user: int
    days: int

    def __str__(self):
        return f"project_report:{self.report}:{self.due_on}:{self.user}:{self.days:+d}"

    @classmethod
    def read(cls, key: str) -> "Key":
        """The parts of a key that we wrote."""
        _, report, due_on, user, days = key.split(":")
        return cls(int(report), date.fromisoformat(due_on), int(user), int(days))


def replan(reports: ProgressReportQuerySet) -> int:
    """Plan the reminders of these reports anew, in the transaction of the change that causes it; gives how many reports."""
    rows = list(reports.whole().order_by("pk"))
    leaders = leaders_of(row.project.house_id for row in rows)
    plan_many(
        Plan(row, list(reminders_of(row, leaders[row.project.house_id])), row.project.house) for row in rows
    )
    return len(rows)


def reconcile(*, now: datetime) -> int:
    """Derive the reminders of what is due around now once more: somebody else may lead the House. Safe to run twice."""
    today = timezone.localdate(now)
    near = Q(period__due_on__gte=today - LOOKED_AT, period__due_on__lte=today + LOOKED_AT)
    return replan(ProgressReport.objects.filter(near))


def reminders_of(report: ProgressReport, leaders: Iterable[User]) -> Iterator[Reminder]:
    """All reminders that a report wants: none once it is handed in, or where the project was not selected or stopped."""
    if not report.is_open or report.project.status not in REMINDED:
        return
    officer = report.project.officer
    for rule in RULES:
        people = [*leaders, *([officer] if rule.to_officer and officer and officer.is_active else [])]
        for user in {person.pk: person for person in people}.values():
            due_at = _morning(report.period.due_on, rule.days)
            yield Reminder(
                kind=KIND,
                key=str(Key(report.pk, report.period.due_on, user.pk, rule.days)),
                category=Category.PROJECT,
                recipient=user.email,
                due_at=due_at,
                expires_at=due_at + timedelta(days=rule.useful),
            )


def leaders_of(houses: Iterable[int | None]) -> dict[int | None, list[User]]:
    """The coordinators of Houses, by the key of the House (one query)."""
    current = Membership.objects.current().filter(
        house__in=set(houses) - {None}, role=Role.COORDINATOR, user__is_active=True
    )
    found = defaultdict(list)
    for membership in current.select_related("user").order_by("pk"):
        found[membership.house_id].append(membership.user)
    return found


def _morning(due_on: date, days: int) -> datetime:
    return datetime.combine(due_on + timedelta(days=days), MORNING, tzinfo=timezone.get_default_timezone())
