"""What is filled in for the agenda with which every date of a series begins."""

from django import forms

from huizen.forms import SeenField
from partners.forms.meeting import AgendaForm, AgendaFormSet
from partners.models import MeetingSeries
from partners.standing_agenda import MOST_POINTS, StandingPoint, standing_points


class StandingForm(AgendaForm):
    """One point; its key keeps it the same point when its text changes."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, label="Punt")


class StandingFormSet(AgendaFormSet):
    """The points that come back every time."""

    legend = "Vast punt"

    def standing(self, series: MeetingSeries) -> list[StandingPoint]:
        """The points that were filled in; a key that the series does not know, or that stands there twice, is a new point."""
        known, points = {point.key for point in standing_points(series)}, []
        for row in self.filled_in:
            key = row.pop("key")
            if key in known:
                known.remove(key)
                row["key"] = key
            points.append(StandingPoint(**row))
        return points

    @staticmethod
    def initial_of(series: MeetingSeries) -> list[dict]:
        """What the rows show at first."""
        return [{**kept, "position": number} for number, kept in enumerate(series.agenda, start=1)]


StandingForms = forms.formset_factory(
    StandingForm,
    formset=StandingFormSet,
    extra=3,
    max_num=MOST_POINTS,
    absolute_max=MOST_POINTS + 10,
    validate_max=True,
)


class SeenForm(forms.Form):
    """When the series had last changed as the editor saw it."""

    without_summary = True

    seen = SeenField()
