"""A step of an application as fields: what is typed, what stood there before, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from huizen.models import House
from huizen.vocabulary import PolicyGoal
from partners.forms.agreement import PdfField
from projects.application.parts import Kind, Part
from projects.application.standing import Standing
from projects.forms.report import SEEN
from projects.models import ApplicationFile, FundingSource
from projects.typed import LONGEST, Typed, mark_of


@dataclass(frozen=True)
class Row:
    """One field on the page. `other`: what somebody else wrote there meanwhile."""

    part: Part
    field: forms.BoundField
    mark: str
    other: str | None


class StepForm(forms.Form):
    """The fields of one step. Faults come from the rules of the call (projects/application/rules.py), and only stand
    at the fields where the page asks for them."""

    use_required_attribute = False

    def __init__(self, parts: list[Part], values: Mapping[str, str], faults: Mapping[str, str] = {}):
        shown = {part.key: _shown(part, values[part.key]) for part in parts}
        super().__init__(data=shown if faults else None, initial=shown)
        self.parts, self.faults, self.texts = parts, faults, values
        for part in parts:
            self.fields[part.key] = _field(part)

    def full_clean(self):
        self.cleaned_data = {}
        self._errors = ErrorDict(renderer=self.renderer)
        for key, fault in self.faults.items():
            self._errors[key] = self.error_class([fault], renderer=self.renderer)

    def groups(self, others: Mapping[str, str] = {}) -> list[tuple[str, list[Row]]]:
        """The fields, those of one line together. Where somebody else wrote, saving again replaces what she wrote."""
        rows = (self._row(part, others.get(part.key)) for part in self.parts)
        return [(name, list(own)) for name, own in groupby(rows, lambda row: row.part.group)]

    def _row(self, part: Part, other: str | None) -> Row:
        stood = self.texts[part.key] if other is None else other
        return Row(part, self[part.key], mark_of(stood), other)


def typed_in(data: QueryDict) -> dict[str, Typed]:
    """What a page sent: each field that came with its mark; several ticks are one text, none is an empty one."""
    keys = [name.removeprefix(SEEN) for name in data if name.startswith(SEEN)]
    return {key: Typed(",".join(data.getlist(key)), data[f"{SEEN}{key}"]) for key in keys}


def step_form(standing: Standing, step, *, with_faults: bool) -> StepForm:
    """One step as it stands, with what is missing in it where that is asked."""
    parts = standing.parts_in(step)
    keys = {part.key for part in parts}
    faults = {key: text for key, text in standing.faults.items() if key in keys} if with_faults else {}
    return StepForm(parts, standing.values, faults)


def _shown(part: Part, text: str):
    return [each for each in text.split(",") if each] if part.kind == Kind.GOALS else text


def _field(part: Part) -> forms.Field:
    facts = {"label": part.label, "required": part.required, "help_text": part.help}
    if part.kind == Kind.GOALS:
        return forms.MultipleChoiceField(
            choices=PolicyGoal.choices, widget=forms.CheckboxSelectMultiple, **facts
        )
    if part.kind == Kind.SOURCE:
        return forms.ChoiceField(choices=[("", "Kies"), *FundingSource.choices], **facts)
    if part.kind == Kind.TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}), **facts)
    attrs = {"maxlength": part.longest} | ({"inputmode": "decimal"} if part.kind == Kind.EURO else {})
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **facts)


class BeginForm(forms.Form):
    """For which House somebody asks a project."""

    house = forms.ModelChoiceField(label="Voor welk Huis?", queryset=House.objects.none(), empty_label=None)

    def __init__(self, *args, houses: list[House], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["house"].queryset = House.objects.filter(pk__in=[house.pk for house in houses]).order_by(
            "name"
        )


class FileForm(forms.ModelForm):
    """A document that goes with an application."""

    file = PdfField()

    class Meta:
        model = ApplicationFile
        fields = ["title", "file"]
        help_texts = {"title": "Bijvoorbeeld: brief van een partner."}
