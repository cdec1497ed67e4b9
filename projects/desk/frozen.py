"""What the database picks out of a frozen version or an act in the logbook, so that the whole of it need not travel."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, JSONField, TextField


def spent_in(content: str) -> Func:
    """What a financial report says was spent: a list of {line, cents, budget}."""
    return Func(
        F(content),
        template="jsonb_path_query_array(%(expressions)s, '$.parts[*].spent')",
        output_field=JSONField(),
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
