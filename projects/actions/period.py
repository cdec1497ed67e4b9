"""Saying when the projects of a call report: their periods come of its term, their reports of these."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.report_reminder import replan
from projects.models import Call, Period, ProgressReport, Project, ReportKind
from projects.models.period import first_day_after

#: The projects that owe reports.
REPORTING = (Project.Status.SELECTED, Project.Status.RUNNING)
#: A day of the calendar, as (month, day), by which a kind of report is due.
Deadlines = Mapping[ReportKind, tuple[int, int]]


class PeriodError(Exception):
    """Why the periods cannot be set so, in words for who tried."""


@transaction.atomic
def set_term(*, call: Call, starts_on: date, deadlines: Deadlines, by: User | None, now: datetime) -> int:
    """Make the periods of a call: every kind in `deadlines`, every working year, due the first time that its day comes
    after the year. What is there already keeps its day. Gives how many reports the projects got.

    Raises PeriodError once something was handed in and the term would move.
    """
    row = lock_call(call.pk)
    handed_in = ProgressReport.objects.filter(period__call=row, versions_made__gt=0).exists()
    if row.starts_on not in (None, starts_on) and handed_in:
        raise PeriodError("Er zijn al verslagen ingediend. De eerste dag kan niet meer veranderen.")
    changes = {"starts_on": [str(row.starts_on or ""), str(starts_on)]}
    row.starts_on = starts_on
    row.save(update_fields=["starts_on"])
    Period.objects.bulk_create(_periods(row, deadlines), ignore_conflicts=True)
    record("term_set", row, by=by, now=now, changes=changes)
    return make_reports(call=row, now=now)


def _periods(call: Call, deadlines: Deadlines) -> Iterable[Period]:
    for year in call.working_years:
        for kind, (month, day) in deadlines.items():
            due_on = first_day_after(year.end, month=month, day=day)
            yield Period(call=call, number=year.number, kind=kind, due_on=due_on)


@transaction.atomic
def make_reports(*, call: Call, now: datetime) -> int:
    """Give every project of a call the reports that it owes, with their reminders; gives how many came.

    Safe to run as often as you like: what is there already stays.
    """
    rows = Project.objects.filter(call=call, status__in=REPORTING)
    projects = rows.select_related("call").order_by("pk")
    known = set(ProgressReport.objects.filter(period__call=call).values_list("project_id", "period_id"))
    periods = list(call.periods.order_by("number", "kind"))
    reports = [
        ProgressReport(project=project, period=period, made_at=now)
        for project in projects
        for period in periods
        if period.number <= project.years and (project.pk, period.pk) not in known
    ]
    ProgressReport.objects.bulk_create(reports, ignore_conflicts=True)
    replan(ProgressReport.objects.filter(period__call=call))
    return len(reports)


@transaction.atomic
def lengthen(*, project: Project, until: date, by: User, now: datetime) -> int:
    """Let one project last until a later day; a working year that begins before it asks the reports of the last year.

    Gives how many reports came. The call is locked before the project, as `set_term` does.
    """
    call = lock_call(project.call_id)
    row = Project.objects.select_for_update(of=("self",)).select_related("house").get(pk=project.pk)
    row.call = call
    changes = {"ends_on": [str(row.last_day), str(until)]}
    row.ends_on = until
    row.save(update_fields=["ends_on"])
    Period.objects.bulk_create(_more_periods(row), ignore_conflicts=True)
    record("lengthened", row, by=by, now=now, house=row.house, changes=changes)
    return make_reports(call=call, now=now)


def lock_call(pk: int) -> Call:
    """A call whose periods change; to be locked before any of its projects."""
    return Call.objects.select_for_update().get(pk=pk)


def _more_periods(project: Project) -> Iterable[Period]:
    """Those of the working years after the term of the call, due on the same day of the calendar as those of its last."""
    call = project.call
    for last in call.periods.filter(number=call.years):
        for number in range(call.years + 1, project.years + 1):
            # Not every year has a 29 February.
            month, day = last.due_on.month, min(last.due_on.day, 28 if last.due_on.month == 2 else 31)
            due_on = first_day_after(call.working_year(number).end, month=month, day=day)
            yield Period(call=call, number=number, kind=last.kind, due_on=due_on)


@transaction.atomic
def move_deadline(*, period: Period, due_on: date, by: User, now: datetime) -> Period:
    """Another last day, for all projects of the call; their reminders move along."""
    row = Period.objects.select_for_update().select_related("call").get(pk=period.pk)
    if due_on < row.year.end:
        raise PeriodError("Kies een dag na het einde van het werkingsjaar.")
    if row.due_on != due_on:
        changes = {"due_on": [row.due_on.isoformat(), due_on.isoformat()]}
        row.due_on = due_on
        row.save(update_fields=["due_on"])
        record("deadline_moved", row, by=by, now=now, changes=changes)
        replan(row.reports.all())
    return row
