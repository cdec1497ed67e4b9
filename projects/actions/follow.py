"""Who at the agency follows a project, and how far the project is."""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.people import officers
from projects.actions.period import REPORTING, make_reports
from projects.actions.project import lock
from projects.actions.report_reminder import replan
from projects.models import Project


class FollowError(Exception):
    """Why somebody cannot follow a project, in words for who tried."""


@transaction.atomic
def follow_project(
    *, project: Project, officer: User | None, status: str, by: User, now: datetime
) -> Project:
    """Say who follows a project and how far it is. A project that is selected gets the reports that it owes, and the
    reminders go to who follows it now.

    Raises FollowError for somebody who does not work at the agency (any more).
    """
    row = lock(project)
    if officer and not officers().filter(pk=officer.pk).exists():
        raise FollowError("Deze persoon werkt niet meer bij Opgroeien. Kies iemand anders.")
    changes = _changes(row, officer, status)
    if not changes:
        return row
    row.officer, row.status = officer, status
    row.save(update_fields=["officer", "status"])
    record("project_followed", row, by=by, now=now, house=row.house, changes=changes)
    if "status" in changes and status in REPORTING:
        make_reports(call=row.call, now=now)
    replan(row.reports.all())
    return row


def _changes(row: Project, officer: User | None, status: str) -> dict[str, list[str]]:
    """What becomes otherwise, as the logbook keeps it."""
    before, after = (str(each or "") for each in (row.officer, officer))
    changes = {}
    if row.officer != officer:
        changes["officer"] = [before, after]
    if row.status != status:
        changes["status"] = [row.status, status]
    return changes
