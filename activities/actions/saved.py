"""Keeping offers to find them back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from activities.models import Activity, SavedActivity
from families.actions.family import own_family
from huizen.models import User

#: More than anybody looks through; the oldest stay.
MOST = 200


class SaveError(Exception):
    """This cannot be kept; the text is a sentence for the visitor."""


@transaction.atomic
def toggle_saved(*, activity: Activity, by: User, now: datetime) -> bool:
    """Keep an offer, or let it go where it was kept; whether it is kept now. Raises SaveError for a full list."""
    saved = SavedActivity.objects.filter(family__user=by, activity=activity)
    if saved.delete()[0]:
        return False
    if SavedActivity.objects.filter(family__user=by).count() >= MOST:
        raise SaveError(
            gettext("Je bewaarde al %(most)d activiteiten. Haal er eerst een weg.") % {"most": MOST}
        )
    _keep([activity], by=by, now=now)
    return True


@transaction.atomic
def take_over(*, slugs: Collection[str], by: User, now: datetime) -> int:
    """Keep what was kept on a device, as far as it exists and fits in the list; how many the account has more."""
    before = SavedActivity.objects.filter(family__user=by).count()
    known = Activity.objects.published().filter(slug__in=slugs).exclude(saved_by__family__user=by)
    _keep(list(known.order_by("pk")[: max(0, MOST - before)]), by=by, now=now)
    return SavedActivity.objects.filter(family__user=by).count() - before


def _keep(activities: list[Activity], *, by: User, now: datetime) -> None:
    """Twice is once: two taps on a slow line make one row."""
    family = own_family(by=by, now=now)
    SavedActivity.objects.bulk_create(
        [SavedActivity(family=family, activity=activity, saved_at=now) for activity in activities],
        ignore_conflicts=True,
    )
