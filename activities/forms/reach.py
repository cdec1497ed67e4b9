"""Which House and which year somebody looks at."""

from collections.abc import Sequence

from django import forms

from huizen.models import House


class ReachForm(forms.Form):
    """A House, for who works for several, and a year that was counted."""

    huis = forms.ChoiceField(label="Huis")
    jaar = forms.ChoiceField(label="Jaar")

    def __init__(self, *, houses: Sequence[House], years: Sequence[int], house: House, year: int):
        super().__init__(initial={"huis": house.slug, "jaar": year})
        self.fields["huis"].choices = [(each.slug, each.name) for each in houses]
        self.fields["jaar"].choices = [(each, each) for each in years]
        if len(houses) < 2:
            del self.fields["huis"]
