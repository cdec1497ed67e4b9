"""What the coordinator and the partner's editor say to each other about a proposal."""

from django import forms


class QuestionForm(forms.Form):
    """A question back; the editor reads it in a mail."""

    question = forms.CharField(
        label="Je vraag",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De partner krijgt een mail met je vraag.",
        error_messages={"required": "Schrijf je vraag."},
    )


class AnswerForm(forms.Form):
    """What she answers, where she need not change anything."""

    text = forms.CharField(
        label="Je antwoord",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf je antwoord."},
    )


class DeclineForm(forms.Form):
    """Why not; the editor reads it in a mail."""

    reason = forms.CharField(
        label="Waarom niet?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De partner leest dit.",
        error_messages={"required": "Zeg in één zin waarom niet."},
    )
