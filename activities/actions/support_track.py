"""Bundling what there is to learn into a support track."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from activities.models import Activity, SupportTrack
from huizen.actions.logbook import record
from huizen.models import User


@transaction.atomic
def keep_track(
    *,
    track: SupportTrack,
    title: str,
    text: str,
    is_online: bool,
    activities: Iterable[Activity],
    by: User,
    now: datetime,
) -> SupportTrack:
    """Keep a track, a new one or one that was changed. What is no longer for professionals does not come along."""
    verb = "changed" if track.pk else "created"
    track.title, track.text, track.is_online, track.changed_at = title, text, is_online, now
    track.save()
    keys = [activity.pk for activity in activities]
    track.activities.set(Activity.objects.for_professionals().filter(pk__in=keys))
    record(verb, track, by=by, now=now)
    return track


@transaction.atomic
def remove_track(*, track: SupportTrack, by: User, now: datetime) -> None:
    """Take the bundle apart; what was in it stays, with all who signed up."""
    record("removed", track, by=by, now=now)
    track.delete()
