"""When an activity takes place, as an organiser says it: the rules, a form each."""

from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import inlineformset_factory

from activities.actions.schedule_change import REASON
from activities.forms.fields import FIRST_YEAR, LAST_YEAR, ConstraintsAtFields, DaysField
from activities.models import Activity, Schedule
from huizen.forms import DateInput, TimeInput
from huizen.models.location import WEEKDAYS
from huizen.recurrence import NTHS

MOST_RULES = 6
SOME_YEAR = [MinValueValidator(date(FIRST_YEAR, 1, 1)), MaxValueValidator(date(LAST_YEAR, 12, 31))]
Kind = Schedule.Kind
HOURS = {"starts_at", "ends_at"}
PAUSES = {
    "starts_on",
    "ends_on",
    "weekdays",
    "skip_school_holidays",
    "skip_summer",
    "skip_public_holidays",
    "skip_dates",
}
#: Which facts each kind of rule reads; what was typed for another kind is dropped.
READS = {
    Kind.ONCE: HOURS | {"dates"},
    Kind.DATES: HOURS | {"dates"},
    Kind.WEEKLY: HOURS | PAUSES | {"every_weeks"},
    Kind.NTH_WEEKDAY: HOURS | PAUSES | {"nths"},
    Kind.BY_APPOINTMENT: set(),
    Kind.IN_OPENING_HOURS: set(),
}


class NumbersField(forms.TypedMultipleChoiceField):
    """Several of a list of numbers, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(coerce=int, required=False, empty_value=[], **kwargs)


class ScheduleForm(ConstraintsAtFields):
    """One rule."""

    mended_at = {
        "schedule_hours": "ends_at",
        "schedule_once_has_a_date": "dates",
        "schedule_dates": "dates",
        "schedule_weekdays": "weekdays",
        "schedule_nths": "nths",
        "schedule_every_weeks": "every_weeks",
        "schedule_ends_after_start": "ends_on",
    }

    dates = DaysField(label="Op welke dag of dagen", help_text="Bijvoorbeeld: 4/3/2026, 11/3/2026.")
    weekdays = NumbersField(label="Welke dagen van de week", choices=WEEKDAYS)
    nths = NumbersField(label="De hoeveelste van de maand", choices=NTHS)
    starts_on = forms.DateField(label="Eerste dag", required=False, widget=DateInput, validators=SOME_YEAR)
    ends_on = forms.DateField(label="Laatste dag", required=False, widget=DateInput, validators=SOME_YEAR)
    skip_dates = DaysField(label="Niet op", help_text="Dagen waarop het een keer niet doorgaat.")

    class Meta:
        model = Schedule
        fields = (
            "kind",
            "starts_at",
            "ends_at",
            "dates",
            "weekdays",
            "every_weeks",
            "nths",
            "starts_on",
            "ends_on",
            "skip_school_holidays",
            "skip_summer",
            "skip_public_holidays",
            "skip_dates",
        )
        widgets = {"starts_at": TimeInput, "ends_at": TimeInput}
        labels = {"kind": "Hoe vaak", "every_weeks": "Om de hoeveel weken"}

    def clean(self):
        facts = super().clean()
        if facts.get("kind") in READS:
            for name in set(self._meta.fields) - READS[facts["kind"]] - {"kind"}:
                facts[name] = Schedule._meta.get_field(name).get_default()
                self.errors.pop(name, None)
        return facts


ScheduleFormSet = inlineformset_factory(
    Activity,
    Schedule,
    form=ScheduleForm,
    extra=1,
    max_num=MOST_RULES,
    absolute_max=MOST_RULES + 2,
    can_delete=True,
)


class AboutDatesForm(forms.Form):
    """From which day a change counts, and what families read where a date does not take place any more."""

    from_day = forms.DateField(
        label="Vanaf welke dag geldt dit?",
        required=False,
        widget=DateInput,
        validators=SOME_YEAR,
        help_text="Leeg: voor alles wat nog komt. Wat voorbij is, blijft altijd staan.",
    )
    reason = forms.CharField(
        label="Waarom gaan dagen niet door?",
        required=False,
        max_length=200,
        help_text="Eén korte zin. De gezinnen lezen dit.",
    )

    def __init__(self, *args, splits: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not splits:
            del self.fields["from_day"]

    def clean_reason(self) -> str:
        return self.cleaned_data["reason"] or REASON
