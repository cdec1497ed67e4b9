"""Fields of a search: what an address can hold, each wrong value refused by itself."""

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from huizen.forms import DateInput, MonthField
from huizen.vocabulary import AGE_BANDS, AGE_MAX, AGE_MIN

BANDS = {band.code: band for band in AGE_BANDS}
MOST_CHILDREN = 8
FIRST_YEAR, LAST_YEAR = 1990, 2100


class Flag(forms.ChoiceField):
    """One wish to tick; `1` in the address."""

    def __init__(self, label: str):
        super().__init__(label=label, required=False, choices=[("", "Nee"), ("1", label)])

    def clean(self, value):
        return bool(super().clean(value))


class Repeated(forms.SelectMultiple):
    """A choice that may stand in the address more than once; an empty one says nothing."""

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value for value in ([values] if isinstance(values, str) else values) if value]


class Several(forms.TypedMultipleChoiceField):
    """Any number of choices, each once, in the order of the list."""

    widget = Repeated

    def __init__(self, label: str, choices, coerce=str):
        super().__init__(label=label, required=False, choices=choices, coerce=coerce)

    def clean(self, value):
        chosen = set(super().clean(value))
        return tuple(code for code in (self.coerce(code) for code, _label in self.choices) if code in chosen)


class BirthMonths(forms.Field):
    """The months in which children were born, or will be, each as its first day. A half-typed one is left out."""

    widget = Repeated

    def clean(self, value):
        if len(value) > MOST_CHILDREN:
            raise forms.ValidationError(_("Kies de maand waarin je kind geboren is."))
        months = [month for text in value if (month := self.month(text))]
        return tuple(dict.fromkeys(months))

    @staticmethod
    def month(text: str) -> date | None:
        """The month that somebody typed; None where we cannot read it, or nobody is a child of it."""
        try:
            month = MonthField().clean(text)
        except forms.ValidationError:
            return None
        return month if FIRST_YEAR <= month.year <= LAST_YEAR else None


class Stretch(forms.CharField):
    """A stretch of childhood, or an age in months: (its code, first month, month after the last)."""

    def clean(self, value):
        value = super().clean(value)
        if not value or value in BANDS:
            return value and (value, BANDS[value].low, BANDS[value].high)
        months = int(value) if re.fullmatch(r"-?\d{1,3}", value, re.ASCII) else None
        if months is None or not AGE_MIN <= months <= AGE_MAX:
            raise forms.ValidationError(_("Kies een leeftijd van zwanger tot 25 jaar."))
        return (value, months, months + 1)


class Day(forms.DateField):
    """A day of these years."""

    def __init__(self, label: str):
        formats = ["%Y-%m-%d", "%d/%m/%Y"]
        super().__init__(label=label, required=False, input_formats=formats, widget=DateInput)

    def clean(self, value) -> date | None:
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year < LAST_YEAR:
            raise forms.ValidationError(_("Kies een dag van deze jaren."))
        return day
