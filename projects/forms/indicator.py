"""What people fill in to say how a project shows what it reaches."""

from datetime import date

from django import forms

from activities.models import Activity
from huizen.forms import DateInput
from projects.actions.indicator import TAKEN_OVER
from projects.forms.seen import SeenForm
from projects.models import Direction, Indicator, IndicatorTemplate, Project, ResultStatement, Yardstick
from projects.numbers import read_number, write_number


class NumberField(forms.CharField):
    """A number as people write it: 95, 12,5 or 1.250."""

    def __init__(self, **kwargs):
        super().__init__(max_length=14, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else write_number(value)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_number(text)
        except ValueError as error:
            raise forms.ValidationError("Schrijf een getal, zoals 95 of 12,5.") from error


class ResultForm(SeenForm):
    """A result statement, what has to be true for it, and what it leads to."""

    class Meta:
        model = ResultStatement
        fields = ["level", "text", "contributes_to", "assumption"]
        widgets = {"level": forms.RadioSelect}
        help_texts = {
            "text": "Eén zin: wie of wat is er dan anders?",
            "contributes_to": "Een ander resultaat van dit doel dat hierdoor mogelijk wordt.",
            "assumption": "Wat moet waar zijn en heb je niet zelf in de hand? Bijvoorbeeld: scholen doen mee.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = ResultStatement.Level.choices
        others = ResultStatement.objects.filter(objective=self.instance.objective_id)
        others = others.exclude(pk=self.instance.pk).order_by("level", "pk")
        self.fields["contributes_to"].queryset = others
        self.fields["contributes_to"].empty_label = "Het doel zelf"


class IndicatorForm(forms.ModelForm):
    """An indicator of the programme, taken over as it is, or one of the project's own."""

    class Meta:
        model = Indicator
        fields = ["template", *TAKEN_OVER]
        help_texts = {"source": "Dan stelt het portaal in elk verslag een getal voor."}

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        templates = IndicatorTemplate.objects.filter(programme=programme).order_by("name")
        self.fields["template"].queryset = templates
        self.fields["template"].empty_label = "Een eigen indicator"
        self.fields["template"].label = "Indicator van het programma"
        self.fields["template"].help_text = "Kies je er een, dan hoef je hieronder niets in te vullen."
        for name in ("name", "unit", "direction"):
            self.fields[name].required = False

    def clean(self):
        facts = super().clean()
        if template := facts.get("template"):
            return facts | {name: getattr(template, name) for name in TAKEN_OVER}
        for name in ("name", "unit"):
            if not facts.get(name) and name not in self.errors:
                self.add_error(name, "Vul dit in, of kies een indicator van het programma.")
        facts["direction"] = facts.get("direction") or Direction.RISE
        return facts

    def _post_clean(self):
        super()._post_clean()
        # A template may give a name that this result has already.
        result, name = self.instance.result, self.cleaned_data.get("name")
        if not self.errors and result.indicators.filter(name=name).exists():
            self.add_error("template", "Deze indicator staat er al.")


class YardstickForm(forms.Form):
    """Where an indicator begins and what each working year aims at."""

    baseline = NumberField(label="Beginwaarde")
    baseline_on = forms.DateField(label="Gemeten op", widget=DateInput)
    reason = forms.CharField(
        label="Waarom een andere meetlat?", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args, indicator: Indicator, standing: Yardstick | None, years: int, today: date, **kwargs
    ):
        start = {"baseline": standing.baseline, "baseline_on": standing.baseline_on} if standing else {}
        super().__init__(*args, initial=start, **kwargs)
        self.indicator, self.years, self.today = indicator, years, today
        for number in range(1, years + 1):
            self.fields[f"target_{number}"] = NumberField(
                label=f"Streefcijfer werkingsjaar {number}", required=False
            )
            self.initial[f"target_{number}"] = standing.target(number) if standing else None
        if not standing:
            del self.fields["reason"]
        self.order_fields(
            ["baseline", "baseline_on", *(f"target_{n}" for n in range(1, years + 1)), "reason"]
        )

    def clean_baseline_on(self):
        day = self.cleaned_data["baseline_on"]
        if day.year < 2000 or day > self.today:
            raise forms.ValidationError("Kies een dag die voorbij is.")
        return day

    def clean(self):
        facts = super().clean()
        baseline = facts.get("baseline")
        for number in range(1, self.years + 1):
            target = facts.get(f"target_{number}")
            if baseline is None or target is None:
                continue
            if self.indicator.direction == Direction.RISE and target < baseline:
                self.add_error(f"target_{number}", "Dit moet stijgen: kies niet minder dan de beginwaarde.")
            if self.indicator.direction == Direction.FALL and target > baseline:
                self.add_error(f"target_{number}", "Dit moet dalen: kies niet meer dan de beginwaarde.")
        return facts

    @property
    def facts(self) -> dict:
        """What the action takes."""
        known = self.cleaned_data
        targets = [known[f"target_{number}"] for number in range(1, self.years + 1)]
        return {
            "baseline": known["baseline"],
            "baseline_on": known["baseline_on"],
            "targets": targets,
            "reason": known.get("reason", ""),
        }


class ProjectActivitiesForm(forms.Form):
    """Which activities of the House belong to the project."""

    activities = forms.ModelMultipleChoiceField(
        label="Activiteiten", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, project: Project, **kwargs):
        chosen = list(project.activities.values_list("pk", flat=True))
        super().__init__(*args, initial={"activities": chosen}, **kwargs)
        self.fields["activities"].queryset = Activity.objects.filter(house=project.house_id).order_by(
            "title", "pk"
        )
