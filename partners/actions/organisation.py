"""Keeping an organisation: one row, shared by every House of which it is a partner."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from huizen.actions.logbook import record
from huizen.actions.uploads import drop, keep
from huizen.models import House, User
from partners.models import Contact, Organisation, OrganisationMerge

#: How many addresses of the portal we try for one name before we give up on nice ones.
SLUG_LENGTH = 70


def free_slug(name: str) -> str:
    """An address of the portal for a name, with a number behind it where it was taken."""
    base = slugify(name)[:SLUG_LENGTH] or "partner"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    # Of who went into another it still leads to the other.
    taken |= set(
        OrganisationMerge.objects.filter(gone_slug__startswith=base).values_list("gone_slug", flat=True)
    )
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, facts: dict[str, Any], by: User, now: datetime, house: House | None = None
) -> Organisation:
    """Write what differs, and keep the difference in the logbook."""
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    changes = {name: [getattr(row, name), new] for name, new in facts.items() if getattr(row, name) != new}
    if changes:
        for name, (_, new) in changes.items():
            setattr(row, name, new)
        row.save(update_fields=list(changes))
        record("changed", row, by=by, now=now, house=house, changes=changes)
    return row


@transaction.atomic
def change_logo(
    *,
    organisation: Organisation,
    logo: ContentFile | None,
    by: User,
    now: datetime,
    house: House | None = None,
) -> Organisation:
    """Put up another logo, or none. The former file goes once the change is in."""
    row = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    changes = {"logo": [bool(row.logo), bool(logo)]}
    drop(row.logo)
    if logo:
        keep(row.logo, logo)
    else:
        row.logo = ""
    row.save(update_fields=["logo"])
    record("changed", row, by=by, now=now, house=house, changes=changes)
    return row


@transaction.atomic
def save_contact(*, contact: Contact, by: User | None, now: datetime, house: House | None = None) -> Contact:
    """Add or change somebody to call. The logbook tells that it happened, and no name."""
    verb = "changed" if contact.pk else "added"
    contact.save()
    record(verb, contact.organisation, by=by, now=now, house=house, reason="een contactpersoon")
    return contact


@transaction.atomic
def remove_contact(*, contact: Contact, by: User, now: datetime, house: House | None = None) -> None:
    """Take somebody off the list. Where she was asked to a meeting, that stays."""
    record("removed", contact.organisation, by=by, now=now, house=house, reason="een contactpersoon")
    contact.delete()
