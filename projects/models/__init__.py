"""Programmes, their calls, and the projects that came of them; and the survey over all Houses."""

from projects.models.programme import Call, Programme
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
]
