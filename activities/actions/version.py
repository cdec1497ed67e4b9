"""Putting an earlier version of an offer back: it becomes the newest, and nothing of what came between is lost."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.actions.offer import OfferError, Saved, change_activity
from activities.models import Activity, ActivityVersion
from activities.offer_facts import put_facts
from huizen.models import User
from partners.models import Contact


@transaction.atomic
def restore_version(*, version: ActivityVersion, seen_at: datetime | None, by: User, now: datetime) -> Saved:
    """Give an offer the words and facts of an earlier version; its days, sign-ups and state stay as they are.

    Goes the way of every change: with approval where that is needed. Raises OfferError, ConflictError.
    """
    activity = Activity.objects.select_related("house").get(pk=version.activity_id)
    put_facts(activity, version.facts)
    # Who answered for it then may be gone, and then nobody is chosen.
    if activity.keeper_id and not Contact.objects.filter(pk=activity.keeper_id).exists():
        activity.keeper = None
    try:
        activity.full_clean()
    except ValidationError as error:
        raise OfferError(f"Deze versie kan niet terug: {' '.join(error.messages)}") from error
    return change_activity(activity=activity, seen_at=seen_at, by=by, now=now)
