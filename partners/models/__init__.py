"""Organisations around a House, and the meetings that keep them together."""

from partners.models.action_point import ActionPoint
from partners.models.agenda import AgendaDocument, AgendaItem, AgendaProposal
from partners.models.agreement import Agreement, PartnerNote
from partners.models.attendance import MeetingAttendance
from partners.models.date_poll import DatePoll, PollOption, PollVote, PollVoter
from partners.models.editor import Editor, EditorInvitation
from partners.models.meeting import Meeting, MeetingInvitation
from partners.models.meeting_calendar import MeetingCalendar
from partners.models.meeting_group import GroupMember, MeetingGroup
from partners.models.meeting_series import MeetingSeries
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
    "DatePoll",
    "Editor",
    "EditorInvitation",
    "GroupMember",
    "ImportLine",
    "Meeting",
    "MeetingAttendance",
    "MeetingCalendar",
    "MeetingGroup",
    "MeetingInvitation",
    "MeetingSeries",
    "Minutes",
    "MinutesRevision",
    "News",
    "Organisation",
    "OrganisationMerge",
    "PartnerImport",
    "PartnerNote",
    "Partnership",
    "PollOption",
    "PollVote",
    "PollVoter",
    "Resource",
    "ResourceVersion",
]
