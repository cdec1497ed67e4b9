"""How old the facts of an offer are, by the rule of its House: fresh, old (parents are warned) or hidden.

The rule stands on the House: `check_every_months` and `hide_after_months`, in calendar months. Kinds of offer that
change a lot (`sooner_types`) are looked at again after `sooner_months`; what parents notice follows the two others.
"""

from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.db.models import Case, DateField, DurationField, ExpressionWrapper, F, Func, Q, Value, When
from django.db.models.functions import Cast, Least

from huizen.models import House


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


def freshness(checked_on: date | None, house: House, *, today: date) -> Freshness:
    """How fresh something of a House is. What was never looked at is old: nobody knows since when."""
    if checked_on is None:
        return Freshness.OLD
    if checked_on < today - relativedelta(months=house.hide_after_months):
        return Freshness.HIDDEN
    if checked_on < today - relativedelta(months=house.check_every_months):
        return Freshness.OLD
    return Freshness.FRESH


def next_check(checked_on: date | None, offer_type: str, house: House) -> date | None:
    """The day on which an offer is to be looked at again; None, which is at once, for what nobody looked at."""
    if checked_on is None:
        return None
    months = house.check_every_months
    if offer_type in house.sooner_types:
        months = min(months, house.sooner_months)
    return checked_on + relativedelta(months=months)


def next_check_in_database() -> Cast:
    """The same for each activity of a query; null for what nobody looked at."""
    months = Case(
        When(
            house__sooner_types__contains=[F("offer_type")],
            then=Least("house__sooner_months", "house__check_every_months"),
        ),
        default=F("house__check_every_months"),
    )
    return Cast(ExpressionWrapper(F("checked_on") + Months(months), output_field=DateField()), DateField())


def is_due(by: date) -> Q:
    """Activities that are to be looked at again on a day or before it; they need `next_check` as annotation."""
    return Q(checked_on=None) | Q(next_check__lte=by)


def is_old(today: date) -> Q:
    """Activities that should be looked at again, those that should be hidden too; the same rule, for the database."""
    return Q(checked_on=None) | Q(checked_on__lt=_months_before(today, "house__check_every_months"))


def is_forgotten(today: date) -> Q:
    """Activities that nobody looked at for so long that parents are better off without them."""
    return Q(checked_on__lt=_months_before(today, "house__hide_after_months"))


def _months_before(today: date, months: str) -> ExpressionWrapper:
    return ExpressionWrapper(
        Value(today, output_field=DateField()) - Months(F(months)), output_field=DateField()
    )
