"""What the outbox asks of a meeting's reminders: still wanted, and what do they say.

Asked when a reminder is due and again just before it is handed to the mail server, so that a meeting that was moved
or cancelled in between, or somebody who answered, gets no reminder that is no longer true.
"""

from datetime import datetime

from django.db.models import Count, Q

from huizen.outbox.kinds import Kind, Letter, Row, register
from partners.actions.meeting_letter import invitee_context, meeting_context, meeting_url
from partners.actions.meeting_reminder import NUDGE, ORGANISER_NOTE, REMINDER, STAYS_AWAY, MeetingKey
from partners.meeting_calendar import invitee_calendar
from partners.models import Meeting, MeetingInvitation

Answer = MeetingInvitation.Answer


def register_kinds() -> None:
    """Hand the three kinds to the outbox; called by the app's `ready()`."""
    register(Kind(REMINDER, why_not=why_no_reminder, compose=compose_reminder))
    register(Kind(NUDGE, why_not=why_no_nudge, compose=compose_nudge))
    register(Kind(ORGANISER_NOTE, why_not=why_no_note, compose=compose_note))


def why_no_reminder(row: Row, now: datetime) -> str:
    """Why an invitee need not be reminded, or ""."""
    invitation = _invitation(row)
    if invitation is None:
        return "niet meer gevraagd"
    return _why_not_meeting(invitation.meeting, row, now) or _why_not_invitee(invitation)


def why_no_nudge(row: Row, now: datetime) -> str:
    """Why an invitee need not be asked for her answer, or ""."""
    reason = why_no_reminder(row, now)
    invitation = None if reason else _invitation(row)
    return "heeft al geantwoord" if invitation and invitation.answer != Answer.NONE else reason


def why_no_note(row: Row, now: datetime) -> str:
    """Why the organiser need not hear how it stands, or ""."""
    meeting = Meeting.objects.select_related("organiser").filter(pk=row.subject_id).first()
    if meeting is None:
        return "het overleg bestaat niet meer"
    organiser = meeting.organiser
    if organiser is None or f"o{organiser.pk}" != MeetingKey.read(row.key).who or not organiser.is_active:
        return "organiseert dit overleg niet meer"
    return _why_not_meeting(meeting, row, now)


def compose_reminder(row: Row, now: datetime) -> Letter:
    """The meeting once more, with its agenda, and an entry for the calendar of who lost the first."""
    return _to_invitee(row, "meeting_reminder")


def compose_nudge(row: Row, now: datetime) -> Letter:
    """The question whether she comes."""
    return _to_invitee(row, "meeting_nudge")


def compose_note(row: Row, now: datetime) -> Letter:
    """How many come, and who did not answer."""
    meeting = Meeting.objects.whole().get(pk=row.subject_id)
    asked = meeting.invitations.asked()
    counts = asked.aggregate(**{value: Count("pk", filter=Q(answer=value)) for value in Answer.values})
    silent = asked.filter(answer=Answer.NONE).order_by("name").values_list("name", flat=True)
    context = {"counts": counts, "silent": list(silent), "url": meeting_url(meeting)}
    return Letter("meeting_organiser", meeting_context(meeting) | context)


def _to_invitee(row: Row, template: str) -> Letter:
    invitation = _invitation(row)
    meeting = Meeting.objects.whole().get(pk=invitation.meeting_id)
    return Letter(template, invitee_context(meeting, invitation), invitee_calendar(meeting, invitation))


def _invitation(row: Row) -> MeetingInvitation | None:
    rows = MeetingInvitation.objects.select_related("meeting")
    return rows.filter(pk=MeetingKey.read(row.key).invitation, meeting=row.subject_id).first()


def _why_not_meeting(meeting: Meeting, row: Row, now: datetime) -> str:
    if meeting.is_cancelled:
        return "het overleg gaat niet door"
    if meeting.time_version != MeetingKey.read(row.key).version:
        return "het overleg is verplaatst"
    return "het overleg is al begonnen" if meeting.starts_at <= now else ""


def _why_not_invitee(invitation: MeetingInvitation) -> str:
    if invitation.withdrawn_at:
        return "niet meer gevraagd"
    return invitation.get_answer_display() if invitation.answer in STAYS_AWAY else ""
