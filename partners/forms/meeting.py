"""What a coordinator fills in for a meeting: when and where, and the agenda."""

from datetime import datetime

from django import forms
from django.utils import timezone

from huizen.forms import DateInput, SeenField, TimeInput
from partners.actions.agenda import AgendaPoint
from partners.actions.meeting import MeetingFacts
from partners.forms.moment import check_place, planned_day, read_hours
from partners.forms.rows import QuietField
from partners.models import AgendaItem, Meeting

#: Who sees who comes.
WHO_SEES = "Namen en antwoorden. Zonder vinkje zien alleen jij en je collega's ze."


class MeetingForm(forms.Form):
    """About what, when and where. Hours are those of the clock on the wall in Brussels."""

    # The page shows one summary of all its forms.
    without_summary = True

    title = forms.CharField(label="Waarover gaat het?", max_length=120)
    day = forms.DateField(label="Dag", widget=DateInput)
    starts = forms.TimeField(label="Van", widget=TimeInput)
    ends = forms.TimeField(label="Tot", widget=TimeInput)
    place = forms.CharField(label="Waar", max_length=200, required=False)
    online_url = forms.URLField(
        label="Link om online mee te doen", max_length=200, required=False, assume_scheme="https"
    )
    note = forms.CharField(
        label="Bericht bij de uitnodiging",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    shows_who_comes = forms.BooleanField(
        label="Wie gevraagd is, mag zien wie komt", required=False, help_text=WHO_SEES
    )

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_day(self):
        return planned_day(self.cleaned_data["day"], today=timezone.localdate(self.now))

    def clean(self):
        facts = super().clean()
        check_place(self)
        if {"day", "starts", "ends"} <= facts.keys():
            read_hours(self)
        return facts

    @property
    def facts(self) -> MeetingFacts:
        """What the action takes."""
        known = self.cleaned_data
        return MeetingFacts(**{name: known[name] for name in MeetingFacts.__dataclass_fields__})


class MeetingChangeForm(MeetingForm):
    """The same for a meeting that people know of already."""

    tell = forms.BooleanField(
        label="Stuur ook een bericht als alleen de agenda of de tekst wijzigt",
        required=False,
        help_text="Een ander uur of een andere plek melden we altijd.",
    )
    seen = SeenField()

    @staticmethod
    def initial_of(meeting: Meeting) -> dict:
        """What the fields show at first."""
        starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
        return {
            "title": meeting.title,
            "day": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "place": meeting.place,
            "online_url": meeting.online_url,
            "note": meeting.note,
            "shows_who_comes": meeting.shows_who_comes,
            "seen": meeting.changed_at,
        }


class AgendaForm(forms.Form):
    """One point of the agenda; a row without a title is no point."""

    bound_field_class = QuietField

    # The point that stands there already: it stays the same one, with its documents.
    key = forms.IntegerField(
        widget=forms.HiddenInput, min_value=1, max_value=2**62, required=False, label="Punt"
    )
    position = forms.IntegerField(label="Volgorde", min_value=1, max_value=99, required=False)
    title = forms.CharField(label="Punt", max_length=160, required=False)
    purpose = forms.ChoiceField(
        label="Doel", choices=AgendaItem.Purpose.choices, initial=AgendaItem.Purpose.DISCUSS, required=False
    )
    minutes = forms.IntegerField(label="Minuten", min_value=1, max_value=480, required=False)
    presenter = forms.CharField(label="Wie brengt het", max_length=80, required=False)

    def clean(self):
        facts = super().clean()
        if (
            not facts.get("title")
            and "title" not in self.errors
            and (facts.get("minutes") or facts.get("presenter"))
        ):
            self.add_error("title", "Zeg waarover het gaat, of maak de hele rij leeg.")
        return facts


class AgendaFormSet(forms.BaseFormSet):
    """The rows of the agenda, as many as needed."""

    legend = "Agendapunt"

    @property
    def points(self) -> list[AgendaPoint]:
        """The points that were filled in, in their order."""
        return [AgendaPoint(**row) for row in self.filled_in]

    @property
    def filled_in(self) -> list[dict]:
        """The rows with a title, by their number; rows without one keep their place behind the others."""
        rows = [row.cleaned_data for row in self.forms if row.cleaned_data.get("title")]
        rows.sort(key=lambda row: row["position"] or 100)
        names = ("title", "minutes", "presenter", "key")
        return [
            {name: row[name] for name in names} | {"purpose": row["purpose"] or AgendaItem.Purpose.DISCUSS}
            for row in rows
        ]

    @staticmethod
    def initial_of(meeting: Meeting) -> list[dict]:
        """What the rows show at first."""
        names = ("position", "title", "purpose", "minutes", "presenter")
        return [
            {"key": item.pk, **{name: getattr(item, name) for name in names}} for item in meeting.agenda.all()
        ]


AgendaForms = forms.formset_factory(
    AgendaForm, formset=AgendaFormSet, extra=3, max_num=30, absolute_max=40, validate_max=True
)


class CancelForm(forms.Form):
    """Why a meeting does not take place; everybody who was asked reads it."""

    reason = forms.CharField(label="Waarom gaat het niet door?", max_length=200)
