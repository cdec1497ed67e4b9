"""Writing the logbook, in the transaction of what it tells."""

from datetime import datetime
from typing import Any

from django.db import models

from huizen.models import Event, House, User


def record(verb: str, subject: models.Model, **facts: Any) -> Event:
    """Add one act to the logbook: the facts of `event`."""
    row = event(verb, subject, **facts)
    row.save(force_insert=True)
    return row


def event(
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    now: datetime,
    house: House | None = None,
    changes: dict[str, list[Any]] | None = None,
    reason: str = "",
) -> Event:
    """One act, not written yet. `changes` is {field: [before, after]}, without personal data of families."""
    return Event(
        at=now,
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        house=house,
        changes=changes or {},
        reason=reason,
    )
