"""Somebody else comes in her place: asked with an invitation of her own, and no longer asked when that is undone."""

from datetime import datetime

from partners.actions.invitee import Invitee, add_invitees, take_back
from partners.actions.meeting_letter import Word, send_word
from partners.actions.meeting_lock import raise_sequence
from partners.models import Meeting, MeetingInvitation

#: So often one person may name somebody else for one meeting.
MOST = 5


class DelegateError(Exception):
    """Why this person cannot come in her place; its text is for who named her."""


def delegate_of(invitation: MeetingInvitation) -> MeetingInvitation | None:
    """Who comes in her place now."""
    return MeetingInvitation.objects.asked().filter(stands_in_for=invitation).order_by("-invited_at").first()


def send_delegate(
    meeting: Meeting, invitation: MeetingInvitation, delegate: Invitee, *, now: datetime
) -> MeetingInvitation:
    """Ask somebody in the place of who is invited; a former one is no longer asked. Takes the meeting locked.

    Raises DelegateError for her own address, for somebody who is asked already, and after too many.
    """
    email = delegate.address
    present = delegate_of(invitation)
    if present and present.email == email:
        return present
    _refuse(meeting, invitation, email)
    recall_delegates(meeting, invitation, now=now)
    [row] = add_invitees(
        meeting, [Invitee(delegate.name, email, organisation=invitation.organisation)], now=now
    )
    row.stands_in_for = invitation
    row.save(update_fields=["stands_in_for"])
    # Above the SEQUENCE of the CANCEL that she had if she was withdrawn before.
    raise_sequence(meeting)
    whole = Meeting.objects.whole().get(pk=meeting.pk)
    send_word(Word("meeting_delegated", context={"instead_of": invitation.name}), whole, [row], now=now)
    return row


def recall_delegates(meeting: Meeting, invitation: MeetingInvitation, *, now: datetime) -> int:
    """No longer ask who came in her place, and who came in that one's place; gives how many. Takes the meeting locked."""
    rows = list(MeetingInvitation.objects.asked().filter(stands_in_for=invitation).order_by("pk"))
    for row in rows:
        take_back(meeting, row, now=now)
    return len(rows) + sum(recall_delegates(meeting, row, now=now) for row in rows)


def _refuse(meeting: Meeting, invitation: MeetingInvitation, email: str) -> None:
    if email == invitation.email:
        raise DelegateError("Dat is je eigen adres. Vul het adres in van wie komt.")
    if meeting.invitations.asked().filter(email=email).exists():
        raise DelegateError("Deze persoon is al gevraagd. Zeg gewoon dat je zelf niet kan komen.")
    if MeetingInvitation.objects.filter(stands_in_for=invitation).count() >= MOST:
        raise DelegateError("Je noemde al vaak iemand anders. Bel of mail het Huis.")
