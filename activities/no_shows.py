"""How often a family signed up in this House lately and did not come: for who calls it beforehand, never to refuse it.

Nothing is kept for this: it is counted from the sign-ups whose names are not erased yet (docs/data-retention.yaml),
so a family that is forgotten begins anew.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from activities.models import Came, Registration, Session

#: So far back it counts, however long names are kept.
YEAR = timedelta(days=365)


def count_no_shows(registrations: Sequence[Registration], session: Session) -> None:
    """Give each sign-up of a moment its `no_shows`: earlier moments of this House for which the same address, number or
    family signed up, and did not come without a word (one query).
    """
    known = [each for each in registrations if each.contact_key]
    missed = _missed(known, session) if known else []
    for each in registrations:
        each.no_shows = sum(_same(each, *row) for row in missed)  # type: ignore[attr-defined]


def _missed(known: Sequence[Registration], session: Session) -> list[tuple[str, int | None]]:
    same = Q(contact_key__in=[each.contact_key for each in known])
    same |= Q(family__in=[each.family_id for each in known if each.family_id])
    rows = Registration.objects.filter(
        same,
        anonymised_at=None,
        state=Registration.State.CONFIRMED,
        attendance__state=Came.ABSENT,
        session__activity__house=session.activity.house_id,
        session__starts_at__lt=session.starts_at,
        session__starts_at__gte=session.starts_at - YEAR,
    )
    return list(rows.values_list("contact_key", "family"))


def _same(registration: Registration, contact_key: str, family: int | None) -> bool:
    by_family = family is not None and family == registration.family_id
    return bool(registration.contact_key) and (by_family or contact_key == registration.contact_key)
