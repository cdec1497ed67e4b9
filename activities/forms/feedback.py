"""How it was, in one tap, and in a few words for who wants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import Feedback


class FeedbackForm(forms.Form):
    """The pressed button, and a text of at most 300 signs."""

    use_required_attribute = False

    score = forms.TypedChoiceField(
        choices=Feedback.Score,
        coerce=int,
        error_messages={
            "required": _("Druk op een van de drie gezichten."),
            "invalid_choice": _("Druk op een van de drie gezichten."),
        },
    )
    text = forms.CharField(
        label=_("Wil je nog iets zeggen?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
