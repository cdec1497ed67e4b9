"""What stays of a project: told by the coordinator, confirmed by the agency."""

from datetime import datetime
from typing import Any

from django.db import transaction

from huizen.actions.logbook import record
from huizen.models import User
from projects.actions.once import once
from projects.models import Mainstreaming


class MainstreamingError(Exception):
    """Why this cannot be done, in words for who tried."""


@transaction.atomic
def tell_mainstreaming(
    *, row: Mainstreaming, facts: dict[str, Any], by: User, now: datetime
) -> Mainstreaming:
    """Say of one part what stays of it. What changed has to be confirmed again; who told it before is not asked.

    Raises MainstreamingError when it is gone, or where this part stands there already.
    """
    kept = lock(row) if row.pk else row
    before = {} if row.pk is None else {field: getattr(kept, field) for field in facts}
    if before == facts:
        return kept
    for field, value in facts.items():
        setattr(kept, field, value)
    kept.told_at, kept.confirmed_at, kept.confirmed_by = now, None, None
    with once(MainstreamingError, "Dit deel staat er al."):
        kept.save()
    record("mainstreaming_told", kept, by=by, now=now, house=kept.project.house)
    return kept


@transaction.atomic
def confirm_mainstreaming(*, row: Mainstreaming, seen: datetime, by: User, now: datetime) -> Mainstreaming:
    """The agency says that it is so: from now on everybody reads it. `seen`: of when what it looked at was.

    Raises MainstreamingError when it changed meanwhile.
    """
    kept = lock(row)
    if kept.told_at != seen:
        raise MainstreamingError("Het project veranderde dit intussen. Lees het opnieuw.")
    if kept.confirmed_at is None:
        kept.confirmed_at, kept.confirmed_by = now, by
        kept.save(update_fields=["confirmed_at", "confirmed_by"])
        record("mainstreaming_confirmed", kept, by=by, now=now, house=kept.project.house)
    return kept


@transaction.atomic
def remove_mainstreaming(*, row: Mainstreaming, by: User, now: datetime) -> None:
    """Take one part away. Raises MainstreamingError when it is gone."""
    kept = lock(row)
    record("mainstreaming_removed", kept, by=by, now=now, house=kept.project.house)
    kept.delete()


def lock(row: Mainstreaming) -> Mainstreaming:
    """The part as it is now. Raises MainstreamingError when it is gone."""
    rows = Mainstreaming.objects.select_for_update(of=("self",)).select_related("project__house")
    try:
        return rows.get(pk=row.pk)
    except Mainstreaming.DoesNotExist as error:
        raise MainstreamingError("Iemand haalde dit intussen weg.") from error
