"""What is kept field by field as it is typed, as a form: each field with the mark of what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from projects.typed import Typed, mark_of

#: What a page sends beside each field: the mark of what stood there when it was made.
SEEN = "was-"


@dataclass(frozen=True)
class Row:
    """One part on the page. `other`: what somebody else wrote there meanwhile."""

    part: Any
    field: forms.BoundField
    mark: str
    other: str | None


class TypedForm(forms.Form):
    """The parts of something, each with what stands in it as text. Its faults come from the rules of the thing, not from the
    fields, and only stand there where the page asks for them."""

    use_required_attribute = False

    def __init__(self, parts: list, values: Mapping[str, str], faults: Mapping[str, str] = {}):
        super().__init__(data=values if faults else None, initial=values)
        self.parts, self.faults = parts, faults
        for part in parts:
            self.fields[part.key] = self.field_of(part)

    def field_of(self, part) -> forms.Field:
        """In what a part is typed."""
        raise NotImplementedError

    def full_clean(self):
        self.cleaned_data = {}
        self._errors = ErrorDict(renderer=self.renderer)
        for key, fault in self.faults.items():
            self._errors[key] = self.error_class([fault], renderer=self.renderer)

    def rows(self, others: Mapping[str, str]) -> list[Row]:
        """Every part. Where somebody else wrote (`others`), saving again replaces what she wrote."""
        stood = {**self.initial, **others}
        return [
            Row(part, self[part.key], mark_of(stood[part.key]), others.get(part.key)) for part in self.parts
        ]


def typed_in(data: QueryDict) -> dict[str, Typed]:
    """What a page sent: each field that came with its mark; several ticks are one text, none is an empty one."""
    keys = [name.removeprefix(SEEN) for name in data if name.startswith(SEEN)]
    return {key: Typed(",".join(data.getlist(key)), data[f"{SEEN}{key}"]) for key in keys}
