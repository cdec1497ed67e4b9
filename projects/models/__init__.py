"""Programmes, their calls, and the projects that came of them; and the survey over all Houses."""
"""Programmes, their calls, the projects that came of them, and how these tell what they reach."""

from projects.models.budget import BudgetLine, FundingSource, Instalment
from projects.models.indicator import (
    Direction,
    Figure,
    Indicator,
    IndicatorTemplate,
    ResultStatement,
    Source,
    Yardstick,
)
from projects.models.period import Period, Question, ReportKind
from projects.models.programme import Call, Programme, WorkingYear
from projects.models.project import Objective, Project, Target
from projects.models.survey import (
    SurveyAnswer,
    SurveyQuestion,
    SurveyRound,
    SurveySubmission,
    SurveyTheme,
)
from projects.models.survey_kind import Kind, Phase

__all__ = [
    "Call",
    "Kind",
    "Objective",
    "Phase",
    "Programme",
    "Project",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyRound",
    "SurveySubmission",
    "SurveyTheme",
    "Target",
from projects.models.report import ProgressReport, ReportState
from projects.models.version import ChangeRequest, Decision, ReportVersion

__all__ = [
    "BudgetLine",
    "Call",
    "ChangeRequest",
    "Decision",
    "Direction",
    "Figure",
    "FundingSource",
    "Indicator",
    "IndicatorTemplate",
    "Instalment",
    "Objective",
    "Period",
    "Programme",
    "ProgressReport",
    "Project",
    "Question",
    "ReportKind",
    "ReportState",
    "ReportVersion",
    "ResultStatement",
    "Source",
    "Target",
    "WorkingYear",
    "Yardstick",
]
