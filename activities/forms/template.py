"""What is asked to keep a template, and to copy a season."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError

from activities.models import Activity
from huizen.forms import DateInput

#: A season begins on a day that people can plan.
FURTHEST = timedelta(days=730)
MOST = 60


class TemplateForm(forms.Form):
    """The name under which a House finds its template again."""

    name = forms.CharField(
        label="Naam van het sjabloon",
        max_length=100,
        error_messages={"required": "Geef het sjabloon een naam."},
    )


class SeasonForm(forms.Form):
    """Which offer comes back, and from which day."""

    starts_on = forms.DateField(
        label="Eerste dag van het nieuwe seizoen",
        widget=DateInput,
        help_text="Alles schuift evenveel weken op. Een maandag blijft een maandag.",
        error_messages={"required": "Kies een dag.", "invalid": "Kies een dag."},
    )
    activities = forms.ModelMultipleChoiceField(
        label="Wat komt terug?",
        queryset=Activity.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één activiteit.",
            "invalid_choice": "Kies uit de lijst.",
            "invalid_pk_value": "Kies uit de lijst.",
        },
    )

    def __init__(self, *args, rows, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["activities"].queryset = rows

    def clean_starts_on(self) -> date:
        day = self.cleaned_data["starts_on"]
        if not self.today <= day <= self.today + FURTHEST:
            raise ValidationError("Kies een dag tussen vandaag en over twee jaar.")
        return day

    def clean_activities(self):
        chosen = self.cleaned_data["activities"]
        if len(chosen) > MOST:
            raise ValidationError(f"Kies hoogstens {MOST} activiteiten.")
        return chosen
