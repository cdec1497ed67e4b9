"""Which two axes a coordinator holds against each other, and at which place."""

from django import forms

from activities.coverage_facts import Facts

ROWS, COLUMNS = "domein", "leeftijd"


class CoverageForm(forms.Form):
    """All of it stands in the address; nothing and nonsense show life domains against ages."""

    huis = forms.SlugField(required=False, widget=forms.HiddenInput)
    rijen = forms.ChoiceField(label="Rijen", required=False)
    kolommen = forms.ChoiceField(label="Kolommen", required=False)
    plek = forms.ChoiceField(label="Alleen op de plek", required=False)

    def __init__(self, data, facts: Facts):
        data = data.copy()
        data.setdefault("rijen", ROWS)
        data.setdefault("kolommen", COLUMNS)
        super().__init__(data)
        axes = [(axis.code, axis.label) for axis in facts.axes.values()]
        self.fields["rijen"].choices = self.fields["kolommen"].choices = axes
        places = facts.axes["plek"].values
        self.fields["plek"].choices = [
            ("", "Alle plekken"),
            *((each.key, each.label) for each in places if each.key),
        ]

    def clean(self):
        asked = super().clean()
        if asked.get("rijen") and asked.get("rijen") == asked.get("kolommen"):
            self.add_error("kolommen", "Kies voor de kolommen iets anders dan voor de rijen.")
        return asked

    @property
    def axes(self) -> tuple[str, str]:
        """The codes of the rows and of the columns."""
        asked = self.cleaned_data if self.is_valid() else {}
        return asked.get("rijen") or ROWS, asked.get("kolommen") or COLUMNS

    @property
    def place(self) -> str:
        """The key of the one place, or ""."""
        return self.cleaned_data["plek"] if self.is_valid() else ""
