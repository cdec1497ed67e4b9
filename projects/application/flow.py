"""How an application goes from hand to hand: what may happen in which state, and who may do it (pure)."""

from enum import StrEnum
from typing import NamedTuple

from huizen.roles import Permission
from projects.models import ApplicationDecision, ApplicationState


class Act(StrEnum):
    """What somebody does with an application."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ADMIT = "admissible"
    REFUSE = "inadmissible"
    SELECT = "selected"
    RESERVE = "reserve"
    REJECT = "not_selected"


class Step(NamedTuple):
    """Where an act leads, and who may do it."""

    to: ApplicationState
    permission: Permission


S, APPLY, LEAD = ApplicationState, Permission.APPLY, Permission.LEAD_CALLS
#: A reserve that moves up, or that waited in vain, is decided once more; what was found inadmissible by mistake too.
TRANSITIONS: dict[tuple[str, Act], Step] = {
    (S.DRAFT, Act.SUBMIT): Step(S.SUBMITTED, APPLY),
    (S.SUBMITTED, Act.WITHDRAW): Step(S.DRAFT, APPLY),
    (S.SUBMITTED, Act.ADMIT): Step(S.IN_JURY, LEAD),
    (S.SUBMITTED, Act.REFUSE): Step(S.INADMISSIBLE, LEAD),
    (S.INADMISSIBLE, Act.ADMIT): Step(S.IN_JURY, LEAD),
    (S.IN_JURY, Act.SELECT): Step(S.SELECTED, LEAD),
    (S.IN_JURY, Act.RESERVE): Step(S.RESERVE, LEAD),
    (S.IN_JURY, Act.REJECT): Step(S.NOT_SELECTED, LEAD),
    (S.RESERVE, Act.SELECT): Step(S.SELECTED, LEAD),
    (S.RESERVE, Act.REJECT): Step(S.NOT_SELECTED, LEAD),
}
#: What is said after the jury; each is the kind of decision with the same name.
SELECTION = (Act.SELECT, Act.RESERVE, Act.REJECT)


def acts_for(state: str, user) -> set[Act]:
    """What somebody can do with an application in this state."""
    return {act for (where, act), step in TRANSITIONS.items() if where == state and user.may(step.permission)}


def decision_kind(act: Act) -> ApplicationDecision.Kind:
    """How an act of the agency is kept."""
    return ApplicationDecision.Kind(act.value)
