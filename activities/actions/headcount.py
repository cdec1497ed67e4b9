"""Counting who did not sign up: heads, and families that walk in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from activities.actions.attendance import AttendanceError, log_taking, open_session
from activities.models import Headcount, Visit
from activities.models.attendance import MOST_HEADS
from huizen.models import User

#: What is counted, in the order in which it is asked.
COUNTED = ("families", "new_families", "children", "adults", "contacts", "referrals")


def count_heads(*, session_id: int, steps: Mapping[str, int], by: User | None, now: datetime) -> Headcount:
    """Add to the counts of a moment (below zero: take off), so that two people who count at once both count.

    Never below zero; a new family is a family, so there are never fewer of those. No steps: somebody looked, and
    nobody came. Raises AttendanceError.
    """
    with transaction.atomic():
        session = open_session(session_id, now=now)
        Headcount.objects.bulk_create([Headcount(session=session, changed_at=now)], ignore_conflicts=True)
        row = Headcount.objects.select_for_update(no_key=True).get(pk=session_id)
        for name, step in steps.items():
            setattr(row, name, min(MOST_HEADS, max(0, getattr(row, name) + step)))
        _agree(row, steps)
        row.changed_at = now
        row.save()
        log_taking(session, by=by, now=now)
    return row


def add_visit(
    *,
    session_id: int,
    form_key: UUID,
    children: int,
    adults: int,
    first_names: str = "",
    is_new: bool = False,
    by: User | None,
    now: datetime,
) -> Visit:
    """A family that walked in. The same form again is the same visit. Raises AttendanceError."""
    if children + adults < 1:
        raise AttendanceError("Zeg met hoeveel ze waren.")
    facts = {
        "children": children,
        "adults": adults,
        "first_names": first_names,
        "is_new": is_new,
        "marked_at": now,
        "marked_by": by,
    }
    try:
        with transaction.atomic():
            session = open_session(session_id, now=now)
            visit, _ = Visit.objects.get_or_create(form_key=form_key, defaults={"session": session, **facts})
            log_taking(session, by=by, now=now)
    except IntegrityError as error:
        raise AttendanceError("Zeg met hoeveel ze waren: 1 tot 20.") from error
    return visit


def remove_visit(*, visit_id: int, session_id: int) -> None:
    """A family that walked in was noted by mistake. Twice is once."""
    Visit.objects.filter(pk=visit_id, session=session_id).delete()


def _agree(row: Headcount, steps: Mapping[str, int]) -> None:
    """Whoever counts a new family counts a family; who takes families off takes the new ones off with them."""
    if steps.get("new_families", 0) > 0:
        row.families = max(row.families, row.new_families)
    row.new_families = min(row.new_families, row.families)
