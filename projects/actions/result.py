"""What a project wants to see change and what it does: results under its objectives, and what leads to what."""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.project import current, lock
from projects.models import Figure, Objective, ResultStatement
from projects.theory import makes_a_circle

Level = ResultStatement.Level


class ResultError(Exception):
    """Why a result cannot be so, in words for who tried."""


@transaction.atomic
def add_result(
    *,
    objective: Objective,
    level: str,
    text: str,
    by: User,
    now: datetime,
    assumption: str = "",
    contributes_to: ResultStatement | None = None,
) -> ResultStatement:
    """A new result under an objective.

    Raises ResultError when it cannot contribute to that other one, ObjectiveError when the objective is gone.
    """
    project = lock(objective.project)
    result = ResultStatement(
        objective=current(objective),
        level=level,
        text=text,
        assumption=assumption,
        contributes_to=contributes_to,
    )
    _check(result)
    result.save()
    record("result_added", project, by=by, now=now, house=project.house, reason=text)
    return result


@transaction.atomic
def edit_result(
    *,
    result: ResultStatement,
    level: str,
    text: str,
    assumption: str,
    contributes_to: ResultStatement | None,
    by: User,
    now: datetime,
) -> ResultStatement:
    """Say it otherwise, or let it lead to something else.

    Raises ResultError when it is gone, or when the chain would be wrong: to another objective, from what changes to
    what is done, or in a circle.
    """
    project = lock(result.objective.project)
    row = _current(result)
    before = as_text(row)
    row.level, row.text, row.assumption = level, text, assumption
    row.contributes_to = contributes_to
    _check(row)
    row.save(update_fields=["level", "text", "assumption", "contributes_to"])
    if (after := as_text(row)) != before:
        changes = {"result": [before, after]}
        record("result_edited", project, by=by, now=now, house=project.house, changes=changes)
    return row


@transaction.atomic
def remove_result(*, result: ResultStatement, by: User, now: datetime) -> None:
    """Take a result away with its indicators; what led to it leads to the objective.

    Raises ResultError when it is gone, or once figures of it were accepted.
    """
    project = lock(result.objective.project)
    row = _current(result)
    if Figure.objects.filter(indicator__result=row).exists():
        raise ResultError("Bij dit resultaat horen aanvaarde cijfers. Het blijft staan.")
    changes = {"result": [as_text(row), ""]}
    row.delete()
    record("result_removed", project, by=by, now=now, house=project.house, changes=changes)


def as_text(result: ResultStatement) -> str:
    """Everything that a result says, for the logbook."""
    to = f"→ {result.contributes_to}" if result.contributes_to else ""
    return "\n".join(
        part for part in (result.text, result.get_level_display(), result.assumption, to) if part
    )


def _current(result: ResultStatement) -> ResultStatement:
    """The result as it is now that its project is locked."""
    row = ResultStatement.objects.select_related("contributes_to").filter(pk=result.pk).first()
    if row is None:
        raise ResultError("Iemand haalde dit resultaat intussen weg.")
    return row


def _check(result: ResultStatement) -> None:
    """Whether it may contribute to what it says, and whether what contributes to it still may."""
    rows = {row.pk: row for row in ResultStatement.objects.filter(objective=result.objective_id)}
    to = rows.get(result.contributes_to_id or 0)
    if result.contributes_to_id and to is None:
        raise ResultError("Kies een resultaat van hetzelfde doel.")
    feeds = [row for row in rows.values() if result.pk and row.contributes_to_id == result.pk]
    if any(not _may_lead(*pair) for pair in [(result, to), *((row, result) for row in feeds)]):
        raise ResultError("Wat er verandert, kan niet bijdragen aan wat jullie doen.")
    chain = {key: row.contributes_to_id for key, row in rows.items()}
    if result.pk and makes_a_circle(chain, result=result.pk, to=result.contributes_to_id):
        raise ResultError("Zo draait het in een kring: dit resultaat draagt dan bij aan zichzelf.")


def _may_lead(result: ResultStatement, to: ResultStatement | None) -> bool:
    return to is None or not (result.level == Level.OUTCOME and to.level == Level.OUTPUT)
