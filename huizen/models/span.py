"""Spans of days in constraints, and equality that GiST understands without the extension btree_gist."""

from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField
from django.db.models import BigIntegerField, F, Func, Value
from django.db.models.functions import Cast


def days(since: str = "since", until: str = "until") -> Func:
    """The days of a row as a range, the last day included; an empty `until` has no end."""
    return Func(F(since), F(until), Value("[]"), function="daterange", output_field=DateRangeField())


def same(field: str) -> Func:
    """A whole number (or a code of digits) as a range of one: two of them overlap when they are equal."""
    number = Cast(F(field), BigIntegerField())
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())
