"""Consent of who is shown: written down, and withdrawn. What hung on it is gone at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huizen.actions.logbook import record
from huizen.actions.uploads import drop
from huizen.models import User
from projects.actions.once import once
from projects.models import Consent, Evidence, Project, Story

#: The states of a story from which it has to come back.
SHOWN = (Story.State.PROPOSED, Story.State.APPROVED, Story.State.PUBLISHED)


class ConsentError(Exception):
    """Why a consent cannot be written down so, in words for who tried."""


@transaction.atomic
def give_consent(*, project: Project, facts: dict[str, Any], by: User, now: datetime) -> Consent:
    """Write down that somebody agreed. The logbook names the reference, never the person.

    Raises ConsentError where its reference is of another one.
    """
    with once(ConsentError, "Dit kenmerk is al gebruikt. Kies een ander."):
        consent = Consent.objects.create(project=project, **facts)
    record("consent_given", consent, by=by, now=now, house=project.house)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User, now: datetime) -> Consent:
    """Somebody takes her word back: photos and images go, and the stories are off the portal. Twice is once."""
    row = Consent.objects.select_for_update(of=("self",)).select_related("project__house").get(pk=consent.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = now, by
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        erase_shown(Consent.objects.filter(pk=row.pk), now=now)
        record("consent_withdrawn", row, by=by, now=now, house=row.project.house)
    return row


def erase_shown(consents: QuerySet[Consent], *, now: datetime) -> int:
    """Take away what may no longer be shown; how much. What was handed in keeps its titles and its sums."""
    photos = Evidence.objects.filter(consent__in=consents, erased_at=None)
    stories = Story.objects.filter(consent__in=consents)
    pictured = stories.exclude(image="")
    files = [each.file for each in photos] + [each.image for each in pictured]
    drop(*files)
    stories.filter(state__in=SHOWN).update(state=Story.State.WITHDRAWN, changed_at=now)
    pictured.update(image="", alt_text="")
    photos.update(file="", erased_at=now)
    return len(files)


def forget_shown(*, before: datetime, now: datetime) -> int:
    """Every night: photos and images of which the consent is over."""
    with transaction.atomic():
        return erase_shown(Consent.objects.filter(until__lt=before.date()), now=now)


def forget_names(*, before: datetime, now: datetime) -> int:
    """Who agreed, a while after it was over or withdrawn."""
    over = Consent.objects.filter(until__lt=before.date()) | Consent.objects.filter(withdrawn_at__lt=before)
    return over.exclude(given_by="").update(given_by="")


def forget_evidence(*, before: datetime, now: datetime) -> int:
    """Files of reports that were due long ago."""
    with transaction.atomic():
        old = Evidence.objects.filter(report__period__due_on__lt=before.date(), erased_at=None)
        drop(*(each.file for each in old))
        return old.update(file="", erased_at=now)
