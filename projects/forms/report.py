"""A report as fields: what is typed, what stood there before, and what stops it from being handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.html import escape

from projects.models import ChangeRequest
from projects.numbers import write_number
from projects.report_parts import SUMMARY, SUMMARY_LINES, Kind, Part, Signal
from projects.typed import LONGEST, Typed, mark_of

#: What a page sends beside each field: the mark of what stood there when it was made.
SEEN = "was-"


@dataclass(frozen=True)
class Row:
    """One part on the page. `other`: what somebody else wrote there meanwhile."""

    part: Part
    field: forms.BoundField
    mark: str
    other: str | None


@dataclass(frozen=True)
class Section:
    """Parts under one heading."""

    title: str
    rows: list[Row]


class ReportForm(forms.Form):
    """All parts of a report. Its faults come from the rules of a report (projects/report_parts.py), not from the fields."""

    use_required_attribute = False
    without_summary = True

    def __init__(self, parts: list[Part], values: Mapping[str, str], faults: Mapping[str, str] = {}):
        super().__init__(data=values if faults else None, initial=values)
        self.parts, self.faults = parts, faults
        for part in parts:
            self.fields[part.key] = _field(part)

    def full_clean(self):
        self.cleaned_data = {}
        self._errors = ErrorDict(renderer=self.renderer)
        for key, fault in self.faults.items():
            self._errors[key] = self.error_class([fault], renderer=self.renderer)

    def sections(self, others: Mapping[str, str] = {}) -> list[Section]:
        """The parts under their headings. Where somebody else wrote, saving again replaces what she wrote."""
        found: dict[str, list[Row]] = {}
        for part in self.parts:
            other = others.get(part.key)
            shown = self.initial[part.key] if other is None else other
            found.setdefault(part.section, []).append(Row(part, self[part.key], mark_of(shown), other))
        return [Section(title, rows) for title, rows in found.items()]


def typed_in(data: QueryDict) -> dict[str, Typed]:
    """What a page sent: each field that came with its mark."""
    keys = [name.removeprefix(SEEN) for name in data if name.startswith(SEEN)]
    return {key: Typed(data[key], data[f"{SEEN}{key}"]) for key in keys if key in data}


def _field(part: Part) -> forms.Field:
    facts = {"label": part.label, "required": part.required, "help_text": _help(part)}
    if part.kind == Kind.SIGNAL:
        choices = [("", "Kies"), *Signal.choices]
        return forms.ChoiceField(choices=choices, **facts)
    if part.measured:
        # Not a number field: people write 1.250,50, and browsers refuse it.
        return forms.CharField(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 16}), **facts
        )
    rows = SUMMARY_LINES if part.key == SUMMARY else 2 if part.kind == Kind.NOTE else 6
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST}), **facts)


def _help(part: Part) -> str:
    """What helps to answer, and for a number what it is held against."""
    sentences, measured = [part.guide], part.measured
    if measured and measured.target is not None:
        aim = "Begroot" if part.kind == Kind.EURO else "Streefcijfer"
        sentences.append(f"{aim}: {write_number(measured.target)} {measured.unit}.")
    if measured and measured.last is not None:
        sentences.append(f"Vorig werkingsjaar: {write_number(measured.last)}.")
    if measured and measured.yardstick and measured.yardstick.is_new_baseline:
        sentences.append("De meetlat is nieuw.")
    # Help texts are shown as they are; this one holds words that people typed.
    return escape(" ".join(filter(None, sentences)))


class PointAnswerForm(forms.ModelForm):
    """What the project did with a point of the agency."""

    class Meta:
        model = ChangeRequest
        fields = ["answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 2})}
        labels = {"answer": "Wat deed je ermee?"}
