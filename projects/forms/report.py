"""A report as fields: what is typed, what stood there before, and what stops it from being handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.html import escape

from projects.forms.typed import Row, TypedForm
from projects.models import ChangeRequest
from projects.numbers import write_number
from projects.report_parts import SUMMARY, SUMMARY_LINES, Kind, Part, Signal
from projects.typed import LONGEST


@dataclass(frozen=True)
class Section:
    """Parts under one heading."""

    title: str
    rows: list[Row]


class ReportForm(TypedForm):
    """All parts of a report; what stops it from being handed in stands in projects/report_parts.py."""

    def sections(self, others: Mapping[str, str]) -> list[Section]:
        """The parts under their headings."""
        found: dict[str, list[Row]] = {}
        for row in self.rows(others):
            found.setdefault(row.part.section, []).append(row)
        return [Section(title, rows) for title, rows in found.items()]

    def field_of(self, part: Part) -> forms.Field:
        facts = {"label": part.label, "required": part.required, "help_text": _help(part)}
        if part.kind == Kind.SIGNAL:
            return forms.ChoiceField(choices=[("", "Kies"), *Signal.choices], **facts)
        if part.measured:
            # Not a number field: people write 1.250,50, and browsers refuse it.
            number = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 16})
            return forms.CharField(widget=number, **facts)
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
