"""What a group that meets is called."""

from django import forms

from partners.actions.meeting_group import GroupFacts
from partners.models import MeetingGroup


class GroupForm(forms.Form):
    """Its kind and its name."""

    kind = forms.ChoiceField(label="Wat is het?", choices=MeetingGroup.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label="Hoe heet de groep?", max_length=120, help_text="Bijvoorbeeld: taal en ontmoeting."
    )

    @property
    def facts(self) -> GroupFacts:
        """What the action takes."""
        return GroupFacts(**self.cleaned_data)
