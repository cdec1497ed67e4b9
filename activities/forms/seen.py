"""A form that knows what its editor saw, so that nothing is overwritten that somebody else wrote meanwhile."""

from datetime import datetime

from activities.forms.fields import ConstraintsAtFields
from huizen.forms import SeenField


class SeenActivityForm(ConstraintsAtFields):
    """A form about an activity that remembers when that had last changed."""

    seen_at = SeenField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_at"] = self.instance.changed_at if self.instance.pk else None

    @property
    def seen(self) -> datetime | None:
        """When the activity had last changed as this editor saw it; None where that was not told."""
        return self.cleaned_data.get("seen_at")
