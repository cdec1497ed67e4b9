"""Which decisions of the register somebody looks for."""

from django import forms

from huizen.models import House
from partners.forms.rows import QuietField
from partners.models import MeetingGroup


class DecisionFilter(forms.Form):
    """Words, a group and a year of one House (None: of the network); what was not understood narrows nothing."""

    bound_field_class = QuietField

    q = forms.CharField(label="Zoek", max_length=80, required=False)
    groep = forms.ModelChoiceField(
        MeetingGroup.objects.none(), label="Groep", required=False, empty_label="Alle overleg"
    )
    jaar = forms.TypedChoiceField(label="Jaar", coerce=int, empty_value=None, required=False)
    huis = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data, *, house: House | None, years: list[int]):
        super().__init__(data)
        self.fields["groep"].queryset = MeetingGroup.objects.filter(house=house).order_by("name")
        self.fields["jaar"].choices = [(year, str(year)) for year in years]
        self.latest = years[0]

    def wanted(self) -> dict:
        """What `partners.decisions.decisions` takes: of the latest year where none was asked."""
        self.is_valid()
        known = self.cleaned_data
        year = known.get("jaar") or self.latest
        return {"words": known.get("q", ""), "group": known.get("groep"), "year": year}
