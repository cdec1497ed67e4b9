"""What the database picks out of a frozen version, so that the whole of it need not travel."""

from django.db.models import F, Func, JSONField


def spent_in(content: str) -> Func:
    """What a financial report says was spent: a list of {line, cents, budget}."""
    return _picked(content, "$.parts[*].spent")


def signals_in(content: str) -> Func:
    """The parts in which a project says how an objective stands, in their order."""
    return _picked(content, '$.parts[*] ? (@.key starts with "signal-")')


def _picked(content: str, path: str) -> Func:
    return Func(
        F(content),
        template=f"jsonb_path_query_array(%(expressions)s, '{path}')",
        output_field=JSONField(),
    )
