"""Where to write when there is a place."""

from django import forms


class SpotWatchForm(forms.Form):
    """An address, and a field that only machines fill in."""

    use_required_attribute = False

    email = forms.EmailField(
        label="Jouw e-mailadres",
        error_messages={
            "required": "Schrijf je e-mailadres.",
            "invalid": "Dit e-mailadres klopt niet. Kijk het nog eens na.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    laat_leeg = forms.CharField(required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("laat_leeg"):
            raise forms.ValidationError("Laat het veld 'Laat dit leeg' leeg, en verstuur het nog eens.")
        return cleaned
