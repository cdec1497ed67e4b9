"""What somebody fills in to get the weekly mail: an address."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """An address; it is asked there whether it wants the mail."""

    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("We sturen je eerst een mail om te vragen of het klopt."),
        max_length=254,
        error_messages={
            "required": _("Schrijf je e-mailadres."),
            "invalid": _("Dit adres klopt niet. Kijk het na."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
