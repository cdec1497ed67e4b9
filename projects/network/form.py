"""What the picture of the network is asked for: a province, a year, a day, which Houses."""

from collections.abc import Callable
from datetime import date

from django import forms

from huizen.forms import DateInput
from huizen.models import Municipality
from projects.network.picture import HouseLine

YEARS = 6
#: Which Houses to show, and how each kind is known.
SHOWN: dict[str, tuple[str, Callable[[HouseLine], bool]]] = {
    "": ("Alle Huizen", lambda line: True),
    "pijler": ("Mist een pijler", lambda line: bool(line.missing_pillars)),
    "oud": ("Aanbod lang niet nagekeken", lambda line: bool(line.old or line.hidden)),
    "geteld": ("Nog niemand geteld", lambda line: not line.reach.moments),
}


class NetworkForm(forms.Form):
    """The address holds it; nonsense is said at its field, and then all is shown."""

    provincie = forms.ChoiceField(
        label="Provincie", choices=[("", "Overal"), *Municipality.Province.choices], required=False
    )
    jaar = forms.TypedChoiceField(label="Bereik van het jaar", coerce=int, required=False, empty_value=None)
    toon = forms.ChoiceField(
        label="Welke Huizen", choices=[(key, label) for key, (label, _) in SHOWN.items()], required=False
    )
    op = forms.DateField(
        label="Werkingsgebieden zoals op", widget=DateInput, required=False, help_text="Leeg: vandaag."
    )
    beeld = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["jaar"].choices = [
            (str(year), str(year)) for year in range(today.year, today.year - YEARS, -1)
        ]
        if not self.data.get("beeld"):
            # The municipalities are the same whichever Houses are asked for.
            self.fields["toon"].widget = forms.HiddenInput()
        self.is_valid()

    @property
    def year(self) -> int:
        return self.cleaned_data.get("jaar") or self.today.year

    @property
    def day(self) -> date:
        return self.cleaned_data.get("op") or self.today

    @property
    def province(self) -> str:
        return self.cleaned_data.get("provincie", "")

    def shows(self, line: HouseLine) -> bool:
        """Whether a House is one of those that were asked for."""
        return SHOWN[self.cleaned_data.get("toon", "")][1](line)
