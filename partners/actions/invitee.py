"""Asking people to a meeting, and no longer asking them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from partners.actions.meeting_letter import Word, send_word
from partners.actions.meeting_lock import MeetingError, lock_meeting, raise_sequence
from partners.actions.meeting_reminder import replan
from partners.models import Contact, GroupMember, Meeting, MeetingInvitation, Organisation


@dataclass(frozen=True)
class Invitee:
    """Somebody to ask: a contact of a partner, or a name and an address that were typed.

    `chooses`: this is one address of an organisation, where somebody chooses who comes.
    """

    name: str
    email: str
    contact: Contact | None = None
    organisation: Organisation | None = None
    chooses: bool = False

    @property
    def address(self) -> str:
        """Her address as rows keep it: it counts once, however it was typed."""
        return self.email.strip().lower()

    @property
    def comes_from(self) -> Organisation | None:
        """The organisation of the contact, or the one that was named."""
        return self.contact.organisation if self.contact else self.organisation


@transaction.atomic
def invite(
    *, meeting: Meeting, invitees: Sequence[Invitee], by: User, now: datetime
) -> list[MeetingInvitation]:
    """Ask more people to a meeting that stands; they get the letter that the others had. Gives who was not asked yet.

    Somebody who was withdrawn is asked again, with her former link. Raises MeetingError when it is over or cancelled.
    """
    meeting = lock_meeting(meeting)
    _refuse_unless_open(meeting, now)
    added = add_invitees(meeting, invitees, now=now)
    if not added:
        return []
    replan(meeting)
    record("asked", meeting, by=by, now=now, house=meeting.house, changes={"people": [0, len(added)]})
    # Above the SEQUENCE of the CANCEL that somebody had who was withdrawn: else her calendar ignores it.
    raise_sequence(meeting)
    send_word(Word("meeting_invitation"), Meeting.objects.whole().get(pk=meeting.pk), added, now=now)
    return added


@transaction.atomic
def withdraw(*, invitation: MeetingInvitation, by: User, now: datetime) -> MeetingInvitation:
    """No longer ask somebody: she hears it, it leaves her calendar, and she gets no reminder.

    Raises MeetingError when she was withdrawn already, or the meeting is over or cancelled.
    """
    meeting = lock_meeting(invitation.meeting)
    _refuse_unless_open(meeting, now)
    invitation = meeting.invitations.get(pk=invitation.pk)
    if invitation.withdrawn_at:
        raise MeetingError("Deze persoon was al niet meer gevraagd.")
    take_back(meeting, invitation, now=now)
    record("withdrew", meeting, by=by, now=now, house=meeting.house, changes={"people": [1, 0]})
    return invitation


def take_back(meeting: Meeting, invitation: MeetingInvitation, *, now: datetime) -> None:
    """Tell somebody that she is no longer asked; takes the meeting locked."""
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    replan(meeting)
    raise_sequence(meeting)
    word = Word("meeting_withdrawn", method="CANCEL")
    send_word(word, Meeting.objects.whole().get(pk=meeting.pk), [invitation], now=now)


def asked_as_a_whole(organisation: Organisation, reach: str) -> list[Invitee]:
    """Whom to ask at an organisation: all its contacts, or the one address that chooses who comes."""
    contacts = list(organisation.contacts.exclude(email="").order_by("name", "pk"))
    if reach == GroupMember.Reach.ALL:
        return [Invitee(contact.name, contact.email, contact) for contact in contacts]
    email = organisation.email or (contacts[0].email if contacts else "")
    return [Invitee(organisation.name, email, organisation=organisation, chooses=True)] if email else []


def add_invitees(meeting: Meeting, invitees: Sequence[Invitee], *, now: datetime) -> list[MeetingInvitation]:
    """Write down who is asked, without any letter; an address counts once. Gives who was not asked yet."""
    known = {row.email: row for row in meeting.invitations.all()}
    added = {}
    for invitee in invitees:
        email = invitee.address
        row = known.get(email) or MeetingInvitation(meeting=meeting, email=email)
        if email not in added and (row.pk is None or row.withdrawn_at):
            added[email] = _ask(row, invitee, now)
    return list(added.values())


def _ask(row: MeetingInvitation, invitee: Invitee, now: datetime) -> MeetingInvitation:
    row.name, row.contact = invitee.name, invitee.contact
    row.organisation = invitee.comes_from
    row.chooses, row.stands_in_for = invitee.chooses, None
    row.invited_at, row.withdrawn_at = now, None
    row.answer, row.answered_at = MeetingInvitation.Answer.NONE, None
    row.save()
    return row


def _refuse_unless_open(meeting: Meeting, now: datetime) -> None:
    if meeting.is_cancelled:
        raise MeetingError("Dit overleg gaat niet door. Herstel het eerst.")
    if meeting.is_over(now=now):
        raise MeetingError("Dit overleg is voorbij.")
