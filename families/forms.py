"""What a family lets us remember: where it lives, and when its children were born."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from families.actions.family import MOST_CHILDREN
from families.models import Family
from huizen.finder import find_places, place_by_key
from huizen.forms import MonthField
from huizen.vocabulary import AGE_MAX, AGE_MIN, LANGUAGES


class HomeForm(forms.Form):
    """A postcode or a place; a doubt is asked back, never guessed."""

    home = forms.CharField(
        label="Waar woon je?",
        help_text="Je postcode of je gemeente. Zo tonen we eerst wat dichtbij is.",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )

    languages = forms.MultipleChoiceField(
        label="Wat spreken jullie thuis?",
        help_text="Dan tonen we eerst wat je kan volgen.",
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_home(self):
        typed = self.cleaned_data["home"].strip()
        if not typed:
            return ""
        places = find_places(typed, day=self.today)
        if len(places) == 1 and places[0].exact:
            return places[0].slug
        if not places:
            raise ValidationError("Die plaats kennen we niet. Probeer je postcode.")
        labels = ", ".join(place.label for place in places[:4])
        raise ValidationError(f"Welke bedoel je? {labels}. Schrijf de postcode erbij.")


class ChildForm(forms.Form):
    """A child: the name may stay away, the month is what finds a fitting activity."""

    first_name = forms.CharField(label="Voornaam", max_length=40, required=False)
    birth_month = MonthField(
        label="Geboortemaand",
        help_text="Bijvoorbeeld 3/2024. Ben je zwanger? Kies de maand waarin je baby komt.",
        required=False,
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_birth_month(self) -> date | None:
        month = self.cleaned_data["birth_month"]
        if month is None:
            return None
        age = (self.today.year - month.year) * 12 + self.today.month - month.month
        if not AGE_MIN <= age <= AGE_MAX:
            raise ValidationError("Kies een maand tussen 25 jaar geleden en 9 maanden ver.")
        return month

    def clean(self):
        month_is_blank = "birth_month" not in self.errors and not self.cleaned_data.get("birth_month")
        if self.cleaned_data.get("first_name") and month_is_blank:
            self.add_error("birth_month", "Kies ook de geboortemaand.")
        return self.cleaned_data


class ChildRows(forms.BaseFormSet):
    """As many rows as there are children, and two more."""

    @property
    def children(self) -> list[tuple[str, date]]:
        """Name and month of every row that was filled in."""
        rows = [form.cleaned_data for form in self.forms]
        return [(row["first_name"], row["birth_month"]) for row in rows if row.get("birth_month")]


ChildFormSet = forms.formset_factory(
    ChildForm, formset=ChildRows, extra=2, max_num=MOST_CHILDREN, absolute_max=MOST_CHILDREN
)


def initial_for(family: Family | None, *, today: date) -> tuple[dict, list[dict]]:
    """What the forms show at first: what we remember now."""
    if family is None:
        return {}, []
    children = [
        {"first_name": child.first_name, "birth_month": child.birth_month}
        for child in family.children.order_by("birth_month", "pk")
    ]
    return {"home": home_label(family, today=today), "languages": family.languages}, children


def home_label(family: Family | None, *, today: date) -> str:
    """Where a family lives, in words; empty when it did not say."""
    place = place_by_key(family.home, day=today) if family and family.home else None
    return place.label if place else ""
