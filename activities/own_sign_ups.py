"""Whose sign-up is whose: those of an account, and those that one visitor may see beside another."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from activities.models import Registration
from huizen.models import User


def sign_ups_of(user: User) -> QuerySet[Registration]:
    """All of an account: made while signed in, or with its address, which a code by mail proved to be its own."""
    own = Q(contact_key=user.email) | Q(family__user=user)
    return Registration.objects.filter(own, anonymised_at=None)


@dataclass
class SignUp:
    """What stands on the page as one: a sign-up, or of a series the next moment and how many come `later`."""

    next: Registration
    later: int = 0


def folded(registrations: Iterable[Registration]) -> list[SignUp]:
    """The moments of a series under its next one, in the same order.

    A moment that does not take place, or where she has no place yet, is told apart: it asks something else of her.
    """
    found: dict[tuple, SignUp] = {}
    for row in registrations:
        key = (row.series_id or row.pk, row.state, row.session.status)
        if key in found:
            found[key].later += 1
        else:
            found[key] = SignUp(row)
    return list(found.values())


def at_the_same_time(
    registration: Registration, *, seen: Collection[UUID], user: User | None, now: datetime
) -> list[Registration]:
    """The other current sign-ups of the same family at the time of this one, ready for activities/overlap.py.

    Anybody can sign up with somebody else's address. So only those are told of that the visitor made in this browser
    (`seen`), or, when she is signed in, those of her own account.
    """
    session = registration.session
    rows = sign_ups_of(user) if user and _is_own(registration, user) else _same_contact(registration, seen)
    rows = (
        rows.current()
        .exclude(pk=registration.pk)
        .filter(
            session__starts_at__lt=session.ends_at,
            session__ends_at__gt=max(now, session.starts_at),
            session__status="scheduled",
        )
    )
    return list(rows.select_related("session__activity").prefetch_related("participants"))


def _is_own(registration: Registration, user: User) -> bool:
    return registration.contact_key == user.email or (
        registration.family is not None and registration.family.user_id == user.pk
    )


def _same_contact(registration: Registration, seen: Collection[UUID]) -> QuerySet[Registration]:
    same = Registration.objects.filter(contact_key=registration.contact_key, anonymised_at=None)
    return same.filter(pk__in=seen) if registration.contact_key and seen else same.none()
