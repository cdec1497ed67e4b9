""" "Deze week voor ons": what fits a family in the coming seven days: its ages, its place, its languages."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from activities.models import Activity
from activities.place_choice import chosen_place
from activities.search import Wanted, cards, find
from activities.search.periods import between
from families.models import Family

RADIUS_KM = 20
SHOWN = 6


def our_week(family: Family, *, now: datetime) -> list[Activity]:
    """At most six activities with a moment within a week, the soonest first, ready for their cards.

    A family that said nothing of itself gets nothing: the page asks first. `family.children` should be prefetched.
    """
    if not knows_enough(family):
        return []
    return cards(find(_wanted(family, now=now), now=now, stop=SHOWN, counting=()).hits)


def knows_enough(family: Family | None) -> bool:
    """Whether anything can be chosen for this family."""
    return family is not None and bool(family.home or list(family.children.all()))


def our_week_address(family: Family) -> str:
    """The results page with the same wishes, to look further."""
    months = [("geboren", f"{child.birth_month:%Y-%m}") for child in family.children.all()]
    place = [("plaats", family.home), ("straal", RADIUS_KM)] if family.home else []
    return f"{reverse('activity_list')}?{urlencode([*place, *months, ('wanneer', 'week')])}"


def _wanted(family: Family, *, now: datetime) -> Wanted:
    place = chosen_place(family.home, day=timezone.localdate(now))
    return Wanted(
        spot=place.spot,
        straal=RADIUS_KM if place.found else None,
        children=tuple(_months_old(child.birth_month, now) for child in family.children.all()),
        between=between("week", now=now),
        nederlands=_dutch(family),
        volgorde="eerst",
    )


def _dutch(family: Family) -> str:
    """A family that speaks other languages at home is not sent to where fluent Dutch is asked."""
    return "little" if family.languages and "nl" not in family.languages else ""


def _months_old(born: date, now: datetime) -> int:
    today = timezone.localdate(now)
    return (today.year - born.year) * 12 + today.month - born.month
