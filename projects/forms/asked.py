"""What the agency asks of all projects alike: a question of a report, an indicator of the programme."""

from django import forms

from projects.forms.indicator import TAKEN_OVER
from projects.forms.seen import SeenForm
from projects.models import IndicatorTemplate, Question


class QuestionForm(SeenForm):
    """Other words for a question; its kind of report stays."""

    class Meta:
        model = Question
        fields = ["text", "guide"]
        widgets = {"guide": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"guide": "Staat onder de vraag. Eén of twee zinnen."}


class NewQuestionForm(QuestionForm):
    """A new question, of a kind of report."""

    class Meta(QuestionForm.Meta):
        fields = ["kind", *QuestionForm.Meta.fields]


class TemplateForm(SeenForm):
    """An indicator of a programme; the programme is known, so that a name that stands there already is a mistake here."""

    class Meta:
        model = IndicatorTemplate
        fields = list(TAKEN_OVER)
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"source": "Dan stelt het portaal in elk verslag een getal voor."}

    def clean_name(self):
        # Its programme is no field here, so the form does not ask whether the name is taken.
        self.instance.name = self.cleaned_data["name"]
        rules = IndicatorTemplate._meta.constraints
        next(rule for rule in rules if rule.name == "indicator_template_once").validate(
            IndicatorTemplate, self.instance
        )
        return self.instance.name
