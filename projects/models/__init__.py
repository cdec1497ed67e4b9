"""Programmes, their calls, and the projects that came of them."""

from projects.models.programme import Call, Programme
from projects.models.project import Objective, Project, Target

__all__ = ["Call", "Objective", "Programme", "Project", "Target"]
