"""What a visitor fills in about a page that is wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, Report
from huizen.forms.open import OpenForm
from huizen.models import House


class AboutForm(forms.Form):
    """What the report is about, as it stands in the address; what we do not know is left out."""

    activiteit = forms.SlugField(required=False, max_length=120)
    huis = forms.SlugField(required=False, max_length=80)

    def about(self) -> tuple[Activity | None, House | None]:
        """The activity and the House that are meant; None where the address names none that parents see."""
        self.is_valid()
        asked = self.cleaned_data
        if slug := asked.get("activiteit"):
            activity = Activity.objects.published().select_related("house").filter(slug=slug).first()
            return activity, activity.house if activity else None
        slug = asked.get("huis")
        return None, House.objects.published().filter(slug=slug).first() if slug else None


class ReportForm(OpenForm):
    """One choice, a few words where they are needed, and an address only for who wants to hear back."""

    kind = forms.ChoiceField(
        label=_("Wat klopt er niet?"),
        choices=[choice for choice in Report.Kind.choices if choice[0] not in Report.OF_KEEPERS],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies wat er niet klopt.")),
    )
    text = forms.CharField(
        label=_("Vertel het ons"),
        help_text=_("Een paar woorden zijn genoeg. Schrijf geen namen van kinderen."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )
    email = forms.EmailField(
        label=_("Je e-mailadres"),
        help_text=_("Alleen als je wil weten dat het opgelost is. Een maand later wissen we het."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Dit e-mailadres klopt niet. Kijk het nog eens na.")},
    )
    field_order = ["kind", "text", "email", "laat_leeg"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Report.Kind.OTHER and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", _("Vertel kort wat er niet klopt."))
        return cleaned
