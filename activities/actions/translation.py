"""Translating an activity: a partner's editor proposes with it, as with any other word of hers."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from activities.actions.offer import may_publish
from activities.models import Activity, ActivityTranslation
from huizen.actions import translation as actions
from huizen.actions.logbook import record
from huizen.models import User


@transaction.atomic
def translate_activity(
    *, translation: ActivityTranslation, seen: dict[str, str], renewed: Iterable[str], by: User, now: datetime
) -> None:
    """Keep a translation as filled in. Raises TranslationError (huizen/actions/translation.py)."""
    house = translation.activity.house
    actions.keep_translation(translation=translation, house=house, seen=seen, renewed=renewed, by=by, now=now)
    _propose(translation.activity, by=by, now=now)


@transaction.atomic
def remove_activity_translation(*, translation: ActivityTranslation, by: User, now: datetime) -> None:
    """Take a translation away: the page is in Dutch only."""
    actions.remove_translation(translation=translation, house=translation.activity.house, by=by, now=now)


def _propose(activity: Activity, *, by: User, now: datetime) -> None:
    """What a partner's editor puts before families is first read by the coordinator."""
    if may_publish(by, activity.house, activity.organiser) or activity.status == Activity.Status.PROPOSED:
        return
    before, activity.status, activity.changed_at = activity.status, Activity.Status.PROPOSED, now
    activity.save(update_fields=["status", "changed_at"])
    record(
        "proposed",
        activity,
        by=by,
        now=now,
        house=activity.house,
        changes={"status": [before, activity.status]},
    )
