"""What goes a while after a call: what nobody handed in, contact persons, and the names of the jury."""

from datetime import datetime

from projects.models import Application, JurySeat


def forget_applications(*, before: datetime, now: datetime) -> int:
    """Of calls that closed before a moment: drafts that never came in go, of the others what was typed (with the contact
    person) is emptied. What was handed in and decided stays; it names nobody. Safe to run twice."""
    old = Application.objects.filter(call__closes_at__lt=before)
    _, gone = old.filter(versions_made=0).delete()
    return gone.get("projects.Application", 0) + old.exclude(draft={}).update(draft={})


def forget_jury(*, before: datetime, now: datetime) -> int:
    """Of calls that closed before a moment: points stay under the number of a seat, without a name."""
    return JurySeat.objects.filter(call__closes_at__lt=before, user__isnull=False).update(
        user=None, ended_at=now
    )
