"""Copying a season: the chosen offer once more, as drafts, from a new first day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from activities.actions.offer import copy_activity
from activities.actions.offer_save import keep_version
from activities.models import Activity, Schedule
from activities.season import first_day, moved, weeks_between
from huizen.models import User


@dataclass(frozen=True)
class Copy:
    """One offer of the coming season, not kept yet: which it is made of, and its rules."""

    activity: Activity
    rules: list[Schedule]


def foresee_season(*, activities: Iterable[Activity], starts_on: date) -> list[Copy]:
    """The copies as they would be; `activities` come with their `schedules`. All move by the same number of weeks."""
    chosen = [(activity, list(activity.schedules.all())) for activity in activities]
    first = first_day(rule for _, rules in chosen for rule in rules)
    weeks = weeks_between(first, starts_on) if first else 0
    return [Copy(activity, [moved(rule, weeks=weeks) for rule in rules]) for activity, rules in chosen]


@transaction.atomic
def copy_season(
    *, activities: Iterable[Activity], starts_on: date, by: User, now: datetime
) -> list[Activity]:
    """Make the copies, as drafts (or proposals): sign-ups and moments stay with the old season."""
    made = []
    for copy in foresee_season(activities=activities, starts_on=starts_on):
        row = copy_activity(activity=copy.activity, by=by, now=now)
        row.schedules.all().delete()
        for rule in copy.rules:
            rule.activity = row
        Schedule.objects.bulk_create(copy.rules)
        keep_version(activity=row, by=by, now=now)
        made.append(row)
    return made
