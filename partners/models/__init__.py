"""Organisations around a House, and the meetings that keep them together."""

from partners.models.editor import Editor, EditorInvitation
from partners.models.meeting import AgendaItem, Meeting, MeetingInvitation
from partners.models.organisation import Contact, Organisation, Partnership
from partners.models.resource import News, Resource, ResourceVersion

__all__ = [
    "AgendaItem",
    "Contact",
    "Editor",
    "EditorInvitation",
    "Meeting",
    "MeetingInvitation",
    "News",
    "Organisation",
    "Partnership",
    "Resource",
    "ResourceVersion",
]
