"""Forms about a row that somebody else may change meanwhile: two people in one form lose nothing."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.formats import localize

from projects.typed import mark_of


class SeenForm(forms.ModelForm):
    """A form that remembers what stood in its row when the page was made.

    What a colleague changed meanwhile and she did not, stays as the colleague wrote it. Where both wrote, the field says what
    stands there now, and keeping again replaces it.
    """

    #: The mark of what stood in each field, by name.
    gezien = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["gezien"]
            return
        self.stands = {name: self.initial.get(name) for name in self._meta.fields if name in self.fields}
        self.initial["gezien"] = self._marks()

    def clean(self):
        facts = super().clean()
        seen = facts.pop("gezien", None)
        if isinstance(seen, Mapping):
            for name in self.stands.keys() & facts.keys() & seen.keys():
                self._beside(name, seen[name])
            self.data = self.data.copy()
            self.data[self.add_prefix("gezien")] = self["gezien"].field.prepare_value(self._marks())
        return facts

    def _marks(self) -> dict[str, str]:
        return {name: mark_of(_text(value)) for name, value in self.stands.items()}

    def _beside(self, name: str, seen: str) -> None:
        """One field: as she typed it, as it stands now, or a sentence where both differ from what she saw."""
        typed, now = mark_of(_text(self.cleaned_data[name])), mark_of(_text(self.stands[name]))
        if now in (seen, typed):
            return
        if typed == seen:
            self.cleaned_data[name] = self.fields[name].clean(self.stands[name])
            return
        said = self._in_words(name)
        self.add_error(
            name, f"Iemand anders schreef hier intussen: {said}. Bewaar opnieuw om het te vervangen."
        )

    def _in_words(self, name: str) -> str:
        value, field = self.stands[name], self.fields[name]
        chosen = {_text(each) for each in (value if isinstance(value, list) else [value])}
        if labels := [str(label) for key, label in getattr(field, "choices", ()) if _text(key) in chosen]:
            return f"“{', '.join(labels)}”"
        return f"“{localize(value)}”" if value not in (None, "") else "niets"


def _text(value: Any) -> str:
    """A value as text, however it comes: out of the row, or out of the form."""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, list | tuple):
        return ",".join(sorted(map(str, value)))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
