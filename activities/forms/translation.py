"""What an activity says in its own words, typed beside the Dutch."""

from django import forms

from activities.models import ActivityTranslation
from huizen.forms.translation import TranslationForm


class ActivityTranslationForm(TranslationForm):
    """Title, sentence, text, who welcomes you, what to bring."""

    class Meta:
        model = ActivityTranslation
        fields = [*ActivityTranslation.FIELDS, "state"]
        widgets = {
            "description": forms.Textarea({"rows": 8}),
            "summary": forms.Textarea({"rows": 2}),
            "state": forms.RadioSelect(choices=ActivityTranslation.State.choices),
        }
