"""Letting people in: invite, withdraw, accept, and end a role."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from huizen.actions.logbook import record
from huizen.links import absolute
from huizen.models import Category, House, Invitation, Membership, User
from huizen.outbox.queue import queue_message
from huizen.roles import HOUSE_ROLES, Permission, Role

#: How long an invitation can be accepted.
VALID = timedelta(days=14)


class InvitationError(Exception):
    """Why somebody cannot be let in, as a sentence for who tries."""


def new_token() -> tuple[str, str]:
    """A secret for a link, and the hash of it that may be kept."""
    token = secrets.token_urlsafe(24)
    return token, hash_token(token)


def hash_token(token: str) -> str:
    """What the database keeps of a secret: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, role: str, house: House | None, by: User, now: datetime) -> Invitation:
    """Mail somebody a link to a role. An open invitation for the same role is replaced.

    Raises InvitationError where the inviter may not, or the person has the role already.
    """
    _require_right_to_invite(by, role, house)
    email = email.strip().lower()
    if Membership.objects.current().filter(user__email=email, role=role, house=house).exists():
        raise InvitationError("Deze persoon heeft die rol al.")
    Invitation.objects.open(now=now).filter(email=email, role=role, house=house).update(withdrawn_at=now)
    token, token_hash = new_token()
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        house=house,
        token_hash=token_hash,
        invited_by=by,
        created_at=now,
        expires_at=now + VALID,
    )
    record("invited", invitation, by=by, now=now, house=house)
    _send(invitation, token, by=by, now=now)
    return invitation


def _send(invitation: Invitation, token: str, *, by: User, now: datetime) -> None:
    house = invitation.house
    queue_message(
        key=f"invitation:{invitation.pk}",
        category=Category.INVITATION,
        recipient=invitation.email,
        template="invitation",
        context={
            "role": invitation.get_role_display(),
            "house": house.name if house else "Opgroeien",
            "by": str(by),
            "url": absolute(reverse("invitation_accept", args=[token])),
            "days": VALID.days,
        },
        now=now,
        subject=invitation,
        house=house,
        expires_at=invitation.expires_at,
    )


def _require_right_to_invite(by: User, role: str, house: House | None) -> None:
    if role == Role.PARTNER_EDITOR or (role in HOUSE_ROLES) != (house is not None):
        raise InvitationError("Deze rol hoort hier niet.")
    founds_it = role == Role.COORDINATOR and by.may(Permission.EDIT_NETWORK)
    if not (founds_it or by.may_in(Permission.INVITE_PEOPLE, house)):
        raise InvitationError("Je mag hier niemand uitnodigen.")


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Make the link of an invitation useless."""
    changed = Invitation.objects.open(now=now).filter(pk=invitation.pk).update(withdrawn_at=now)
    if not changed:
        raise InvitationError("Deze uitnodiging was al gebruikt of ingetrokken.")
    record("withdrew_invitation", invitation, by=by, now=now, house=invitation.house)


def open_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation behind a link. Raises InvitationError when it is old, used or unknown."""
    invitation = (
        Invitation.objects.open(now=now).select_related("house").filter(token_hash=hash_token(token)).first()
    )
    if invitation is None:
        raise InvitationError("Deze uitnodiging werkt niet meer. Vraag een nieuwe aan wie je uitnodigde.")
    return invitation


@transaction.atomic
def accept(*, token: str, by: User, now: datetime) -> Membership:
    """Give the role to the person who holds the link and the address it was sent to. Raises InvitationError."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=open_invitation(token, now=now).pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationError("Deze uitnodiging werkt niet meer. Vraag een nieuwe aan wie je uitnodigde.")
    if invitation.email != by.email:
        raise InvitationError(f"Deze uitnodiging is voor {invitation.email}. Meld je aan met dat adres.")
    membership, _ = Membership.objects.current().get_or_create(
        user=by, role=invitation.role, house=invitation.house
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record("joined", membership, by=by, now=now, house=invitation.house)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User, now: datetime) -> None:
    """Take a role away. A House keeps a coordinator, the agency an officer. Raises InvitationError."""
    # In the order of their keys: two people who end each other's role at once wait, and the second is refused.
    team = list(
        Membership.objects.current()
        .filter(house=membership.house, role__in=[Role.COORDINATOR, Role.OFFICER])
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    if team == [membership]:
        raise InvitationError("Dit is de laatste persoon met die rol. Nodig eerst iemand anders uit.")
    membership.ended_at = now
    membership.save(update_fields=["ended_at"])
    record("ended_role", membership, by=by, now=now, house=membership.house)
