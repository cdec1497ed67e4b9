"""A form that knows what its editor saw, so that nothing is overwritten that somebody else wrote meanwhile."""

from datetime import datetime

from django import forms

from activities.forms.fields import ConstraintsAtFields


class SeenActivityForm(ConstraintsAtFields):
    """A form about an activity that remembers when that had last changed."""

    seen_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_at"] = self.instance.changed_at.isoformat() if self.instance.pk else ""

    @property
    def seen(self) -> datetime | None:
        """When the activity had last changed as this editor saw it; None where that was not told."""
        try:
            return datetime.fromisoformat(self.cleaned_data.get("seen_at") or "")
        except ValueError:
            return None
