"""The letter with which minutes go round: to everybody who was asked, each with a link of her own."""

from datetime import datetime, timedelta
from itertools import chain

from django.urls import reverse

from huizen.languages import in_dutch
from huizen.links import absolute, sign
from huizen.models import Category, User
from huizen.outbox.queue import letter, queue_letters
from huizen.outbox.quiet import outside_quiet_hours
from huizen.words import day_in_full, wall
from partners.models import ActionPoint, Meeting, MeetingInvitation, MinutesRevision

MINUTES = "meeting_minutes"
#: What the signed links are for.
READ, DONE = "meeting-minutes", "action-point"
#: Minutes that could not be brought within so long are of no use any more.
USEFUL = timedelta(days=14)


def minutes_url(invitation: MeetingInvitation) -> str:
    """The whole address at which somebody who was asked reads the minutes, without an account."""
    return absolute(reverse("minutes_read", args=[sign(READ, invitation.pk)]))


def action_url(point: ActionPoint) -> str:
    """The whole address at which the owner says that it is done, without an account; of another owner it is another."""
    return absolute(reverse("action_answer", args=[sign(DONE, f"{point.pk}.{point.owner_key}")]))


@in_dutch
def send_round(meeting: Meeting, revision: MinutesRevision, *, by: User, now: datetime) -> None:
    """Queue a letter to everybody who is asked, once for each revision; at night it waits for the morning."""
    asked = [one for one in meeting.invitations.asked() if not one.email.endswith(".invalid")]
    points = list(meeting.action_points.open().with_owner().order_by("due_on", "pk"))
    earlier = revision.minutes.revisions.filter(was_sent=True, number__lt=revision.number).exists()
    facts = {
        "title": meeting.title,
        "house": meeting.host,
        "day": day_in_full(wall(meeting.starts_at).date()),
        "organiser": str(by),
        "improved": earlier,
        "decisions": list(chain.from_iterable(item["decisions"] for item in revision.body["items"])),
    }
    queue_letters(
        letter(
            key=f"minutes:{meeting.pk}:r{revision.number}:i{invitation.pk}",
            kind=MINUTES,
            category=Category.MEETING,
            recipient=invitation.email,
            template="meeting_minutes",
            context=facts
            | {"name": invitation.name, "url": minutes_url(invitation), "own": _own(points, invitation)},
            subject=meeting,
            house=meeting.house,
            not_before=outside_quiet_hours(now),
            expires_at=now + USEFUL,
            now=now,
        )
        for invitation in asked
    )


def own_points(points: list[ActionPoint], invitation: MeetingInvitation) -> list[ActionPoint]:
    """What somebody who was asked would do, as the person or as the contact that she is."""
    return [
        point
        for point in points
        if point.owner_invitation_id == invitation.pk
        or (point.owner_contact_id and point.owner_contact_id == invitation.contact_id)
        or (point.owner_email and point.owner_email.lower() == invitation.email)
    ]


def _own(points: list[ActionPoint], invitation: MeetingInvitation) -> list[dict[str, str]]:
    return [
        {
            "title": point.title,
            "due": day_in_full(point.due_on) if point.due_on else "",
            "url": action_url(point),
        }
        for point in own_points(points, invitation)
    ]
