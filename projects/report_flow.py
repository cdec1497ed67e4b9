"""How a report goes from hand to hand: one table of what may happen in which state, and who may do it (pure)."""

from enum import StrEnum
from typing import NamedTuple

from huizen.roles import Permission
from projects.models.report import ReportState


class Act(StrEnum):
    """What somebody does with a report."""

    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"


class Step(NamedTuple):
    """Where an act leads, and who may do it."""

    to: ReportState
    permission: Permission


WRITE, REVIEW = Permission.WRITE_REPORTS, Permission.REVIEW_REPORTS

TRANSITIONS: dict[tuple[str, Act], Step] = {
    (ReportState.DRAFT, Act.SUBMIT): Step(ReportState.SUBMITTED, WRITE),
    (ReportState.RETURNED, Act.SUBMIT): Step(ReportState.SUBMITTED, WRITE),
    (ReportState.SUBMITTED, Act.RETURN): Step(ReportState.RETURNED, REVIEW),
    (ReportState.SUBMITTED, Act.ACCEPT): Step(ReportState.ACCEPTED, REVIEW),
    (ReportState.ACCEPTED, Act.REOPEN): Step(ReportState.RETURNED, REVIEW),
}


def acts_for(state: str, user) -> set[Act]:
    """What somebody can do with a report in this state."""
    return {act for (where, act), step in TRANSITIONS.items() if where == state and user.may(step.permission)}
