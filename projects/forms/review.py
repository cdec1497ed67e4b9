"""What an officer answers to a report: a word with it, points that should be otherwise, and points that are done."""

from django import forms

from projects.models import ProgressReport, ReportVersion

#: Room for so many new points at once.
POINTS = 4
ACCEPT, RETURN, REOPEN = "aanvaard", "vraag", "heropen"


class ReviewForm(forms.Form):
    """One form with two buttons, so that what is ticked counts for both."""

    prefix = "antwoord"
    use_required_attribute = False

    version = forms.IntegerField(min_value=0, max_value=32_000, widget=forms.HiddenInput)
    ticked = forms.ModelMultipleChoiceField(
        label="Wat is in orde?", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label="Een woord erbij", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, report: ProgressReport, seen: ReportVersion, act: str = "", **kwargs):
        super().__init__(*args, initial={"version": seen.number}, **kwargs)
        self.report, self.act = report, act
        self.fields["ticked"].queryset = report.points.filter(ticked_at=None).order_by("pk")
        parts = [(part["key"], f"{part['section']}: {part['label']}"[:90]) for part in seen.content["parts"]]
        for number in range(1, POINTS + 1):
            self.fields[f"about_{number}"] = forms.ChoiceField(
                label=f"Punt {number}: waarover?", choices=[("", "Het hele verslag"), *parts], required=False
            )
            self.fields[f"point_{number}"] = forms.CharField(
                label=f"Punt {number}: wat moet anders?", max_length=600, required=False
            )

    def clean(self):
        facts = super().clean()
        if self.act != ACCEPT and not facts.get("text") and "text" not in self.errors:
            self.add_error("text", "Zeg in één zin waarom.")
        for number in range(1, POINTS + 1):
            if self.act == ACCEPT and facts.get(f"point_{number}"):
                self.add_error(
                    f"point_{number}", "Hier vraag je nog iets. Vraag een aanpassing, of maak dit leeg."
                )
        return facts

    @property
    def points(self) -> list[tuple[str, str]]:
        """The points that were written, each with the part that it is about."""
        facts = self.cleaned_data
        pairs = [(facts[f"about_{number}"], facts[f"point_{number}"]) for number in range(1, POINTS + 1)]
        return [(part[:40], wish) for part, wish in pairs if wish]

    @property
    def typed(self) -> list[str]:
        """What somebody wrote, for when it can no longer be sent."""
        names = ["text", *(f"point_{number}" for number in range(1, POINTS + 1))]
        return [text for name in names if self.is_bound and (text := self[name].value())]

    @property
    def point_fields(self) -> list[tuple]:
        """The fields of each point, two by two."""
        return [(self[f"about_{number}"], self[f"point_{number}"]) for number in range(1, POINTS + 1)]
