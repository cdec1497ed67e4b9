"""The search of the results page: every choice stands in the address, and a wrong one is named, never an error."""

import re
from datetime import datetime

from django import forms

from activities.search.periods import PARTS_OF_DAY, between
from activities.search.wanted import Spot, Wanted
from activities.topics import TOPICS, meant_types
from huizen import words
from huizen.models.location import WEEKDAYS
from huizen.vocabulary import AGE_BANDS, AGE_MAX, AGE_MIN, Element, OfferType

ANY = ("", "Alles")
BANDS = {band.code: band for band in AGE_BANDS}
PERIODS = [
    ("vandaag", "Vandaag"),
    ("morgen", "Morgen"),
    ("week", "Deze week"),
    ("weekend", "In het weekend"),
    ("vakantie", "In de schoolvakantie"),
]
ORDERS = [
    ("beste", "Wat het best past"),
    ("buurt", "Jouw Huis eerst"),
    ("eerst", "Wat het eerst komt"),
    ("dichtst", "Wat het dichtst is"),
]
#: What the address may hold besides the wishes themselves.
ASIDE = {"plaats", "pagina"}


class SearchForm(forms.Form):
    """What somebody looks for. `plaats` is read by the page itself: it needs the finder of places."""

    q = forms.CharField(label="Wat zoek je?", required=False, max_length=120)
    straal = forms.ChoiceField(
        label="Hoe ver",
        required=False,
        choices=[("", "Maakt niet uit"), ("10", "Tot 10 km"), ("20", "Tot 20 km")],
    )
    leeftijd = forms.CharField(
        label="Hoe oud is je kind?",
        required=False,
        widget=forms.Select(choices=[ANY, *((band.code, band.label) for band in AGE_BANDS)]),
    )
    wanneer = forms.ChoiceField(label="Wanneer", required=False, choices=[("", "Altijd"), *PERIODS])
    dag = forms.TypedChoiceField(
        label="Welke dag",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Elke dag"), *((str(number), name.capitalize()) for number, name in WEEKDAYS)],
    )
    deel = forms.ChoiceField(
        label="Welk deel van de dag",
        required=False,
        choices=[("", "De hele dag"), *((part, f"In de {part}") for part in PARTS_OF_DAY)],
    )
    element = forms.ChoiceField(label="Wat", required=False, choices=[ANY, *Element.choices])
    gratis = forms.ChoiceField(label="Gratis", required=False, choices=[("", "Nee"), ("1", "Gratis")])
    vrij = forms.ChoiceField(
        label="Zonder inschrijven", required=False, choices=[("", "Nee"), ("1", "Zonder inschrijven")]
    )
    vraag = forms.ChoiceField(
        label="Over", required=False, choices=[ANY, *((topic.code, topic.label) for topic in TOPICS)]
    )
    soort = forms.ChoiceField(label="Soort", required=False, choices=[ANY, *OfferType.choices])
    huis = forms.SlugField(label="Huis", required=False, max_length=80)
    volgorde = forms.ChoiceField(label="Volgorde", required=False, choices=[("", "Gewoon"), *ORDERS])

    def clean_leeftijd(self):
        """A stretch of childhood, or an age in months: (its code, first month, month after the last)."""
        value = self.cleaned_data["leeftijd"]
        if not value or value in BANDS:
            return value and (value, BANDS[value].low, BANDS[value].high)
        months = int(value) if re.fullmatch(r"-?\d{1,3}", value, re.ASCII) else None
        if months is None or not AGE_MIN <= months <= AGE_MAX:
            raise forms.ValidationError("Kies een leeftijd van zwanger tot 25 jaar.")
        return (value, months, months + 1)

    def notes(self) -> list[str]:
        """A sentence for each part of the address that we could not read."""
        unknown = [name for name in self.data if name not in self.fields and name not in ASIDE]
        notes = [f"We kennen de keuze '{_short(name)}' niet. We lieten ze weg." for name in unknown[:3]]
        for name in self.errors:
            label = self.fields[name].label
            notes.append(f"De keuze bij '{label}' kennen we niet. We lieten ze weg.")
        return notes

    def wanted(self, *, spot: Spot | None, now: datetime) -> Wanted:
        """The wishes that we could read; the others are left out."""
        known = self.cleaned_data
        ages = known.get("leeftijd")
        meant = meant_types(known.get("q", ""))
        return Wanted(
            q=known.get("q", ""),
            offer_types={kind: 1 / place for place, kind in enumerate(meant, start=1)},
            spot=spot,
            straal=int(known.get("straal") or 0) or None,
            leeftijd=ages[1:] if ages else None,
            element=known.get("element", ""),
            between=between(known.get("wanneer", ""), now=now),
            vakantie=known.get("wanneer") == "vakantie",
            days=() if known.get("dag") is None else (known["dag"],),
            deel=known.get("deel", ""),
            gratis=bool(known.get("gratis")),
            vrij=bool(known.get("vrij")),
            vraag=known.get("vraag", ""),
            soort=known.get("soort", ""),
            huis=known.get("huis", ""),
            volgorde=known.get("volgorde", ""),
        )

    def choices_of(self, name: str) -> list[tuple[str, str]]:
        """The choices of a field, without the open one."""
        field = self.fields[name]
        return [choice for choice in getattr(field, "choices", None) or field.widget.choices if choice[0]]

    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen, as (name in the address, words), in the order of the form."""
        pairs = [(name, self.cleaned_data.get(name)) for name in self.fields if name != "volgorde"]
        return [(name, self._words(name, value)) for name, value in pairs if value not in ("", None)]

    def _words(self, name: str, value) -> str:
        if name == "q":
            return f"'{value}'"
        if name == "leeftijd":
            return BANDS[value[0]].label if value[0] in BANDS else words.age(value[1])
        choices = dict(getattr(self.fields[name], "choices", []))
        return choices.get(str(value), str(value))


def _short(text: str) -> str:
    """A word of the address that is fit to repeat: short, and of letters alone."""
    return re.sub(r"[^\w -]", "", text)[:30]
