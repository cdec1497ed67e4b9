"""Putting several offers online at once: each that can, and of the others why not."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from activities.actions.offer import OfferError, publish_activity
from activities.models import Activity
from huizen.models import User


def publish_several(
    *, activities: Iterable[Activity], by: User, now: datetime
) -> tuple[list[Activity], list[tuple[Activity, str]]]:
    """Those that are online now, and those that are not with the reason; one that cannot holds up no other."""
    online, refused = [], []
    for activity in activities:
        try:
            with transaction.atomic():
                online.append(publish_activity(activity=activity, by=by, now=now))
        except OfferError as error:
            refused.append((activity, str(error)))
    return online, refused
