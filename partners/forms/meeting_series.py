"""The rule of a series, as a coordinator says it."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date

from huizen.forms import DateInput, SeenField, TimeInput
from huizen.models.location import WEEKDAYS
from huizen.recurrence import NTHS
from partners.forms.meeting import WHO_SEES
from partners.forms.moment import check_place, planned_day
from partners.models import Meeting, MeetingSeries

Kind = MeetingSeries.Kind
#: A rule ends within so many years, if it says when.
LAST = timedelta(days=10 * 366)
MOST_SKIPPED = 200


class NumbersField(forms.TypedMultipleChoiceField):
    """Several of a list of numbers, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(coerce=int, empty_value=[], **kwargs)


class SeriesForm(forms.ModelForm):
    """What, how often, from when, where. The dates that the rule gives are shown before anything is saved."""

    without_summary = True

    weekdays = NumbersField(label="Op welke dag", choices=WEEKDAYS)
    nths = NumbersField(
        label="De hoeveelste van de maand",
        choices=NTHS,
        required=False,
        help_text="Voor vaste dagen van de maand.",
    )

    class Meta:
        model = MeetingSeries
        fields = (
            "title",
            "kind",
            "weekdays",
            "nths",
            "every_weeks",
            "starts_at",
            "ends_at",
            "starts_on",
            "ends_on",
            "skip_school_holidays",
            "skip_summer",
            "skip_public_holidays",
            "place",
            "online_url",
            "note",
            "shows_who_comes",
        )
        labels = {
            "title": "Waarover gaat het?",
            "kind": "Hoe vaak?",
            "every_weeks": "Om de hoeveel weken",
            "starts_on": "Eerste dag",
            "ends_on": "Laatste dag",
            "online_url": "Link om online mee te doen",
            "note": "Bericht bij de uitnodiging",
            "shows_who_comes": "Wie gevraagd is, mag zien wie komt",
        }
        help_texts = {
            "every_weeks": "1 is elke week, 2 is om de twee weken.",
            "ends_on": "Leeg: het blijft doorgaan. We plannen telkens een jaar vooruit.",
            "shows_who_comes": WHO_SEES,
        }
        widgets = {
            "kind": forms.RadioSelect,
            "starts_at": TimeInput,
            "ends_at": TimeInput,
            "starts_on": DateInput,
            "ends_on": DateInput,
            "note": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate(now)

    def clean_starts_on(self):
        return planned_day(self.cleaned_data["starts_on"], today=self.today)

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and not self.today <= day <= self.today + LAST:
            raise ValidationError("Kies een dag vanaf vandaag, binnen de tien jaar.")
        return day

    def clean_starts_at(self):
        return self.cleaned_data["starts_at"].replace(second=0, microsecond=0)

    def clean_ends_at(self):
        return self.cleaned_data["ends_at"].replace(second=0, microsecond=0)

    def clean(self):
        facts = super().clean()
        self._complete(facts)
        if facts.get("kind") == Kind.WEEKLY:
            facts["nths"] = []
            self.errors.pop("nths", None)
        elif facts.get("kind"):
            facts["every_weeks"] = 1
            self.errors.pop("every_weeks", None)
        return facts

    def _complete(self, facts: dict) -> None:
        """What the database would refuse, said at the field where it is mended."""
        if facts.get("starts_at") and facts.get("ends_at") and facts["ends_at"] <= facts["starts_at"]:
            self.add_error("ends_at", "Het einde ligt voor het begin.")
        if facts.get("kind") == Kind.NTH_WEEKDAY and not facts.get("nths"):
            self.add_error("nths", "Kies de hoeveelste van de maand.")
        if facts.get("starts_on") and facts.get("ends_on") and facts["ends_on"] < facts["starts_on"]:
            self.add_error("ends_on", "De laatste dag ligt voor de eerste.")
        check_place(self)

    def rule(self, skipped: list[str]) -> MeetingSeries:
        """The rule, not saved; without the days that were ticked away in the list of dates."""
        days = (_day(text) for text in skipped[:MOST_SKIPPED])
        self.instance.skip_dates = sorted({*self.instance.skip_dates, *filter(None, days)})
        return self.instance


class SeriesChangeForm(SeriesForm):
    """The same from one date on; who is told and asked again follows from the dates."""

    seen = SeenField()

    class Meta(SeriesForm.Meta):
        fields = tuple(name for name in SeriesForm.Meta.fields if name != "starts_on")

    @classmethod
    def of(cls, meeting: Meeting, data, *, now: datetime) -> "SeriesChangeForm":
        """The form for a date of a series; what is typed goes into a copy, not into the series."""
        series = meeting.series
        names = [
            field.name
            for field in MeetingSeries._meta.concrete_fields
            if field.name not in ("id", "ical_uid")
        ]
        draft = MeetingSeries(**{name: getattr(series, name) for name in names})
        return cls(data, instance=draft, initial={"seen": series.changed_at}, now=now)


def _day(text: str):
    try:
        return parse_date(text)
    except ValueError:
        return None
