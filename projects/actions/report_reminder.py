"""Which reminders a report wants, and planning them.

Counted in days of the calendar around the last day, at nine o'clock in Brussels. The number of mails is the number of
rules, however late a report is. Each is of use until the next one; so after days without a clock there is one mail, not three.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from huizen.models import Category, User
from huizen.outbox.planning import Plan, Reminder, plan_many
from huizen.outbox.quiet import morning_of
from huizen.outbox.reminder_key import ReminderKey
from projects.actions.people import leaders_by_house, officers
from projects.models import ProgressReport
from projects.models.report import ProgressReportQuerySet

KIND = "project_report_due"
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


@dataclass(frozen=True)
class ReportKey(ReminderKey):
    """Which report, its last day, to whom, and so many days after that day."""

    shape = "project_report:{report}:{due_on}:{user}:{days:+d}"
    report: int
    due_on: date
    user: int
    days: int


def replan(reports: ProgressReportQuerySet) -> int:
    """Plan the reminders of these reports anew, in the transaction of the change that causes it; gives how many reports."""
    rows = list(reports.whole().order_by("pk"))
    leaders = leaders_by_house(row.project.house_id for row in rows)
    here = set(officers().values_list("pk", flat=True))
    plan_many(
        Plan(
            row,
            list(reminders_of(row, leaders[row.project.house_id], followed=row.project.officer_id in here)),
            row.project.house,
        )
        for row in rows
    )
    return len(rows)


def reconcile(*, now: datetime) -> int:
    """Derive the reminders of what is due around now once more: somebody else may lead the House. Safe to run twice."""
    today = timezone.localdate(now)
    near = Q(period__due_on__gte=today - LOOKED_AT, period__due_on__lte=today + LOOKED_AT)
    return replan(ProgressReport.objects.filter(near))


def reminders_of(report: ProgressReport, leaders: Iterable[User], *, followed: bool) -> Iterator[Reminder]:
    """All reminders that a report wants: none once it is handed in, or where the project was not selected or stopped.

    `followed`: whether its officer works at the agency today. Who left hears nothing; the desk asks for another.
    """
    if not report.is_open or not report.project.owes_reports:
        return
    officer = report.project.officer if followed else None
    for rule in RULES:
        people = [*leaders, *([officer] if rule.to_officer and officer else [])]
        for user in {person.pk: person for person in people}.values():
            due_at = morning_of(report.period.due_on + timedelta(days=rule.days))
            yield Reminder(
                kind=KIND,
                key=str(ReportKey(report.pk, report.period.due_on, user.pk, rule.days)),
                category=Category.PROJECT,
                recipient=user.email,
                due_at=due_at,
                expires_at=due_at + timedelta(days=rule.useful),
            )
