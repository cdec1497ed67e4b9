"""How every form of the portal looks: one template, one way to say what went wrong, and fields for days and hours."""

import re
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huizen.words import MONTHS


class PortalField(forms.BoundField):
    """What the template of a field asks."""

    @property
    def first_id(self) -> str:
        """Where the cursor goes: the field itself, or the first choice of a group."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def is_tick(self) -> bool:
        """One box to tick: its label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def says_optional(self) -> bool:
        return not (self.field.required or self.is_tick or self.field.disabled)


class Renderer(TemplatesSetting):
    """Forms and fields rendered by our own templates (templates/forms/)."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = PortalField


class DateInput(forms.DateInput):
    """A day, with the calendar of the phone."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """An hour, with the clock of the phone."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A day and an hour in one field."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MonthInput(forms.DateInput):
    """A month; browsers that know no months show a plain field."""

    input_type = "month"

    def __init__(self, attrs=None):
        super().__init__({"placeholder": _("mm/jjjj"), **(attrs or {})}, format="%Y-%m")


class MonthField(forms.Field):
    """A month as its first day. Reads what a phone sends (2025-03) and what people type (3/2025, maart 2025)."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Kies een maand en een jaar, zoals 3/2025.")}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        return self._read(str(value).strip().lower())

    def _read(self, text: str) -> date:
        found = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d{1,2})", text, re.ASCII) or re.fullmatch(
            r"(?P<month>\d{1,2}|[a-z]+)[ /.-]+(?P<year>\d{4})", text, re.ASCII
        )
        try:
            month = found["month"]
            number = int(month) if month.isdigit() else MONTHS.index(month) + 1
            return date(int(found["year"]), number, 1)
        except (TypeError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class SeenField(forms.Field):
    """When something had last changed as its editor saw it: sent along unseen, so that nothing is overwritten that
    somebody else wrote meanwhile."""

    widget = forms.HiddenInput
    default_error_messages = {"required": "Laad de pagina opnieuw.", "invalid": "Laad de pagina opnieuw."}

    def prepare_value(self, value):
        return value.isoformat() if isinstance(value, datetime) else value

    def to_python(self, value) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            seen = datetime.fromisoformat(value)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if timezone.is_naive(seen):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return seen
