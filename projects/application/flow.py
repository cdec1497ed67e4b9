"""How an application goes from hand to hand."""

from enum import StrEnum

from huizen.roles import Permission
from projects.flow import Step
from projects.models import ApplicationState as S


class Act(StrEnum):
    """What somebody does with an application; each of the agency is the kind of decision with the same name."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ADMIT = "admissible"
    REFUSE = "inadmissible"
    SELECT = "selected"
    RESERVE = "reserve"
    REJECT = "not_selected"


APPLY, LEAD = Permission.APPLY, Permission.LEAD_CALLS
#: A reserve that moves up, or that waited in vain, is decided once more; what was found inadmissible by mistake too.
STEPS = (
    Step(S.DRAFT, Act.SUBMIT, S.SUBMITTED, APPLY),
    Step(S.SUBMITTED, Act.WITHDRAW, S.DRAFT, APPLY),
    Step(S.SUBMITTED, Act.ADMIT, S.IN_JURY, LEAD),
    Step(S.SUBMITTED, Act.REFUSE, S.INADMISSIBLE, LEAD),
    Step(S.INADMISSIBLE, Act.ADMIT, S.IN_JURY, LEAD),
    Step(S.IN_JURY, Act.SELECT, S.SELECTED, LEAD),
    Step(S.IN_JURY, Act.RESERVE, S.RESERVE, LEAD),
    Step(S.IN_JURY, Act.REJECT, S.NOT_SELECTED, LEAD),
    Step(S.RESERVE, Act.SELECT, S.SELECTED, LEAD),
    Step(S.RESERVE, Act.REJECT, S.NOT_SELECTED, LEAD),
)
#: What is said after the jury.
SELECTION = (Act.SELECT, Act.RESERVE, Act.REJECT)
