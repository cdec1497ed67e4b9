"""Forgetting who came, in time; the counts stay (docs/data-retention.yaml)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from activities.models import Feedback, Participant, Registration, Series, SeriesChild, Session, SpotWatch


@transaction.atomic
def forget_registrations(*, before: datetime, now: datetime) -> int:
    """Erase the names and addresses of sign-ups for moments that ended before a time."""
    old = Registration.objects.filter(session__ends_at__lt=before, anonymised_at=None)
    Participant.objects.filter(registration__in=old).delete()
    return old.update(
        name="",
        email="",
        phone="",
        contact_key="",
        note="",
        wants_reduced=False,
        family=None,
        anonymised_at=now,
    )


@transaction.atomic
def forget_series(*, before: datetime, now: datetime) -> int:
    """Erase who came every time: some time after they stopped, or after the last moment of the activity."""
    goes_on = Session.objects.filter(activity=OuterRef("activity"), ends_at__gte=before)
    old = Series.objects.filter(
        Q(ended_at__lt=before) | ~Exists(goes_on) & Q(created_at__lt=before), anonymised_at=None
    )
    SeriesChild.objects.filter(series__in=old).delete()
    return old.update(
        name="", email="", phone="", contact_key="", wants_reduced=False, family=None, anonymised_at=now
    )


def forget_watches(*, before: datetime, now: datetime) -> int:
    """Addresses that asked about a place in a moment that began."""
    return SpotWatch.objects.filter(session__starts_at__lt=before).delete()[0]


def forget_feedback(*, before: datetime, now: datetime) -> int:
    """Opinions on what is long ago."""
    return Feedback.objects.filter(given_on__lt=before.date()).delete()[0]
