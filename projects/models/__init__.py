"""Programmes, calls and their projects, how these tell what they reach, and the survey over all Houses."""

from projects.models.amendment import Amendment, AmendmentDecision, AmendmentFile, BudgetShift
from projects.models.application import (
    Application,
    ApplicationDecision,
    ApplicationFile,
    ApplicationState,
    ApplicationVersion,
)
from projects.models.budget import BudgetLine, FundingSource, Instalment
from projects.models.comment import ReviewComment, Visibility
from projects.models.consent import Consent
from projects.models.evidence import Evidence
from projects.models.exchange import (
    DirectoryEntry,
    ExchangeAnswer,
    ExchangeQuestion,
    PracticeExample,
)
from projects.models.indicator import (
    Direction,
    Figure,
    Indicator,
    IndicatorTemplate,
    ResultStatement,
    Source,
    Yardstick,
)
from projects.models.jury import Criterion, Judgement, JurySeat, Score
from projects.models.period import Period, Question
from projects.models.plan import Milestone, Risk
from projects.models.programme import Call, CallPhase, Programme, WorkingYear
from projects.models.project import Objective, ObjectivePartner, Project, Target
from projects.models.report import ProgressReport, ReportState
from projects.models.report_kind import ReportKind
from projects.models.story import Mainstreaming, Story
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
    "Amendment",
    "AmendmentDecision",
    "AmendmentFile",
    "Application",
    "ApplicationDecision",
    "ApplicationFile",
    "ApplicationState",
    "ApplicationVersion",
    "BudgetLine",
    "BudgetShift",
    "Call",
    "CallPhase",
    "ChangeRequest",
    "Consent",
    "Criterion",
    "Decision",
    "Direction",
    "DirectoryEntry",
    "Evidence",
    "ExchangeAnswer",
    "ExchangeQuestion",
    "Figure",
    "FundingSource",
    "Indicator",
    "IndicatorTemplate",
    "Instalment",
    "Judgement",
    "JurySeat",
    "Kind",
    "Mainstreaming",
    "Milestone",
    "Objective",
    "ObjectivePartner",
    "Period",
    "Phase",
    "PracticeExample",
    "Programme",
    "ProgressReport",
    "Project",
    "Question",
    "ReportKind",
    "ReportState",
    "ReportVersion",
    "ResultStatement",
    "ReviewComment",
    "Risk",
    "Score",
    "Source",
    "Story",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyRound",
    "SurveySubmission",
    "SurveyTheme",
    "Target",
    "Visibility",
    "WorkingYear",
    "Yardstick",
]
