"""What the database picks out of a frozen version or an act in the logbook, so that the whole of it need not travel."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, TextField


def spent_in(content: str) -> Func:
    """What a financial report says was spent, in cents.

    A line of the budget that was taken away before the report was accepted was never spent from.
    """
    return Func(
        F(content),
        template=(
            "(SELECT COALESCE(SUM((part ->> 'cents')::bigint), 0)"
            " FROM jsonb_path_query(%(expressions)s, '$.parts[*].spent') AS part"
            " JOIN projects_budgetline AS line ON line.id = (part ->> 'line')::bigint AND line.spent IS NOT NULL)"
        ),
        output_field=BigIntegerField(),
    )


def signals_in(content: str) -> Func:
    """What a project says of each objective, in their order: codes, None where it says nothing."""
    return Func(
        F(content),
        template=(
            "ARRAY(SELECT %(expressions)s #>> ARRAY['by_objective', substr(part ->> 'key', length('signal-') + 1)]"
            """ FROM jsonb_path_query(%(expressions)s, '$.parts[*] ? (@.key starts with "signal-")') AS part)"""
        ),
        output_field=ArrayField(TextField()),
    )


def names_in(changes: str) -> Func:
    """The names of what an act changed; those of the same things are equal."""
    return Func(
        F(changes),
        template="ARRAY(SELECT jsonb_object_keys(%(expressions)s))",
        output_field=ArrayField(TextField()),
    )
