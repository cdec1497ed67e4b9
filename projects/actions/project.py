"""Filling in a project: its own words, its policy goals, its numbered objectives."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from huizen.actions.logbook import record
from huizen.models import User
from huizen.vocabulary import PolicyGoal
from projects.actions.once import still_there
from projects.models import BudgetLine, Figure, Objective, Project, Target

Targets = Iterable[tuple[int, str]]


class ObjectiveError(Exception):
    """Why an objective cannot be changed so, in words for who tried."""


@transaction.atomic
def edit_project(*, project: Project, facts: dict[str, Any], by: User, now: datetime) -> Project:
    """Change `title`, `summary`, `impact` or `policy_goals`; the logbook keeps what stood there before.

    Raises ObjectiveError for a policy goal that must stay: ABB pays for it, or an objective works on it.
    """
    row = lock(project)
    loses_integration = row.has_integration and PolicyGoal.INTEGRATION not in facts.get(
        "policy_goals", row.policy_goals
    )
    if loses_integration and BudgetLine.objects.filter(project=row, source="abb").exists():
        raise ObjectiveError("ABB betaalt mee aan dit project. Integratie en inburgering moet blijven staan.")
    _keep_goals_of_objectives(row, facts.get("policy_goals", row.policy_goals))
    changes = {
        field: [getattr(row, field), value] for field, value in facts.items() if getattr(row, field) != value
    }
    if changes:
        for field, (_, value) in changes.items():
            setattr(row, field, value)
        row.save(update_fields=list(changes))
        record("project_edited", row, by=by, now=now, house=row.house, changes=changes)
    return row


@transaction.atomic
def add_objective(
    *, project: Project, title: str, description: str, targets: Targets, by: User, now: datetime
) -> Objective:
    """A new objective, at the end of the list."""
    row = lock(project)
    last = row.objectives.aggregate(last=Max("number"))["last"] or 0
    objective = Objective.objects.create(project=row, number=last + 1, title=title, description=description)
    set_targets(objective, targets)
    record(
        "objective_added", row, by=by, now=now, house=row.house, changes={"objective": ["", str(objective)]}
    )
    return objective


@transaction.atomic
def edit_objective(
    *, objective: Objective, title: str, description: str, targets: Targets, by: User, now: datetime
) -> Objective:
    """Other words or other targets; the number stays. Raises ObjectiveError when it is gone."""
    row = lock(objective.project)
    kept = current(objective)
    before = as_text(kept)
    kept.title, kept.description = title, description
    kept.save(update_fields=["title", "description"])
    set_targets(kept, targets)
    changes = {"objective": [before, as_text(kept)]}
    record("objective_edited", row, by=by, now=now, house=row.house, changes=changes)
    return kept


@transaction.atomic
def remove_objective(*, objective: Objective, by: User, now: datetime) -> None:
    """Take one away; the next ones move up a number. Raises ObjectiveError when it is gone."""
    row = lock(objective.project)
    gone = current(objective)
    if Figure.objects.filter(indicator__result__objective=gone).exists():
        raise ObjectiveError("Bij dit doel horen aanvaarde cijfers. Het blijft staan.")
    changes = {"objective": [as_text(gone), ""]}
    gone.delete()
    renumber(row.objectives.order_by("number"))
    record("objective_removed", row, by=by, now=now, house=row.house, changes=changes)


@transaction.atomic
def move_objective(*, objective: Objective, step: int, by: User, now: datetime) -> None:
    """One place up (`step` −1) or down (1). Raises ObjectiveError at the ends."""
    row = lock(objective.project)
    order = list(row.objectives.order_by("number"))
    here = order.index(current(objective))
    there = here + step
    if not 0 <= there < len(order):
        raise ObjectiveError("Dit doel staat al aan het einde van de lijst.")
    order[here], order[there] = order[there], order[here]
    renumber(order)
    changes = {"number": [here + 1, there + 1]}
    record("objective_moved", row, by=by, now=now, house=row.house, changes=changes, reason=objective.title)


def _keep_goals_of_objectives(row: Project, goals: Iterable[str]) -> None:
    for objective in row.objectives.order_by("number"):
        if not set(objective.policy_goals) <= set(goals):
            raise ObjectiveError(f"Doel {objective.number} werkt aan een doelstelling die je weghaalt.")


def lock(project: Project) -> Project:
    return Project.objects.select_for_update(of=("self",)).select_related("house").get(pk=project.pk)


def current(objective: Objective) -> Objective:
    """The objective as it is now that its project is locked. Raises ObjectiveError when it is gone."""
    return still_there(objective, ObjectiveError, "Iemand haalde dit doel intussen weg.")


def set_targets(objective: Objective, targets: Targets) -> None:
    objective.targets.all().delete()
    Target.objects.bulk_create(
        Target(objective=objective, amount=amount, what=what) for amount, what in targets
    )


def renumber(objectives: Iterable[Objective]) -> None:
    rows = list(objectives)
    for number, objective in enumerate(rows, start=1):
        objective.number = number
    Objective.objects.bulk_update(rows, ["number"])


def as_text(objective: Objective) -> str:
    """Everything that an objective says, for the logbook."""
    targets = [str(target) for target in objective.targets.order_by("pk")]
    return "\n".join(part for part in (str(objective), objective.description, *targets) if part)
