"""More rows without JavaScript: the page comes back with what was typed and some empty rows."""

from django.forms import BaseFormSet
from django.http import QueryDict

from huizen.forms import PortalField

#: More than any formset of ours takes.
MOST = 100


class QuietField(PortalField):
    """A field of a row or a filter, where all may stay empty: saying so at each of them is noise."""

    says_optional = False


def typed_rows(data: QueryDict, prefix: str) -> list[dict[str, str]]:
    """What was typed in each row of a formset, not judged yet; empty rows are left out."""
    rows = []
    for number in range(MOST):
        start = f"{prefix}-{number}-"
        row = {name.removeprefix(start): data[name] for name in data if name.startswith(start)}
        if any(value.strip() for name, value in row.items() if name != "purpose"):
            rows.append(row)
    return rows


def more_rows(formset: type[BaseFormSet], rows: list[dict[str, str]], prefix: str) -> BaseFormSet:
    """A formset with these rows, and empty ones behind them."""
    return formset(initial=rows, prefix=prefix)
