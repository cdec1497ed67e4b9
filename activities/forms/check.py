"""What somebody fills in who answers by a link that an offer changes or stops."""

from datetime import timedelta

from django import forms

from activities.models import CheckQuestion
from huizen.forms import DateInput

Answer = CheckQuestion.Answer
#: How far from today an end may lie: further is a slip of the finger.
BACK, AHEAD = timedelta(days=366), timedelta(days=3 * 366)
TEXT = {"rows": 3, "maxlength": 400}


class ChangeForm(forms.Form):
    """What changes, in a few words."""

    text = forms.CharField(
        label="Wat verandert er?",
        help_text="Bijvoorbeeld: vanaf januari begint het om 10 uur.",
        max_length=400,
        widget=forms.Textarea(attrs=TEXT),
        error_messages={"required": "Schrijf kort wat er verandert."},
    )
    prefix = Answer.CHANGES.value


class StopForm(forms.Form):
    """From which day there is no more of it."""

    stops_on = forms.DateField(
        label="Vanaf welke dag is het er niet meer?",
        widget=DateInput(),
        error_messages=dict.fromkeys(("required", "invalid"), "Kies een dag."),
    )
    text = forms.CharField(
        label="Wil je er iets bij zeggen?",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs=TEXT),
    )
    prefix = Answer.STOPS.value

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_stops_on(self):
        day = self.cleaned_data["stops_on"]
        if not self.today - BACK <= day <= self.today + AHEAD:
            raise forms.ValidationError("Deze dag ligt te ver van vandaag. Kijk het jaar na.")
        return day
