"""How a report goes from hand to hand."""

from enum import StrEnum

from huizen.roles import Permission
from projects.flow import Step
from projects.models.report import ReportState as S


class Act(StrEnum):
    """What somebody does with a report."""

    SUBMIT = "submit"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"


WRITE, REVIEW = Permission.WRITE_REPORTS, Permission.REVIEW_REPORTS

STEPS = (
    Step(S.DRAFT, Act.SUBMIT, S.SUBMITTED, WRITE),
    Step(S.RETURNED, Act.SUBMIT, S.SUBMITTED, WRITE),
    Step(S.SUBMITTED, Act.RETURN, S.RETURNED, REVIEW),
    Step(S.SUBMITTED, Act.ACCEPT, S.ACCEPTED, REVIEW),
    Step(S.ACCEPTED, Act.REOPEN, S.RETURNED, REVIEW),
)
