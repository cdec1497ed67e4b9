"""Forgetting who came, in time; the counts stay (docs/data-retention.yaml)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from activities.models import Participant, Registration, Report

#: A report that nobody handles is erased after a year: so much later than one that was handled.
UNHANDLED = timedelta(days=335)


@transaction.atomic
def forget_registrations(*, before: datetime, now: datetime) -> int:
    """Erase the names and addresses of sign-ups for moments that ended before a time."""
    old = Registration.objects.filter(session__ends_at__lt=before, anonymised_at=None)
    Participant.objects.filter(registration__in=old).delete()
    return old.update(name="", email="", phone="", contact_key="", note="", family=None, anonymised_at=now)


def forget_reports(*, before: datetime, now: datetime) -> int:
    """Erase what visitors wrote, and their addresses, of reports handled before a time, or a year old."""
    old = Q(handled_at__lt=before) | Q(created_at__lt=before - UNHANDLED)
    return Report.objects.filter(old).exclude(text="", email="").update(text="", email="")
