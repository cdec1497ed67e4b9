"""Saying to which policy goals of its project an objective belongs, and which partners answer for it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from huizen.vocabulary import PolicyGoal
from partners.models import Organisation
from projects.actions.project import ObjectiveError, current, lock
from projects.models import Objective, ObjectivePartner


@transaction.atomic
def tie_objective(
    *,
    objective: Objective,
    policy_goals: Collection[str],
    leads: Collection[Organisation],
    helps: Collection[Organisation],
    by: User,
    now: datetime,
) -> Objective:
    """Set the policy goals and the partners of an objective. Who leads it is not told twice as helping.

    Raises ObjectiveError when the objective is gone, or for a goal that its project does not have.
    """
    project = lock(objective.project)
    row = current(objective)
    if not set(policy_goals) <= set(project.policy_goals):
        raise ObjectiveError("Een doel werkt alleen aan doelstellingen van het project.")
    before = ties_as_text(row)
    row.policy_goals = [goal for goal in PolicyGoal if goal in policy_goals]
    row.save(update_fields=["policy_goals"])
    _set_partners(row, leads, helps)
    if (after := ties_as_text(row)) != before:
        changes = {"objective": [before, after]}
        record("objective_tied", project, by=by, now=now, house=project.house, changes=changes)
    return row


def ties_as_text(objective: Objective) -> str:
    """Its goals and its partners, for the logbook."""
    goals = [goal.label for goal in PolicyGoal if goal in objective.policy_goals]
    partners = objective.partners.select_related("organisation").order_by("-role", "organisation__name", "pk")
    return "\n".join([str(objective), *goals, *map(str, partners)])


def _set_partners(
    objective: Objective, leads: Collection[Organisation], helps: Collection[Organisation]
) -> None:
    role = ObjectivePartner.Role
    wanted = {organisation.pk: role.HELPS for organisation in helps}
    wanted |= {organisation.pk: role.LEADS for organisation in leads}
    objective.partners.all().delete()
    ObjectivePartner.objects.bulk_create(
        ObjectivePartner(objective=objective, organisation_id=key, role=its) for key, its in wanted.items()
    )
