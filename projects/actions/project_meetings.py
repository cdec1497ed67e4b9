"""Saying which meetings belong to a project, and agreeing on things to do for it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from partners.actions.action_point import Agreed, give_action
from partners.models import ActionPoint, Meeting, MeetingGroup
from projects.actions.project import lock
from projects.models import Project


@transaction.atomic
def choose_meetings(
    *, project: Project, group: MeetingGroup | None, meetings: Sequence[Meeting], by: User, now: datetime
) -> None:
    """Say which group meets about the project, and which other meetings of the House were about it."""
    row = lock(project)
    before = _as_text(row)
    row.meeting_group = group
    row.save(update_fields=["meeting_group"])
    row.meetings.set(meetings)
    if (after := _as_text(row)) != before:
        changes = {"meetings": [before, after]}
        record("meetings_linked", row, by=by, now=now, house=row.house, changes=changes)


@transaction.atomic
def agree_for_project(*, project: Project, agreed: Agreed, by: User, now: datetime) -> ActionPoint:
    """Write down what somebody will do for the project, with the reminders of every action point."""
    row = lock(project)
    point = give_action(house=row.house, agreed=agreed, by=by, now=now)
    row.action_points.add(point)
    record("action_given_for", row, by=by, now=now, house=row.house, reason=point.title[:300])
    return point


def _as_text(project: Project) -> str:
    """What belongs to it, for the logbook."""
    titles = project.meetings.order_by("starts_at", "pk").values_list("title", flat=True)
    return "\n".join([*([str(project.meeting_group)] if project.meeting_group else []), *titles])
