"""Forms that everybody may send, without an account."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huizen.forms import PortalField


class Trap(PortalField):
    """A field that nobody sees: only a machine fills it in."""

    says_optional = False

    def css_classes(self, extra_classes=None) -> str:
        return "visually-hidden"


class OpenForm(forms.Form):
    """A form with a trap for machines. Who comes too often is stopped by `huizen.throttle`."""

    laat_leeg = forms.CharField(
        label=_("Laat dit leeg"),
        required=False,
        max_length=200,
        bound_field_class=Trap,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_laat_leeg(self) -> str:
        if self.cleaned_data["laat_leeg"]:
            raise ValidationError(_("Maak dit veld leeg, en verstuur het nog eens."))
        return ""
