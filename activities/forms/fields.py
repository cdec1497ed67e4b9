"""Fields that read what people write: ages, amounts of money and lists of days."""

import re
from datetime import date

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from huizen.vocabulary import AGE_MAX, AGE_MIN
from huizen.words import age

MOST_DAYS = 100
FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS_IN = {"jaar": 12, "jaren": 12, "j": 12, "maand": 1, "maanden": 1, "m": 1}


class AgeField(forms.CharField):
    """An age as people say it ("zwanger", "18 maanden", "2,5 jaar"), kept in whole months; empty is no limit."""

    def __init__(self, *, unlimited: int, **kwargs):
        self.unlimited = unlimited
        super().__init__(max_length=40, required=False, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            return "" if value in (AGE_MAX, self.unlimited) else age(value)
        return value

    def clean(self, value):
        text = super().clean(value).lower()
        return self.unlimited if not text else self._months(text)

    def _months(self, text: str) -> int:
        if text.startswith("zwanger"):
            return AGE_MIN
        if text in ("geboorte", "vanaf de geboorte", "pasgeboren"):
            return 0
        parts = re.findall(r"(\d{1,3}(?:[.,]5)?)\s*(jaar|jaren|j|maanden|maand|m)\b", text, re.ASCII)
        if not parts:
            raise forms.ValidationError("Schrijf de leeftijd zo: zwanger, 6 maanden of 2,5 jaar.")
        months = sum(float(number.replace(",", ".")) * MONTHS_IN[unit] for number, unit in parts)
        if months > AGE_MAX:
            raise forms.ValidationError("Kies een leeftijd tot 25 jaar.")
        return int(months)


class EuroField(forms.CharField):
    """An amount in euro ("3", "3,50"), kept in cents."""

    def __init__(self, **kwargs):
        super().__init__(max_length=12, required=False, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            return f"{value // 100},{value % 100:02d}" if value % 100 else str(value // 100)
        return value

    def clean(self, value):
        text = super().clean(value).removeprefix("€").removesuffix("euro").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?", text, re.ASCII)
        if not found:
            raise forms.ValidationError("Schrijf het bedrag zo: 3 of 3,50.")
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


class DaysField(forms.CharField):
    """A list of days ("4/3/2026, 11/3/2026"), kept sorted and each once."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs):
        super().__init__(max_length=MOST_DAYS * 12, required=False, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, list):
            return ", ".join(f"{day.day}/{day.month}/{day.year}" for day in value)
        return value

    def has_changed(self, initial, data):
        try:
            return sorted(initial or []) != self.clean(data)
        except forms.ValidationError:
            return True

    def clean(self, value):
        parts = [part for part in re.split(r"[\s,;]+", super().clean(value)) if part]
        if len(parts) > MOST_DAYS:
            raise forms.ValidationError(f"Schrijf hoogstens {MOST_DAYS} dagen.")
        return sorted({self._day(part) for part in parts})

    def _day(self, text: str) -> date:
        found = re.fullmatch(
            r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})", text, re.ASCII
        ) or re.fullmatch(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", text, re.ASCII)
        try:
            day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        except (TypeError, ValueError):
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"'{text[:20]}' is geen dag. Schrijf een dag zo: 4/3/2026.")
        return day


class ConstraintsAtFields(forms.ModelForm):
    """A form that says what the database would refuse at the field where it is mended.

    `mended_at`: {name of the constraint: name of the field}; other constraints stand above the form.
    """

    mended_at: dict[str, str] = {}

    def add_error(self, field, error):
        if field is None and hasattr(error, "error_dict"):
            for fault in error.error_dict.pop(NON_FIELD_ERRORS, []):
                super().add_error(self._field_of(fault), fault)
        super().add_error(field, error)

    def _field_of(self, fault: forms.ValidationError) -> str | None:
        """The field that the sentence of a constraint belongs to."""
        constraints = self._meta.model._meta.constraints
        name = next((c.name for c in constraints if c.violation_error_message == fault.message), None)
        return self.mended_at.get(name)
