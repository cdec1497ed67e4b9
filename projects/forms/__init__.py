"""What people fill in about projects: one form a file."""

from projects.forms.project import DeskFilter, ObjectiveForm, ProjectFilter, ProjectForm, TargetForms

__all__ = ["DeskFilter", "ObjectiveForm", "ProjectFilter", "ProjectForm", "TargetForms"]
