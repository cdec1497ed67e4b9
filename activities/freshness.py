"""How old the facts of an offer are, by the rule of its House: fresh, old (parents are warned) or hidden.

The rule stands on the House: `check_every_months` and `hide_after_months`, in calendar months. Both count from the last
time that somebody looked at it; what was only put online, from that day. Kinds of offer that change a lot
(`sooner_types`) are looked at again after `sooner_months`; what parents notice follows the two others.
"""

from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.db.models import Case, DateField, DurationField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Least, TruncDate
from django.db.models.lookups import LessThan

from activities.models import Activity
from huizen.models import House
from huizen.recurrence import BRUSSELS
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


def looked_on(activity: Activity) -> date | None:
    """The day from which the rule counts: when somebody last looked at it, else when it went online."""
    online = activity.published_at and wall(activity.published_at).date()
    return activity.checked_on or online


def freshness_of(activity: Activity, *, today: date) -> Freshness:
    """How fresh an offer is by the rule of its House, which should be at hand."""
    return freshness(looked_on(activity), activity.house, today=today)


def next_check(looked_on: date | None, offer_type: str, house: House) -> date | None:
    """The day on which an offer is to be looked at again; None, which is at once, for what was never online."""
    if looked_on is None:
        return None
    months = house.check_every_months
    if offer_type in house.sooner_types:
        months = min(months, house.sooner_months)
    return looked_on + relativedelta(months=months)


def next_check_in_database() -> Cast:
    """The same for each activity of a query; null for what was never online."""
    months = Case(
        When(
            house__sooner_types__contains=[F("offer_type")],
            then=Least("house__sooner_months", "house__check_every_months"),
        ),
        default=F("house__check_every_months"),
    )
    return Cast(ExpressionWrapper(_looked_on() + Months(months), output_field=DateField()), DateField())


def is_due(by: date) -> Q:
    """Activities that are to be looked at again on a day or before it; they need `next_check` as annotation."""
    return Q(next_check=None) | Q(next_check__lte=by)


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
    return Q(LessThan(_looked_on(), before))


def _looked_on() -> Coalesce:
    return Coalesce("checked_on", TruncDate("published_at", tzinfo=BRUSSELS), output_field=DateField())
