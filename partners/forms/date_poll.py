"""A question for a date: what is asked, which moments, and what somebody answers."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from huizen.forms import DateInput, TimeInput
from huizen.words import moment_in_full
from partners.actions.date_poll import PollFacts
from partners.actions.meeting import MeetingFacts
from partners.forms.meeting import WHO_SEES
from partners.forms.moment import check_place, planned_day, read_hours
from partners.forms.rows import QuietField
from partners.models import DatePoll, PollOption, PollVote

MOST_OPTIONS = 20
#: What is no slip of the pen; whether it is still to come is for the action, which knows the clock.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class DeadlineForm(forms.Form):
    """Until which day people are asked."""

    without_summary = True

    deadline = forms.DateField(label="Antwoorden tot en met", widget=DateInput)

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_deadline(self):
        return planned_day(self.cleaned_data["deadline"], today=timezone.localdate(self.now))


class PollForm(DeadlineForm):
    """About what, until when, and where if that is known already."""

    title = forms.CharField(label="Waarover gaat het?", max_length=120)
    place = forms.CharField(label="Waar", max_length=200, required=False)
    online_url = forms.URLField(
        label="Link om online mee te doen", max_length=200, required=False, assume_scheme="https"
    )
    note = forms.CharField(
        label="Bericht bij de vraag",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shows_votes = forms.BooleanField(
        label="Wie gevraagd is, mag zien wat de anderen zeggen", required=False, help_text=WHO_SEES
    )
    field_order = ("title", "deadline")

    @property
    def facts(self) -> PollFacts:
        """What the action takes."""
        return PollFacts(**self.cleaned_data)


class OptionForm(forms.Form):
    """One moment; a row without a day is no moment."""

    bound_field_class = QuietField

    day = forms.DateField(label="Dag", widget=DateInput, required=False)
    starts = forms.TimeField(label="Van", widget=TimeInput, required=False)
    ends = forms.TimeField(label="Tot", widget=TimeInput, required=False)

    def clean(self):
        facts = super().clean()
        if not any(facts.get(name) for name in ("day", "starts", "ends")):
            return facts
        for name, sentence in (("day", "Kies de dag."), ("starts", "Van wanneer?"), ("ends", "Tot wanneer?")):
            if facts.get(name) is None and name not in self.errors:
                self.add_error(name, sentence)
        if not self.errors and not FIRST_YEAR <= facts["day"].year <= LAST_YEAR:
            self.add_error("day", "Dit jaar klopt niet.")
        if not self.errors:
            read_hours(self)
        return facts


class OptionFormSet(forms.BaseFormSet):
    """The moments that are proposed."""

    legend = "Moment"

    @property
    def moments(self) -> list[tuple[datetime, datetime]]:
        """Those that were filled in."""
        rows = [row.cleaned_data for row in self.forms if row.cleaned_data.get("day")]
        return [(row["starts_at"], row["ends_at"]) for row in rows]


OptionForms = forms.formset_factory(
    OptionForm,
    formset=OptionFormSet,
    extra=3,
    max_num=MOST_OPTIONS,
    absolute_max=MOST_OPTIONS + 10,
    validate_max=True,
)


class VoteForm(forms.Form):
    """For each moment: yes, if needed, no. What stays open is no answer."""

    def __init__(self, *args, options: list[PollOption], **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {f"moment_{option.pk}": option.pk for option in options}
        for option in options:
            self.fields[f"moment_{option.pk}"] = forms.ChoiceField(
                label=moment_in_full(option.starts_at, option.ends_at).capitalize(),
                choices=[("yes", "Ik kan"), ("if_needed", "Als het moet"), ("no", "Ik kan niet")],
                widget=forms.RadioSelect,
                required=False,
            )
        self.fields["comment"] = forms.CharField(
            label="Wil je nog iets zeggen?",
            max_length=300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    bound_field_class = QuietField

    def clean(self):
        facts = super().clean()
        if not self.errors and not any(facts.get(name) for name in self.names):
            raise ValidationError("Kies voor minstens één moment een antwoord.")
        return facts

    @property
    def choices(self) -> dict[int, str]:
        """What was said, by the key of the option."""
        known = self.cleaned_data
        return {pk: known[name] for name, pk in self.names.items() if known.get(name)}

    def all_yes(self) -> dict[int, str]:
        """She can at every moment."""
        return dict.fromkeys(self.names.values(), PollVote.Choice.YES)


class ChooseForm(forms.Form):
    """Where the meeting is, once its moment is chosen."""

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

    def clean(self):
        facts = super().clean()
        check_place(self)
        return facts

    def facts(self, poll: DatePoll, option: PollOption) -> MeetingFacts:
        """The meeting that comes of it."""
        return MeetingFacts(
            poll.title,
            option.starts_at,
            option.ends_at,
            **self.cleaned_data,
            shows_who_comes=poll.shows_votes,
        )
