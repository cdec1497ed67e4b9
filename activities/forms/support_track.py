"""What the agency fills in about a support track."""

from django import forms

from activities.models import Activity, SupportTrack


class ActivityChoice(forms.ModelMultipleChoiceField):
    """What professionals can learn from, each with its House."""

    def label_from_instance(self, obj):
        return f"{obj.title} ({obj.house})"


class SupportTrackForm(forms.ModelForm):
    """A name, what one gets out of it, and at least one activity for professionals."""

    activities = ActivityChoice(
        label="Wat hoort erbij?",
        queryset=Activity.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Elke vorming van het netwerk die online staat. Inschrijven gebeurt per moment.",
    )

    class Meta:
        model = SupportTrack
        fields = ["title", "text", "activities", "is_online"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Activity.objects.for_professionals().select_related("house").order_by("title", "pk")
        self.fields["activities"].queryset = offered
