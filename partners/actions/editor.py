"""People of a partner who keep its offer: invite them, let them in, and end it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from huizen.actions.invitation import VALID, InvitationError, hash_token, new_token
from huizen.actions.logbook import record
from huizen.links import absolute
from huizen.models import Category, House, Membership, User
from huizen.outbox.queue import queue_message
from huizen.roles import Role
from partners.models import Editor, EditorInvitation, Organisation, Partnership

WORN_OUT = "Deze uitnodiging werkt niet meer. Vraag een nieuwe aan wie je uitnodigde."


@transaction.atomic
def invite_editor(
    *, organisation: Organisation, house: House, email: str, by: User, now: datetime
) -> EditorInvitation:
    """Mail somebody a link, good for 14 days, to keep a partner's offer. A former one for her is replaced.

    Sending again is inviting again: only the newest link works. Raises InvitationError when she is editor already.
    """
    email = email.strip().lower()
    if Editor.objects.current().filter(organisation=organisation, user__email=email).exists():
        raise InvitationError("Deze persoon is al redacteur van deze partner.")
    former = EditorInvitation.objects.unanswered().filter(organisation=organisation, house=house, email=email)
    former.update(withdrawn_at=now)
    token, token_hash = new_token()
    invitation = EditorInvitation.objects.create(
        organisation=organisation,
        house=house,
        email=email,
        token_hash=token_hash,
        invited_by=by,
        created_at=now,
        expires_at=now + VALID,
    )
    record("invited", organisation, by=by, now=now, house=house)
    _send(invitation, token, by=by, now=now)
    return invitation


@transaction.atomic
def withdraw_editor_invitation(*, invitation: EditorInvitation, by: User, now: datetime) -> None:
    """Make the link of an invitation useless. Raises InvitationError when it was used, withdrawn or too old."""
    if not EditorInvitation.objects.open(now=now).filter(pk=invitation.pk).update(withdrawn_at=now):
        raise InvitationError("Deze uitnodiging was al gebruikt of ingetrokken.")
    record("withdrew_invitation", invitation.organisation, by=by, now=now, house=invitation.house)


def open_editor_invitation(token: str, *, now: datetime) -> EditorInvitation:
    """The invitation behind a link. Raises InvitationError when it is old, used or unknown."""
    open_ones = EditorInvitation.objects.open(now=now).select_related("organisation", "house", "invited_by")
    invitation = open_ones.filter(token_hash=hash_token(token)).first()
    if invitation is None:
        raise InvitationError(WORN_OUT)
    return invitation


@transaction.atomic
def accept_editor_invitation(*, token: str, by: User, now: datetime) -> Editor:
    """Let in who holds the link and the address it was sent to: an Editor, and her role in the House.

    Raises InvitationError.
    """
    found = open_editor_invitation(token, now=now)
    invitation = EditorInvitation.objects.select_for_update(no_key=True).get(pk=found.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationError(WORN_OUT)
    if invitation.email.lower() != by.email:
        raise InvitationError(f"Deze uitnodiging is voor {invitation.email}. Meld je aan met dat adres.")
    if not _is_partner(found.organisation, found.house):
        raise InvitationError(WORN_OUT)
    editor, _ = Editor.objects.current().get_or_create(user=by, organisation=found.organisation)
    Membership.objects.current().get_or_create(user=by, house=found.house, role=Role.PARTNER_EDITOR)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record("joined", found.organisation, by=by, now=now, house=found.house)
    return editor


@transaction.atomic
def end_editor(*, editor: Editor, house: House, by: User, now: datetime) -> None:
    """End what somebody may do for a partner, in all Houses at once; her own page and account stay.

    Raises InvitationError when it was ended already.
    """
    if not Editor.objects.current().filter(pk=editor.pk).update(ended_at=now):
        raise InvitationError("Deze persoon is geen redacteur meer.")
    end_empty_memberships(users=[editor.user_id], now=now)
    record("ended", editor.organisation, by=by, now=now, house=house, reason="een redacteur")


def end_empty_memberships(*, users: list[int], now: datetime) -> None:
    """End the role of editor in the Houses where somebody no longer edits any present partner."""
    for membership in Membership.objects.current().filter(role=Role.PARTNER_EDITOR, user__in=users):
        edited = Editor.objects.current().filter(user=membership.user_id).values("organisation")
        partners = Partnership.objects.filter(house=membership.house_id, until=None, organisation__in=edited)
        if not partners.exists():
            membership.ended_at = now
            membership.save(update_fields=["ended_at"])


def _is_partner(organisation: Organisation, house: House) -> bool:
    return Partnership.objects.filter(organisation=organisation, house=house, until=None).exists()


def _send(invitation: EditorInvitation, token: str, *, by: User, now: datetime) -> None:
    queue_message(
        key=f"editor-invitation:{invitation.pk}",
        category=Category.INVITATION,
        recipient=invitation.email,
        template="editor_invitation",
        context={
            "organisation": invitation.organisation.name,
            "house": invitation.house.name,
            "by": str(by),
            "url": absolute(reverse("editor_invitation_accept", args=[token])),
            "days": VALID.days,
        },
        now=now,
        subject=invitation,
        house=invitation.house,
        expires_at=invitation.expires_at,
    )
