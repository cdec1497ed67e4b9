"""Where to write when there is a place."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class SpotWatchForm(forms.Form):
    """An address, and a field that only machines fill in."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Jouw e-mailadres"),
        error_messages={
            "required": _("Schrijf je e-mailadres."),
            "invalid": _("Dit e-mailadres klopt niet. Kijk het nog eens na."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    laat_leeg = forms.CharField(required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("laat_leeg"):
            raise forms.ValidationError(
                gettext("Laat het veld 'Laat dit leeg' leeg, en verstuur het nog eens.")
            )
        return cleaned
