"""What an organisation is in a House: from when, as what, until when."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from huizen.actions.logbook import record
from huizen.models import House, User
from partners.actions.editor import end_empty_memberships
from partners.actions.organisation import free_slug
from partners.models import Editor, EditorInvitation, Organisation, Partnership


class PartnershipError(Exception):
    """Why a partnership cannot be so; its text is for the person who tried."""


ALREADY = "Deze organisatie is in die periode al partner van het Huis."


@transaction.atomic
def add_partner(
    *, house: House, organisation: Organisation, role: str, since: date, by: User | None, now: datetime
) -> Partnership:
    """Make an organisation that the network knows a partner of a House.

    Raises PartnershipError when it is one already in that period.
    """
    try:
        # In a savepoint: the database decides, also when two people do this at once.
        with transaction.atomic():
            partnership = Partnership.objects.create(
                house=house, organisation=organisation, role=role, since=since
            )
    except IntegrityError as error:
        raise PartnershipError(ALREADY) from error
    record("added", organisation, by=by, now=now, house=house, changes={"role": ["", role]})
    return partnership


@transaction.atomic
def add_new_partner(
    *, house: House, facts: dict[str, Any], role: str, since: date, by: User | None, now: datetime
) -> Partnership:
    """Write down an organisation that the network did not know, and make it a partner of a House."""
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(slug=free_slug(facts["name"]), **facts)
    except IntegrityError as error:
        raise PartnershipError("Iemand voegde deze organisatie net toe. Zoek haar opnieuw.") from error
    record("created", organisation, by=by, now=now, house=house)
    return add_partner(house=house, organisation=organisation, role=role, since=since, by=by, now=now)


@transaction.atomic
def change_partnership(
    *, partnership: Partnership, role: str, since: date, by: User, now: datetime
) -> Partnership:
    """Another role, or another first day. Raises PartnershipError when that day falls in an earlier partnership."""
    row = _lock(partnership)
    changes = {}
    if row.role != role:
        changes["role"] = [row.role, role]
    if row.since != since:
        changes["since"] = [row.since.isoformat(), since.isoformat()]
    row.role, row.since = role, since
    _save(row)
    if changes:
        record("changed", row.organisation, by=by, now=now, house=row.house, changes=changes)
    return row


@transaction.atomic
def end_partnership(*, partnership: Partnership, until: date, by: User, now: datetime) -> Partnership:
    """End it after a last day, which is today or before. The partner's editors lose their place in the House at once,
    and open invitations for them are withdrawn. Raises PartnershipError."""
    row = _lock(partnership)
    if row.until:
        raise PartnershipError("Dit partnerschap was al beëindigd.")
    row.until = until
    _save(row)
    editors = list(
        Editor.objects.current().filter(organisation=row.organisation).values_list("user_id", flat=True)
    )
    end_empty_memberships(users=editors, now=now)
    if not row.organisation.partnerships.filter(until=None).exists():
        Editor.objects.current().filter(organisation=row.organisation).update(ended_at=now)
    open_ones = EditorInvitation.objects.open(now=now).filter(organisation=row.organisation, house=row.house)
    open_ones.update(withdrawn_at=now)
    record(
        "ended", row.organisation, by=by, now=now, house=row.house, changes={"until": ["", until.isoformat()]}
    )
    return row


@transaction.atomic
def trust_partner(*, partnership: Partnership, is_trusted: bool, by: User, now: datetime) -> Partnership:
    """Let the editors of a partner publish in this House without approval, or no longer. Raises PartnershipError."""
    row = _lock(partnership)
    if row.until:
        raise PartnershipError("Dit partnerschap is voorbij.")
    if row.is_trusted != is_trusted:
        row.is_trusted = is_trusted
        row.save(update_fields=["is_trusted"])
        verb = "trusted" if is_trusted else "untrusted"
        record(verb, row, by=by, now=now, house=row.house)
    return row


def _lock(partnership: Partnership) -> Partnership:
    rows = Partnership.objects.select_related("house", "organisation")
    return rows.select_for_update(no_key=True, of=("self",)).get(pk=partnership.pk)


def _save(row: Partnership) -> None:
    if row.until and row.until < row.since:
        raise PartnershipError("De laatste dag ligt voor de eerste.")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise PartnershipError(ALREADY) from error
