"""What a member of the House fills in to change one moment or one sign-up."""

from datetime import date, datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from activities.models import Session
from huizen.forms import DateInput, TimeInput

#: A moment moves to a day that people can plan.
FURTHEST = timedelta(days=730)


class ReasonForm(forms.Form):
    """Why something does not go on; families read it."""

    reason = forms.CharField(
        label="Waarom?",
        max_length=200,
        help_text="Eén korte zin. De gezinnen lezen dit.",
        error_messages={"required": "Zeg in één zin waarom."},
    )


class CapacityForm(forms.Form):
    """How many places there are."""

    capacity = forms.IntegerField(
        label="Aantal plaatsen",
        required=False,
        min_value=1,
        max_value=2000,
        help_text="Leeg: er is geen grens.",
        error_messages={
            "invalid": "Schrijf een getal, zoals 12.",
            "min_value": "Geef minstens één plaats.",
            "max_value": "Geef hoogstens 2000 plaatsen, of laat het leeg.",
        },
    )


class MoveForm(forms.Form):
    """The new day, hours and place of one moment."""

    day = forms.DateField(
        label="Dag",
        widget=DateInput,
        error_messages={"required": "Kies een dag.", "invalid": "Kies een dag."},
    )
    start = forms.TimeField(
        label="Van",
        widget=TimeInput,
        error_messages={"required": "Kies een uur.", "invalid": "Kies een uur."},
    )
    end = forms.TimeField(
        label="Tot",
        widget=TimeInput,
        error_messages={"required": "Kies een uur.", "invalid": "Kies een uur."},
    )
    location = forms.ModelChoiceField(
        label="Plek",
        queryset=None,
        required=False,
        error_messages={"invalid_choice": "Kies een plek uit de lijst."},
    )

    def __init__(self, *args, session: Session, now: datetime, **kwargs):
        super().__init__(*args, initial=_now_at(session), **kwargs)
        self.today = timezone.localdate(now)
        usual = session.activity.location
        place = self.fields["location"]
        place.queryset = session.activity.house.locations.filter(is_active=True).order_by("name")
        place.empty_label = f"De gewone plek ({usual})" if usual else "De gewone plek"

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not self.today <= day <= self.today + FURTHEST:
            raise ValidationError("Kies een dag tussen vandaag en over twee jaar.")
        return day

    def clean(self):
        told = super().clean()
        if told.get("start") and told.get("end") and told["end"] <= told["start"]:
            self.add_error("end", "Het einde komt na het begin.")
        return told

    @property
    def change(self) -> dict:
        """The new beginning, end and place, for the action; hours are those on the wall in Brussels."""
        told = self.cleaned_data
        return {
            "starts_at": timezone.make_aware(datetime.combine(told["day"], told["start"])),
            "ends_at": timezone.make_aware(datetime.combine(told["day"], told["end"])),
            "location": told["location"],
        }


def _now_at(session: Session) -> dict:
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {"day": start.date(), "start": start.time(), "end": end.time(), "location": session.location_id}
