"""Forgetting who came, in time; the counts stay (docs/data-retention.yaml)."""

from datetime import datetime

from django.db import transaction

from activities.models import Participant, Registration


@transaction.atomic
def forget_registrations(*, before: datetime, now: datetime) -> int:
    """Erase the names and addresses of sign-ups for moments that ended before a time."""
    old = Registration.objects.filter(session__ends_at__lt=before, anonymised_at=None)
    Participant.objects.filter(registration__in=old).delete()
    return old.update(name="", email="", phone="", contact_key="", note="", family=None, anonymised_at=now)
