"""Points that others propose for an agenda: proposed, and taken up or not by the organiser, with a word back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from huizen.actions.logbook import record
from huizen.languages import in_dutch
from huizen.links import absolute
from huizen.models import Category, User
from huizen.outbox.queue import queue_message
from huizen.words import moment_in_full
from partners.actions.agenda import add_item
from partners.actions.meeting_lock import MeetingError, lock_meeting
from partners.meeting_calendar import answer_url
from partners.models import AgendaProposal, Meeting, MeetingInvitation

State = AgendaProposal.State
#: So many points of one person wait at once.
MOST_WAITING = 5


@transaction.atomic
def propose_point(
    *,
    meeting: Meeting,
    facts: dict[str, Any],
    now: datetime,
    invitation: MeetingInvitation | None = None,
    user: User | None = None,
) -> AgendaProposal:
    """Propose a point, as somebody who is asked or as a partner's editor. The same one again is the one that waits.

    Raises MeetingError when the meeting began or does not take place, when she is asked no more, or proposed too many.
    """
    meeting = lock_meeting(meeting)
    if reason := why_no_proposal(meeting, invitation, now=now):
        raise MeetingError(reason)
    hers = meeting.proposals.waiting().filter(invitation=invitation, user=user)
    if same := hers.filter(title=facts["title"]).first():
        return same
    if hers.count() >= MOST_WAITING:
        raise MeetingError(
            f"Er wachten al {MOST_WAITING} voorstellen van jou. De organisator bekijkt die eerst."
        )
    proposal = AgendaProposal.objects.create(
        meeting=meeting, invitation=invitation, user=user, proposed_at=now, **facts
    )
    record("point_proposed", meeting, by=user, now=now, house=meeting.house, reason=proposal.title)
    return proposal


@transaction.atomic
def accept_point(*, proposal: AgendaProposal, answer: str, by: User, now: datetime) -> AgendaProposal:
    """Put it on the agenda, with the name of who brings it. Raises MeetingError when it was decided on already."""
    row = _undecided(proposal)
    facts = {name: getattr(row, name) for name in ("title", "purpose", "minutes", "text")}
    facts |= {"presenter": row.who[0][:80], "source": f"voorstel-{row.pk}"}
    row.item = add_item(meeting=row.meeting, facts=facts, by=by, now=now)
    return _decide(row, State.ACCEPTED, answer, "point_accepted", by=by, now=now)


@transaction.atomic
def decline_point(*, proposal: AgendaProposal, answer: str, by: User, now: datetime) -> AgendaProposal:
    """Leave it off the agenda, and say why. Raises MeetingError when it was decided on already."""
    row = _undecided(proposal)
    return _decide(row, State.DECLINED, answer, "point_declined", by=by, now=now)


def why_no_proposal(meeting: Meeting, invitation: MeetingInvitation | None, *, now: datetime) -> str:
    """Why somebody can propose nothing (any more), or ""."""
    if invitation and invitation.withdrawn_at:
        return "Je bent niet meer gevraagd voor dit overleg."
    if meeting.is_cancelled:
        return "Dit overleg gaat niet door."
    return "Dit overleg is al begonnen." if meeting.starts_at <= now else ""


def _undecided(proposal: AgendaProposal) -> AgendaProposal:
    # The lock of the meeting: two organisers decide one after the other.
    lock_meeting(proposal.meeting)
    rows = AgendaProposal.objects.select_related("meeting__house", "invitation", "user")
    row = rows.get(pk=proposal.pk)
    if row.state != State.WAITING:
        raise MeetingError(f"Over dit voorstel is al beslist: {row.get_state_display()}.")
    return row


def _decide(
    row: AgendaProposal, state: str, answer: str, verb: str, *, by: User, now: datetime
) -> AgendaProposal:
    row.state, row.answer, row.decided_at = state, answer, now
    row.save(update_fields=["state", "answer", "decided_at", "item"])
    record(verb, row.meeting, by=by, now=now, house=row.meeting.house, reason=row.title)
    _tell(row, by=by, now=now)
    return row


@in_dutch
def _tell(row: AgendaProposal, *, by: User, now: datetime) -> None:
    name, email = row.who
    if email.endswith(".invalid"):
        return
    page = answer_url(row.invitation) if row.invitation else absolute(reverse("my_proposals"))
    queue_message(
        key=f"agenda-proposal:{row.pk}:{row.state}",
        category=Category.MEETING,
        recipient=email,
        template="agenda_proposal_decided",
        context={
            "name": name,
            "title": row.title,
            "accepted": row.state == State.ACCEPTED,
            "answer": row.answer,
            "meeting": row.meeting.title,
            "when": moment_in_full(row.meeting.starts_at, row.meeting.ends_at),
            "organiser": str(by),
            "house": row.meeting.host,
            "url": page,
        },
        subject=row.meeting,
        house=row.meeting.house,
        expires_at=row.meeting.ends_at,
        now=now,
    )
