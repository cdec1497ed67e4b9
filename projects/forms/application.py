"""A step of an application as fields: what is typed, what stood there before, and what is still missing."""

from collections.abc import Mapping
from itertools import groupby

from django import forms

from huizen.models import House
from huizen.vocabulary import PolicyGoal
from partners.forms.agreement import PdfField
from projects.application.parts import Kind, Part
from projects.application.standing import Standing
from projects.forms.typed import Row, TypedForm
from projects.models import ApplicationFile, FundingSource
from projects.typed import LONGEST


class Ticks(forms.CheckboxSelectMultiple):
    """Several ticks, kept as one text."""

    def format_value(self, value):
        return super().format_value(value.split(",") if value else [])


class StepForm(TypedForm):
    """The fields of one step; what is still missing comes from the rules of the call (projects/application/rules.py)."""

    def groups(self, others: Mapping[str, str]) -> list[tuple[str, list[Row]]]:
        """The fields, those of one line together."""
        return [(name, list(own)) for name, own in groupby(self.rows(others), lambda row: row.part.group)]

    def field_of(self, part: Part) -> forms.Field:
        facts = {"label": part.label, "required": part.required, "help_text": part.help}
        if part.kind == Kind.GOALS:
            return forms.MultipleChoiceField(choices=PolicyGoal.choices, widget=Ticks, **facts)
        if part.kind == Kind.SOURCE:
            return forms.ChoiceField(choices=[("", "Kies"), *FundingSource.choices], **facts)
        if part.kind == Kind.TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}), **facts)
        attrs = {"maxlength": part.longest} | ({"inputmode": "decimal"} if part.kind == Kind.EURO else {})
        return forms.CharField(widget=forms.TextInput(attrs=attrs), **facts)


def step_form(standing: Standing, step, *, with_faults: bool) -> StepForm:
    """One step as it stands, with what is missing in it where that is asked."""
    parts = standing.parts_in(step)
    keys = {part.key for part in parts}
    faults = {key: text for key, text in standing.faults.items() if key in keys} if with_faults else {}
    return StepForm(parts, standing.values, faults)


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
