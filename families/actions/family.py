"""What a family lets us remember, and how it takes it back."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from families.holdings import held_of, registered
from families.models import Child, Family
from huizen.actions.forget import forget_letters_to
from huizen.models import User

#: A family can list this many children; more is a mistake, or a group that should call.
MOST_CHILDREN = 12


@transaction.atomic
def save_family(
    *,
    by: User,
    home: str,
    children: list[tuple[str, date]],
    languages: Sequence[str] = (),
    now: datetime,
) -> Family:
    """Remember where a family lives (the key of a place), what it speaks, and in which months its children were born
    (first days of months)."""
    facts = {"home": home, "languages": list(languages), "last_seen_on": timezone.localdate(now)}
    family, _ = Family.objects.update_or_create(user=by, defaults=facts)
    family.children.all().delete()
    Child.objects.bulk_create(
        Child(family=family, first_name=name, birth_month=month) for name, month in children[:MOST_CHILDREN]
    )
    return family


def own_family(*, by: User, now: datetime) -> Family:
    """The family of an account, made now where it was not there: it begins with nothing known."""
    family, _ = Family.objects.get_or_create(user=by, defaults={"last_seen_on": timezone.localdate(now)})
    return family


def what_we_know(user: User, *, now: datetime) -> dict:
    """Everything that stands under an account, ready for a file (GDPR, articles 15 and 20)."""
    known: dict = {}
    for holding, held in held_of(user, now=now):
        known.update(held.data if isinstance(held.data, dict) else {holding.title.lower(): held.data})
    return known


@transaction.atomic
def erase_account(*, by: User, also: Collection[str] = (), now: datetime) -> None:
    """Erase an account with its family, its sign-in data, its roles, and what the other apps hold of it.

    `also`: the codes of what the parent chose to let go as well (families/holdings.py). Letters that were sent to
    the address lose their words at once. Raises CannotEraseError; then nothing is erased.
    """
    for holding in registered():
        if holding.erase:
            holding.erase(by, now, holding.code in also)
    forget_letters_to(by.email)
    by.delete()
