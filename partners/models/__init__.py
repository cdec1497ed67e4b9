"""Organisations around a House, and the meetings that keep them together."""

from partners.models.action_point import ActionPoint
from partners.models.agenda import AgendaDocument, AgendaItem, AgendaProposal
from partners.models.agreement import Agreement, PartnerNote
from partners.models.attendance import MeetingAttendance
from partners.models.editor import Editor, EditorInvitation
from partners.models.meeting import Meeting, MeetingInvitation
from partners.models.merge import OrganisationMerge
from partners.models.minutes import Minutes, MinutesRevision
from partners.models.organisation import Contact, Organisation, Partnership
from partners.models.partner_import import ImportLine, PartnerImport
from partners.models.resource import News, Resource, ResourceVersion

__all__ = [
    "ActionPoint",
    "AgendaDocument",
    "AgendaItem",
    "AgendaProposal",
    "Agreement",
    "Contact",
    "Editor",
    "EditorInvitation",
    "ImportLine",
    "Meeting",
    "MeetingAttendance",
    "MeetingInvitation",
    "Minutes",
    "MinutesRevision",
    "News",
    "Organisation",
    "OrganisationMerge",
    "PartnerImport",
    "PartnerNote",
    "Partnership",
    "Resource",
    "ResourceVersion",
]
