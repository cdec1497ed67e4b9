"""What a member of a jury gives: points and a remark for each criterion."""

from django import forms
from django.utils.html import escape

from projects.actions.jury import Given
from projects.models import Criterion, Score
from projects.models.jury import MOST_POINTS

CHOICES = [("", "Nog geen punten"), *((str(points), str(points)) for points in range(MOST_POINTS + 1))]


class PointsForm(forms.Form):
    """All criteria of a call; one without points can be kept, and not handed in."""

    def __init__(self, *args, criteria: list[Criterion], scores: list[Score], **kwargs):
        given = {score.criterion_id: score for score in scores}
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            score = given.get(each.pk)
            self.fields[f"points-{each.pk}"] = forms.TypedChoiceField(
                label=f"{each.name} (gewicht {each.weight})",
                choices=CHOICES,
                coerce=int,
                empty_value=None,
                required=False,
                initial="" if score is None or score.points is None else str(score.points),
                # Help texts are shown as they are; this one holds words that people typed.
                help_text=escape(each.guide),
            )
            self.fields[f"remark-{each.pk}"] = forms.CharField(
                label="Opmerking",
                max_length=1000,
                required=False,
                initial=score.remark if score else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def given(self) -> dict[int, Given]:
        """Points and remark by criterion."""
        found = self.cleaned_data
        return {
            each.pk: Given(found[f"points-{each.pk}"], found[f"remark-{each.pk}"]) for each in self.criteria
        }
