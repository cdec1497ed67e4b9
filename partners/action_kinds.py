"""What the outbox asks of minutes that go round and of reminders of things to do: still wanted, and what do they say.

Asked when a reminder is due and again just before it is handed to the mail server: what was done, given to somebody
else or moved to another day in between reminds nobody.
"""

from datetime import datetime

from huizen.languages import in_dutch
from huizen.outbox.kinds import Kind, Letter, Row, register
from huizen.words import day_in_full, wall
from partners.actions.action_reminder import ACTION_REMINDER, ActionKey
from partners.actions.minutes_letter import MINUTES, action_url
from partners.models import ActionPoint, MeetingInvitation, MinutesRevision


def register_kinds() -> None:
    """Hand both kinds to the outbox; called by the app's `ready()`."""
    register(Kind(ACTION_REMINDER, why_not=why_no_reminder, compose=compose_reminder))
    register(Kind(MINUTES, why_not=why_no_minutes))


def why_no_reminder(row: Row, now: datetime) -> str:
    """Why the owner need not be reminded, or ""."""
    point, key = _point(row), ActionKey.read(row.key)
    if point is None:
        return "het actiepunt bestaat niet meer"
    if not point.is_open:
        return "het actiepunt is al afgerond"
    if point.owner_key != key.who or point.owner_email != row.recipient:
        return "iemand anders doet dit nu"
    return "er is een andere dag afgesproken" if point.version != key.version else ""


def why_no_minutes(row: Row, now: datetime) -> str:
    """Why the minutes need not be brought any more, or ""."""
    _, meeting, number, invitation = row.key.split(":")
    asked = MeetingInvitation.objects.asked().filter(pk=invitation.removeprefix("i"))
    if not asked.exists():
        return "niet meer gevraagd"
    newer = MinutesRevision.objects.filter(
        minutes=meeting, was_sent=True, number__gt=int(number.removeprefix("r"))
    )
    return "er is een nieuwere versie" if newer.exists() else ""


@in_dutch
def compose_reminder(row: Row, now: datetime) -> Letter:
    """What she would do, by when, and the link with which she says that it is done."""
    point, today = _point(row), wall(now).date()
    return Letter(
        "action_point_reminder",
        {
            "name": point.owner_name,
            "title": point.title,
            "due": day_in_full(point.due_on),
            "late": point.is_late(today=today),
            "today": point.due_on == today,
            "meeting": point.meeting.title if point.meeting else "",
            "house": point.host,
            "url": action_url(point),
        },
    )


def _point(row: Row) -> ActionPoint | None:
    return ActionPoint.objects.with_owner().filter(pk=row.subject_id).first()
