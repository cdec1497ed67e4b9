"""What an officer fills in about a call: when it begins, and by which day of the year each report is due."""

import re
from datetime import date

from django import forms

from huizen.forms import DateInput
from projects.models import Call, Period, ReportKind


class DayOfYearField(forms.CharField):
    """A day of the calendar, "1/4", as (month, day); nothing for nothing."""

    def __init__(self, **kwargs):
        super().__init__(max_length=5, required=False, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", text, re.ASCII)
        try:
            # A year without 29 February: not every year has that day.
            day = date(2001, int(found[2]), int(found[1]))
        except (TypeError, ValueError) as error:
            raise forms.ValidationError("Schrijf een dag en een maand, zoals 1/4.") from error
        return day.month, day.day


class TermForm(forms.Form):
    """The first day of a call, and the last day for each kind of report."""

    starts_on = forms.DateField(label="Eerste dag van het eerste werkingsjaar", widget=DateInput)
    content = DayOfYearField(
        label="Inhoudelijk verslag, ten laatste op", help_text="Dag en maand, zoals 1/4."
    )
    financial = DayOfYearField(label="Financieel verslag, ten laatste op")
    self_evaluation = DayOfYearField(label="Zelfevaluatie, ten laatste op")

    def __init__(self, *args, call: Call, **kwargs):
        super().__init__(*args, initial={"starts_on": call.starts_on}, **kwargs)

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day.day != 1 or not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Kies de eerste dag van een maand.")
        return day

    @property
    def deadlines(self) -> dict[ReportKind, tuple[int, int]]:
        """The day of each kind that is asked."""
        return {kind: self.cleaned_data[kind.value] for kind in ReportKind if self.cleaned_data[kind.value]}


class DeadlineForm(forms.ModelForm):
    """Another last day for one period."""

    class Meta:
        model = Period
        fields = ["due_on"]
        widgets = {"due_on": DateInput}

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError("Kies een dag na het einde van het werkingsjaar.")
        return day
