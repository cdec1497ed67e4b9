"""What the agency fills in about a House."""

from datetime import date

from django import forms
from django.db.models import Q

from huizen.forms import DateInput
from huizen.models import House, Municipality


class NetworkFilter(forms.Form):
    """Which Houses to show; the address holds it."""

    q = forms.CharField(label="Zoek een Huis", max_length=80, required=False)

    def narrow(self, houses):
        """The Houses that fit; what was not understood narrows nothing and says so."""
        return houses.filter(name__icontains=self.cleaned_data["q"]) if self.is_valid() else houses


class FoundForm(forms.Form):
    """A new House: its name, where it begins, and who leads it."""

    name = forms.CharField(label="Naam", max_length=120, help_text="Zoals: Huis van het Kind Voorbeeld")
    form = forms.ChoiceField(label="Vorm", choices=House.Form)
    municipality = forms.ModelChoiceField(
        label="Eerste gemeente",
        queryset=Municipality.objects.none(),
        help_text="De coördinator kan er later meer toevoegen.",
    )
    since = forms.DateField(label="Sinds", widget=DateInput)
    coordinator = forms.EmailField(label="E-mailadres van de coördinator", max_length=254)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        served = Q(working_areas__until=None, working_areas__isnull=False)
        present = Municipality.objects.on(today).exclude(served)
        self.fields["municipality"].queryset = present.order_by("name", "nis_code")
        self.fields["municipality"].empty_label = "Kies een gemeente"
        self.fields["since"].initial = today


class StandingForm(forms.ModelForm):
    """Where a House stands. Recognised and subsidised are two things."""

    class Meta:
        model = House
        fields = ["is_recognised", "is_subsidised", "is_published"]
