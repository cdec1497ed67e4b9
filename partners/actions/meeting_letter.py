"""The letters of a meeting: what they say and to whom; the outbox brings them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from huizen.languages import in_dutch
from huizen.links import absolute
from huizen.models import Category
from huizen.outbox.queue import queue_message
from huizen.words import moment_in_full
from partners.meeting_calendar import answer_url, invitee_calendar
from partners.models import Meeting, MeetingInvitation


@dataclass(frozen=True)
class Word:
    """One thing to tell invitees: the template, how their calendar must take it, and what else it says."""

    template: str
    method: str = "REQUEST"
    context: dict[str, Any] = field(default_factory=dict)


def send_word(
    word: Word, meeting: Meeting, invitations: Iterable[MeetingInvitation], *, now: datetime
) -> None:
    """Queue a letter to each of these invitees, once for each SEQUENCE of the meeting.

    Takes the meeting as `Meeting.objects.whole()` gives it, after the change.
    """
    for invitation in invitations:
        queue_message(
            key=f"meeting:{meeting.pk}:i{invitation.pk}:s{meeting.ical_sequence}:{word.template}",
            category=Category.MEETING,
            recipient=invitation.email,
            template=word.template,
            context=invitee_context(meeting, invitation) | word.context,
            calendar=invitee_calendar(meeting, invitation, method=word.method),
            subject=meeting,
            house=meeting.house,
            expires_at=meeting.ends_at,
            now=now,
        )


def invitee_context(meeting: Meeting, invitation: MeetingInvitation) -> dict[str, Any]:
    """What every letter to an invitee can say."""
    return meeting_context(meeting) | {
        "name": invitation.name,
        "answer": invitation.get_answer_display() if invitation.answer != "none" else "",
        "answer_url": answer_url(invitation),
        "chooses": invitation.chooses,
    }


@in_dutch
def meeting_context(meeting: Meeting) -> dict[str, Any]:
    """What every letter about a meeting can say, as JSON."""
    return {
        "title": meeting.title,
        "house": meeting.host,
        "group": str(meeting.group or ""),
        "when": moment_in_full(meeting.starts_at, meeting.ends_at),
        "place": meeting.place,
        "online_url": meeting.online_url,
        "note": meeting.note,
        "organiser": str(meeting.organiser or meeting.host),
        "agenda": [
            {
                "title": item.title,
                "purpose": item.get_purpose_display(),
                "minutes": item.minutes,
                "presenter": item.presenter,
            }
            for item in meeting.agenda.all()
        ],
    }


def meeting_url(meeting: Meeting) -> str:
    """The whole address of the meeting's page for who plans it."""
    return absolute(reverse("meeting_detail", args=[meeting.pk]))
