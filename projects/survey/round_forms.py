"""What the agency fills in: a round, a theme, a question, why an answer is given back."""

from django import forms
from django.core.exceptions import ValidationError

from huizen.forms import DateInput
from projects.forms.call import DatedForm
from projects.models import Kind, SurveyQuestion, SurveyRound, SurveyTheme
from projects.survey.copying import ASKED


class RoundForm(DatedForm):
    """The facts of a round."""

    class Meta:
        model = SurveyRound
        fields = ["name", "intro", "opens_on", "closes_on", "least_shown"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 4}), "opens_on": DateInput, "closes_on": DateInput}
        help_texts = {
            "least_shown": "Van minder antwoorden ziet geen Huis de verdeling, zodat niemand een ander Huis herkent.",
            "intro": "Staat boven de vragen en in de eerste mail.",
        }


class NewRoundForm(RoundForm):
    """A new round, empty or with the questions of a former one."""

    class Meta(RoundForm.Meta):
        fields = [*RoundForm.Meta.fields, "copied_from"]
        help_texts = {
            **RoundForm.Meta.help_texts,
            "copied_from": "Neem de vragen over van een vorige keer. Dan kan je beide later vergelijken.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["copied_from"].queryset = SurveyRound.objects.order_by("-opens_on", "pk")
        self.fields["copied_from"].empty_label = "Begin zonder vragen"


class ThemeForm(forms.ModelForm):
    """A heading; the round is known, so that a title that stands there already is a mistake here."""

    class Meta:
        model = SurveyTheme
        fields = ["title", "intro"]
        widgets = {"intro": forms.Textarea(attrs={"rows": 3})}

    def clean_title(self):
        title = self.cleaned_data["title"]
        rule = next(rule for rule in SurveyTheme._meta.constraints if rule.name == "survey_theme_once")
        # The theme itself, not a copy: a copy counts as another one, and could not keep its title.
        self.instance.title = title
        rule.validate(SurveyTheme, self.instance)
        return title


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) != len(set(lines)):
            raise ValidationError("Een regel staat er twee keer.")
        if any(len(line) > 160 for line in lines):
            raise ValidationError("Maak elke regel hoogstens 160 tekens lang.")
        return lines

    def has_changed(self, initial, data):
        return True


class QuestionForm(forms.ModelForm):
    """A question; what its kind does not use is left out of what is kept."""

    options = LinesField(
        label="Mogelijke antwoorden",
        required=False,
        help_text="Elk antwoord op een regel. Bij een tabel zijn dit de kolommen.",
    )
    rows = LinesField(
        label="Regels van de tabel", required=False, help_text="Alleen voor een tabel. Elk op een regel."
    )

    class Meta:
        model = SurveyQuestion
        fields = list(ASKED)
        help_texts = {
            "top": "Alleen voor een schaal. Die begint bij 1.",
            "low_label": "Alleen voor een schaal. Bijvoorbeeld: helemaal niet.",
            "high_label": "Alleen voor een schaal. Bijvoorbeeld: helemaal wel.",
            "unit": "Alleen voor een getal. Bijvoorbeeld: uren per week.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["kind", "text", "help", "options", "rows", *ASKED])
        self.fields["kind"].choices = [("", "Kies een soort"), *Kind.choices]

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind not in (Kind.CHOICE, Kind.CHOICES, Kind.MATRIX):
            data["options"] = []
        if kind != Kind.MATRIX:
            data["rows"] = []
        if kind != Kind.SCALE:
            data |= {"top": 5, "low_label": "", "high_label": ""}
        if kind != Kind.NUMBER:
            data["unit"] = ""
        if kind and "options" in data and "rows" in data:
            self._check(data)
        return data

    def _check(self, data):
        """The rules of the database, each at its field."""
        question = SurveyQuestion(kind=data["kind"], options=data["options"], rows=data["rows"])
        rules = {rule.name: rule for rule in SurveyQuestion._meta.constraints}
        for field, name in (("options", "survey_question_options"), ("rows", "survey_question_rows")):
            try:
                rules[name].validate(SurveyQuestion, question)
            except ValidationError as error:
                self.add_error(field, error.messages[0])

    def _get_validation_exclusions(self):
        """What is checked above, at its field, is not checked once more for the whole form."""
        return super()._get_validation_exclusions() | {"options", "rows"}


class GiveBackForm(forms.Form):
    """Why a House may change what it handed in."""

    reason = forms.CharField(
        label="Waarom open je dit antwoord opnieuw?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CompareForm(forms.Form):
    """Which other round stands beside this one."""

    met = forms.ModelChoiceField(
        label="Zet ernaast",
        queryset=SurveyRound.objects.none(),
        required=False,
        empty_label="Geen andere bevraging",
    )

    def __init__(self, *args, round: SurveyRound, **kwargs):
        super().__init__(*args, **kwargs)
        released = SurveyRound.objects.filter(released_at__isnull=False).exclude(pk=round.pk)
        self.fields["met"].queryset = released.order_by("-opens_on", "pk")

    @property
    def other(self) -> SurveyRound | None:
        """The round that was chosen; None for nothing and nonsense."""
        return self.cleaned_data["met"] if self.is_valid() else None
