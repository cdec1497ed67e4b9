"""Answering an invitation to a meeting, by a link in a mail and without an account."""

from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from partners.actions.delegate import DelegateError, recall_delegates, send_delegate
from partners.actions.invitee import Invitee
from partners.actions.meeting_lock import lock_meeting
from partners.actions.meeting_reminder import replan
from partners.models import Meeting, MeetingInvitation

Answer = MeetingInvitation.Answer


class AnswerError(Exception):
    """Why an answer cannot be taken; its text is for the person who answered."""


@transaction.atomic
def answer_meeting(
    *,
    invitation: MeetingInvitation,
    answer: str,
    comment: str,
    seen_version: int,
    now: datetime,
    delegate: Invitee | None = None,
) -> MeetingInvitation:
    """Take somebody's answer (it can change until the end), and plan her reminders by it.

    With the answer that somebody else comes, `delegate` is asked with an invitation of her own; any other answer
    takes that back. `seen_version` is the `time_version` that she had in front of her. Raises AnswerError when the meeting
    was moved since, is over or cancelled, when she is no longer asked, or for a delegate who cannot be.
    """
    # The lock of the meeting: an answer to the former moment must not slip in behind a move.
    meeting = lock_meeting(invitation.meeting)
    invitation = meeting.invitations.get(pk=invitation.pk)
    reason = why_closed(meeting, invitation, now=now) or _why_moved(meeting, seen_version)
    if reason:
        raise AnswerError(reason)
    _set_delegate(meeting, invitation, delegate if answer == Answer.OTHER else None, now)
    former = invitation.answer
    invitation.answer, invitation.comment, invitation.answered_at = answer, comment, now
    invitation.save(update_fields=["answer", "comment", "answered_at"])
    replan(meeting)
    said = [Answer(one).label for one in (former, answer)]
    record("answered", meeting, by=None, now=now, house=meeting.house, changes={"answer": said})
    return invitation


def why_closed(meeting: Meeting, invitation: MeetingInvitation, *, now: datetime) -> str:
    """Why somebody cannot answer (any more), or "" when she can."""
    if invitation.withdrawn_at:
        return "Je bent niet meer gevraagd voor dit overleg. Antwoorden hoeft niet."
    if meeting.is_cancelled:
        return "Dit overleg gaat niet door. Antwoorden hoeft niet meer."
    if meeting.is_over(now=now):
        return "Dit overleg is voorbij. Antwoorden kan niet meer."
    return ""


def _set_delegate(
    meeting: Meeting, invitation: MeetingInvitation, delegate: Invitee | None, now: datetime
) -> None:
    if delegate is None:
        recall_delegates(meeting, invitation, now=now)
        return
    try:
        send_delegate(meeting, invitation, delegate, now=now)
    except DelegateError as error:
        raise AnswerError(str(error)) from None


def _why_moved(meeting: Meeting, seen_version: int) -> str:
    if seen_version == meeting.time_version:
        return ""
    return "Het overleg is intussen verplaatst. Kijk na of het nieuwe moment past, en antwoord dan opnieuw."
