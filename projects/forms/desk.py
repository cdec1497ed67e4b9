"""What the desk of the agency is asked for: which projects, which of them need what, and how it stood on which day."""

from datetime import date, datetime, time
from functools import cached_property

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from huizen.forms import DateInput
from projects.desk import Line, Now, Then, View
from projects.forms.project import FIRST_YEAR, DeskFilter
from projects.models import IndicatorTemplate


class MomentFilter(DeskFilter):
    """The filter of the desk. The address holds it; nonsense is said at its field, and then all is shown."""

    op = forms.DateField(
        label="Zoals het stond op",
        widget=DateInput,
        required=False,
        help_text="Leeg: vandaag.",
        validators=[MinValueValidator(date(FIRST_YEAR, 1, 1), "Kies een dag vanaf 1 januari 2000.")],
    )
    toon = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def narrow(self, projects):
        """Of a day in the past the policy goals of then count: `fits` asks them."""
        return super(DeskFilter, self).narrow(projects) if self.is_past else super().narrow(projects)

    def fits(self, line: Line) -> bool:
        """Whether a line belongs to what was asked, by the policy goals that it had."""
        return not self.goal or self.goal in line.policy_goals

    @property
    def is_past(self) -> bool:
        return self.day is not None

    @property
    def day(self) -> date | None:
        """The day in the past that was asked for; None for now."""
        day = self.cleaned_data["op"] if self.is_valid() else None
        return day if day and day < self.today else None

    def moment(self) -> Now:
        """From where to read: the end of a day in the past, or now."""
        if self.day is None:
            return Now(self.today)
        return Then(timezone.make_aware(datetime.combine(self.day, time.max)))

    @property
    def view(self) -> str:
        """Which lines; all for nonsense."""
        asked = self.cleaned_data.get("toon", "") if self.is_valid() else ""
        return asked if asked in View.values else View.ALL


class CompareFilter(DeskFilter):
    """Which indicator to compare over which projects."""

    indicator = forms.ModelChoiceField(
        label="Indicator", queryset=IndicatorTemplate.objects.none(), required=False, empty_label=None
    )
    field_order = ("indicator", "q")

    def __init__(self, *args, templates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = templates
        self.fields["indicator"].label_from_instance = lambda one: f"{one.name} ({one.programme})"

    @cached_property
    def template(self) -> IndicatorTemplate | None:
        """The one that was asked for, or the first."""
        asked = self.cleaned_data.get("indicator") if self.is_valid() else None
        return asked or self.fields["indicator"].queryset.first()


class TimelineFilter(DeskFilter):
    """From which month on."""

    vanaf = forms.DateField(
        label="Vanaf de maand van",
        widget=DateInput,
        required=False,
        help_text="Leeg: deze maand.",
        validators=[
            MinValueValidator(date(FIRST_YEAR, 1, 1), "Kies een dag vanaf 1 januari 2000."),
            MaxValueValidator(date(2100, 1, 1), "Kies een dag tot 1 januari 2100."),
        ],
    )

    def first(self, today: date) -> date:
        """The first day of the first month that is shown."""
        asked = self.cleaned_data.get("vanaf") if self.is_valid() else None
        return (asked or today).replace(day=1)
