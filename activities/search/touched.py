"""From changed rows to the activities that look different by them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from activities.models import Activity
from huizen.changes import Change

#: Tables whose lines in the feed name an activity, and those whose rows activities point at, by the field that points.
ACTIVITIES = (
    "activities_activity",
    "activities_activitytranslation",
    "activities_session",
    "activities_schedule",
)
POINTED_AT = {
    "huizen_house": "house__in",
    "huizen_location": "location__in",
    "partners_organisation": "organiser__in",
}
#: What changes Houses, partners and where they work; and what changes all of the offer.
AROUND = {"huizen_house", "huizen_workingarea", "partners_organisation", "partners_partnership"}
EVERYTHING = {"huizen_municipality", "huizen_holiday"}


@dataclass(frozen=True)
class Touched:
    """The activities to read anew, and whether the Houses and partners too."""

    activities: frozenset[int] = frozenset()
    around: bool = False


def touched(news: set[Change]) -> Touched | None:
    """What a set of changes touches; None is all of it. One query at most."""
    keys: dict[str, set[int]] = defaultdict(set)
    tables = {change.what for change in news}
    if tables & EVERYTHING:
        return None
    for change in news:
        if change.what in ACTIVITIES:
            keys["activities"].add(int(change.key))
        elif change.what in POINTED_AT:
            keys[POINTED_AT[change.what]].add(int(change.key))
    found = keys.pop("activities", set())
    if keys:
        points = Q()
        for field, rows in keys.items():
            points |= Q(**{field: rows})
        found |= set(Activity.objects.filter(points).values_list("pk", flat=True))
    return Touched(frozenset(found), bool(tables & AROUND))
