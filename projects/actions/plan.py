"""The plan of a project: milestones and risks come, change and are over. The logbook keeps what stood there before."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.project import lock
from projects.models import Milestone, Project, Risk

Row = TypeVar("Row", Milestone, Risk)


class PlanError(Exception):
    """Why this cannot be done with a plan, in words for who tried."""


@transaction.atomic
def add_milestone(*, project: Project, facts: dict[str, Any], by: User, now: datetime) -> Milestone:
    """Something to have reached by a day: `facts` are its own fields. Raises PlanError when it stands there already."""
    return _add(Milestone, project, facts, by, now)


@transaction.atomic
def edit_milestone(*, milestone: Milestone, facts: dict[str, Any], by: User, now: datetime) -> Milestone:
    """Other words or another day. Raises PlanError when it is gone, or the words are of another one."""
    return _edit(milestone, facts, by, now)


@transaction.atomic
def reach_milestone(*, milestone: Milestone, done_on: date | None, by: User, now: datetime) -> Milestone:
    """Reached on a day, or (None) not yet after all. Raises PlanError when it is gone."""
    return _edit(milestone, {"done_on": done_on}, by, now)


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: User, now: datetime) -> None:
    """Take one away. Raises PlanError once it was reached: then it is what was done."""
    project = lock(milestone.project)
    row = _current(milestone)
    if row.done_on:
        raise PlanError("Deze mijlpaal is bereikt. Ze blijft staan.")
    record("plan_removed", row, by=by, now=now, house=project.house, reason=str(project))
    row.delete()


@transaction.atomic
def add_risk(*, project: Project, facts: dict[str, Any], by: User, now: datetime) -> Risk:
    """Something that can go wrong: `facts` are its own fields. Raises PlanError when it stands there already."""
    return _add(Risk, project, facts, by, now)


@transaction.atomic
def edit_risk(*, risk: Risk, facts: dict[str, Any], by: User, now: datetime) -> Risk:
    """Weigh it otherwise, or say it otherwise. Raises PlanError when the words are of another one."""
    return _edit(risk, facts, by, now)


@transaction.atomic
def close_risk(*, risk: Risk, closed_on: date | None, by: User, now: datetime) -> Risk:
    """Over since a day, or (None) open again. A risk is never taken away: what was feared is part of the story."""
    return _edit(risk, {"closed_on": closed_on}, by, now)


def _add(kind: type[Row], project: Project, facts: dict[str, Any], by: User, now: datetime) -> Row:
    project = lock(project)
    row = kind(project=project, **facts)
    _refuse_twice(row)
    row.save()
    record("plan_added", row, by=by, now=now, house=project.house, reason=str(project))
    return row


def _edit(known: Row, facts: dict[str, Any], by: User, now: datetime) -> Row:
    project = lock(known.project)
    row = _current(known)
    changes = {
        name: [_kept(getattr(row, name)), _kept(value)]
        for name, value in facts.items()
        if getattr(row, name) != value
    }
    if changes:
        for name, value in facts.items():
            setattr(row, name, value)
        _refuse_twice(row)
        row.save(update_fields=list(changes))
        record("plan_changed", row, by=by, now=now, house=project.house, changes=changes)
    return row


def _current(row: Row) -> Row:
    """The row as it is now that its project is locked."""
    found = type(row)._default_manager.select_related("project").filter(pk=row.pk).first()
    if found is None:
        raise PlanError("Iemand haalde dit intussen weg.")
    return found


def _refuse_twice(row: models.Model) -> None:
    """The database's own rule that nothing stands in a plan twice, in its own words."""
    for rule in row._meta.constraints:
        if isinstance(rule, models.UniqueConstraint):
            same = {name: getattr(row, name) for name in rule.fields}
            if type(row)._default_manager.filter(**same).exclude(pk=row.pk).exists():
                raise PlanError(rule.violation_error_message)


def _kept(value: Any) -> Any:
    """A value as the logbook keeps it."""
    if isinstance(value, date | models.Model):
        return str(value)
    return value
