"""Programmes, calls and their projects, how these tell what they reach, and the survey over all Houses."""

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
from projects.models.report import ProgressReport, ReportState
from projects.models.survey import (
    SurveyAnswer,
    SurveyQuestion,
    SurveyRound,
    SurveySubmission,
    SurveyTheme,
)
from projects.models.survey_kind import Kind, Phase
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
    "Kind",
    "Objective",
    "Period",
    "Phase",
    "Programme",
    "ProgressReport",
    "Project",
    "Question",
    "ReportKind",
    "ReportState",
    "ReportVersion",
    "ResultStatement",
    "Source",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyRound",
    "SurveySubmission",
    "SurveyTheme",
    "Target",
    "WorkingYear",
    "Yardstick",
]
