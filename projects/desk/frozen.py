"""What the database picks out of a frozen version or an act in the logbook, so that the whole of it need not travel."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, JSONField, TextField


def spent_in(content: str) -> Func:
    """What a financial report says was spent: a list of {line, cents, budget}."""
    return _picked(content, "$.parts[*].spent")


def signals_in(content: str) -> Func:
    """The parts in which a project says how an objective stands, in their order."""
    return _picked(content, '$.parts[*] ? (@.key starts with "signal-")')


def names_in(changes: str) -> Func:
    """The names of what an act changed; those of the same things are equal."""
    return Func(
        F(changes),
        template="ARRAY(SELECT jsonb_object_keys(%(expressions)s))",
        output_field=ArrayField(TextField()),
    )


def _picked(content: str, path: str) -> Func:
    return Func(
        F(content),
        template=f"jsonb_path_query_array(%(expressions)s, '{path}')",
        output_field=JSONField(),
    )
