"""How old the facts of an offer are, by the rule of its House: fresh, old (parents are warned) or hidden.

The rule stands on the House: `check_every_months` and `hide_after_months`, in calendar months. Both count from the last
time that somebody looked at it; what was only put online, from that day.
"""

from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.db.models import DateField, DurationField, ExpressionWrapper, F, Func, Q, Value
from django.db.models.functions import Coalesce, TruncDate
from django.db.models.lookups import LessThan

from activities.models import Activity
from activities.recurrence import BRUSSELS
from huizen.models import House
from huizen.words import wall


class Freshness(StrEnum):
    """What parents notice of it: nothing, a warning, or that it is not there."""

    FRESH = "fresh"
    OLD = "old"
    HIDDEN = "hidden"


class Months(Func):
    """A number of calendar months, as PostgreSQL counts them."""

    function = "make_interval"
    template = "make_interval(months => (%(expressions)s)::int)"
    output_field = DurationField()


def freshness(looked_on: date | None, house: House, *, today: date) -> Freshness:
    """How fresh something of a House is. What was never looked at is old: nobody knows since when."""
    if looked_on is None:
        return Freshness.OLD
    if looked_on < today - relativedelta(months=house.hide_after_months):
        return Freshness.HIDDEN
    if looked_on < today - relativedelta(months=house.check_every_months):
        return Freshness.OLD
    return Freshness.FRESH


def freshness_of(activity: Activity, *, today: date) -> Freshness:
    """How fresh an offer is by the rule of its House, which should be at hand."""
    online = activity.published_at and wall(activity.published_at).date()
    return freshness(activity.checked_on or online, activity.house, today=today)


def is_old(today: date) -> Q:
    """Activities that should be looked at again, those that should be hidden too; the same rule, for the database."""
    never = Q(checked_on=None, published_at=None)
    return never | _looked_before(today, "house__check_every_months")


def is_forgotten(today: date) -> Q:
    """Activities that nobody looked at for so long that parents are better off without them."""
    return _looked_before(today, "house__hide_after_months")


def _looked_before(today: date, months: str) -> Q:
    before = ExpressionWrapper(
        Value(today, output_field=DateField()) - Months(F(months)), output_field=DateField()
    )
    looked_on = Coalesce("checked_on", TruncDate("published_at", tzinfo=BRUSSELS), output_field=DateField())
    return Q(LessThan(looked_on, before))
