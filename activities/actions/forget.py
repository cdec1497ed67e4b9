"""Forgetting who came, in time; the counts stay (docs/data-retention.yaml)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.models import (
    ActivityVersion,
    CheckLetter,
    Feedback,
    OfferImport,
    OutsideEvent,
    Participant,
    Proposal,
    Registration,
    Report,
    Series,
    SeriesChild,
    Session,
    SpotWatch,
    Visit,
)
from huizen.languages import DUTCH

#: A report that nobody handles is erased after a year: so much later than one that was handled.
UNHANDLED = timedelta(days=335)


@transaction.atomic
def forget_registrations(*, before: datetime, now: datetime) -> int:
    """Erase the names and addresses of sign-ups for moments that ended before a time, and those of who walked in.

    How many came stays.
    """
    visits = Visit.objects.filter(session__ends_at__lt=before).exclude(first_names="").update(first_names="")
    return visits + _forget(Registration.objects.filter(session__ends_at__lt=before, anonymised_at=None), now)


@transaction.atomic
def forget_registration(*, registration_id: UUID, now: datetime) -> bool:
    """The same at once for one sign-up, whose family asks it: only when it is cancelled or over; whether it was."""
    done = Q(state=Registration.State.CANCELLED) | Q(session__ends_at__lte=now)
    return bool(_forget(Registration.objects.filter(done, pk=registration_id, anonymised_at=None), now))


def _forget(old: QuerySet[Registration], now: datetime) -> int:
    Participant.objects.filter(registration__in=old).delete()
    return old.update(
        name="",
        email="",
        phone="",
        contact_key="",
        note="",
        kept_places=0,
        wants_reduced=False,
        wants_sms=False,
        language=DUTCH,
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
        name="",
        email="",
        phone="",
        contact_key="",
        wants_reduced=False,
        wants_sms=False,
        language=DUTCH,
        family=None,
        anonymised_at=now,
    )


def forget_watches(*, before: datetime, now: datetime) -> int:
    """Addresses that asked about a place in a moment that began."""
    return SpotWatch.objects.filter(session__starts_at__lt=before).delete()[0]


def forget_feedback(*, before: datetime, now: datetime) -> int:
    """Opinions on what is long ago."""
    return Feedback.objects.filter(given_on__lt=before.date()).delete()[0]


def forget_check_letters(*, before: datetime, now: datetime) -> int:
    """Whom we asked long ago whether offer still holds, and what they answered."""
    return CheckLetter.objects.filter(asked_on__lt=before.date()).delete()[0]


def forget_reports(*, before: datetime, now: datetime) -> int:
    """Erase what visitors wrote, and their addresses, of reports handled before a time, or a year old."""
    old = Q(handled_at__lt=before) | Q(created_at__lt=before - UNHANDLED)
    return Report.objects.filter(old).exclude(text="", email="").update(text="", email="")


def forget_proposals(*, before: datetime, now: datetime) -> int:
    """What partners proposed and somebody decided on before a time."""
    return Proposal.objects.filter(decided_at__lt=before).delete()[0]


def forget_versions(*, before: datetime, now: datetime) -> int:
    """How offer was before a time; of each the newest stays."""
    newer = ActivityVersion.objects.filter(activity=OuterRef("activity"), at__gt=OuterRef("at"))
    return ActivityVersion.objects.filter(Exists(newer), at__lt=before).delete()[0]


def forget_offer_imports(*, before: datetime, now: datetime) -> int:
    """Files with offer, carried out or not; what they brought in stays."""
    return OfferImport.objects.filter(made_at__lt=before).delete()[0]


def forget_outside_events(*, before: datetime, now: datetime) -> int:
    """What calendars of others said and do not say any more; the activities that were made of it stay."""
    return OutsideEvent.objects.filter(seen_at__lt=before).delete()[0]
