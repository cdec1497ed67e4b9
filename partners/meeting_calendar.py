"""A meeting in the calendar of who is asked: one entry for life that moves, changes and disappears with it."""

from collections.abc import Iterable, Mapping
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from huizen.calendar_file import CalendarEvent, calendar_file
from huizen.links import absolute, sign
from partners.models import Meeting, MeetingInvitation, MeetingSeries

#: What a signed answer link is for.
ANSWER = "meeting-answer"


def answer_url(invitation: MeetingInvitation) -> str:
    """The whole address at which somebody answers, without an account."""
    return absolute(reverse("meeting_answer", args=[sign(ANSWER, invitation.pk)]))


def invitee_calendar(meeting: Meeting, invitation: MeetingInvitation, *, method: str = "REQUEST") -> str:
    """The calendar file of one invitee (iTIP, RFC 5546). It names her and the organiser, nobody else.

    Takes the meeting as `Meeting.objects.whole()` gives it, so that many invitees cost no more queries.
    """
    return calendar_file([invitee_event(meeting, invitation)], method=method)


def agenda_events(meetings: Iterable[Meeting], own: Mapping[int, MeetingInvitation]) -> list[CalendarEvent]:
    """Meetings for a calendar that is followed: each an entry on its own, with the link to her answer where she is asked.

    `own`: her invitation by meeting. A date of a series has a name of its own here: who follows gets every date anyway.
    """
    return [
        CalendarEvent(
            uid=f"{meeting.pk}.{meeting.ical_uid}" if meeting.series_id else meeting.ical_uid,
            sequence=meeting.ical_sequence,
            stamp=meeting.changed_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            title=meeting.title,
            place=meeting.place or meeting.online_url,
            url=answer_url(own[meeting.pk]) if meeting.pk in own else "",
            description=_description(meeting),
            cancelled=meeting.is_cancelled,
        )
        for meeting in meetings
    ]


def organiser_address(meeting: Meeting | MeetingSeries) -> tuple[str, str]:
    """Who a calendar answers to: the person who planned the meeting, else the House, else the portal."""
    portal = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    person = meeting.organiser.email if meeting.organiser else ""
    of_house = meeting.house.email if meeting.house else ""
    return meeting.host, person or of_house or portal


def invitee_event(meeting: Meeting, invitation: MeetingInvitation) -> CalendarEvent:
    """The entry of one meeting; of a date of a series the entry of that date alone."""
    return CalendarEvent(
        uid=meeting.ical_uid,
        sequence=meeting.ical_sequence,
        stamp=meeting.changed_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        place=meeting.place or meeting.online_url,
        url=answer_url(invitation),
        description=_description(meeting),
        cancelled=meeting.is_cancelled,
        instead_of=meeting.original_start,
        organiser=organiser_address(meeting),
        attendees=((invitation.name, invitation.email),),
    )


def _description(meeting: Meeting) -> str:
    lines = [meeting.host]
    if meeting.online_url:
        lines.append(f"Online: {meeting.online_url}")
    return "\n".join([*lines, *(f"{item.position}. {item.title}" for item in meeting.agenda.all())])
