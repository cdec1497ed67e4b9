"""What an officer fills in about money: a line of the budget, and a part that a report releases."""

from django import forms

from projects.models import BudgetLine, FundingSource, ProgressReport, Project
from projects.models.budget import MOST_CENTS
from projects.numbers import cents_of


class EuroField(forms.CharField):
    """An amount in euro (1.250 or 1.250,50), kept in cents, of `least` cents or more; nothing for nothing."""

    def __init__(self, *, least: int = 1, **kwargs):
        self.least = least
        super().__init__(max_length=16, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text and not self.required:
            return None
        try:
            cents = cents_of(text)
        except ValueError as error:
            raise forms.ValidationError("Schrijf het bedrag zo: 1.250 of 1.250,50.") from error
        if not self.least <= cents <= MOST_CENTS:
            raise forms.ValidationError(
                f"Kies een bedrag van {'1 cent' if self.least else '0'} tot 10 miljoen euro."
            )
        return cents


class BudgetLineForm(forms.Form):
    """One line: for what, in which working year, who pays, how much."""

    number = forms.TypedChoiceField(label="Werkingsjaar", coerce=int)
    what = forms.CharField(label="Waarvoor", max_length=BudgetLine._meta.get_field("what").max_length)
    source = forms.ChoiceField(label="Wie betaalt", choices=FundingSource.choices)
    cents = EuroField(label="Bedrag in euro")

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, **kwargs)
        numbers = range(1, project.years + 1)
        self.fields["number"].choices = [(number, f"werkingsjaar {number}") for number in numbers]


class InstalmentForm(forms.Form):
    """A part of the money, after a report."""

    report = forms.ModelChoiceField(label="Na aanvaarding van", queryset=None)
    cents = EuroField(label="Bedrag in euro")

    def __init__(self, *args, project: Project, **kwargs):
        super().__init__(*args, **kwargs)
        reports = ProgressReport.objects.filter(project=project, instalments=None).exclude(state="accepted")
        reports = reports.select_related("period__call", "project").order_by("period__due_on", "pk")
        self.fields["report"].queryset = reports
        self.fields["report"].label_from_instance = lambda report: str(report.period)
