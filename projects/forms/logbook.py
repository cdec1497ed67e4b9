"""Which acts of a project to show."""

from django import forms
from django.db.models import QuerySet

from huizen.models import Event, User
from huizen.templatetags.logbook import verb


class ProjectLogbookFilter(forms.Form):
    """By who did it, what was done, and when."""

    wat = forms.ChoiceField(label="Wat", required=False)
    wie = forms.ModelChoiceField(label="Wie", queryset=None, empty_label="Iedereen", required=False)
    van = forms.DateField(label="Vanaf", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    tot = forms.DateField(label="Tot en met", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args, events: QuerySet[Event], **kwargs):
        super().__init__(*args, **kwargs)
        verbs = events.order_by().values_list("verb", flat=True).distinct()
        named = sorted(((code, verb(code).rstrip(":")) for code in verbs), key=lambda each: each[1])
        self.fields["wat"].choices = [("", "Alles"), *named]
        self.fields["wie"].queryset = User.objects.filter(pk__in=events.order_by().values("actor")).order_by(
            "name", "email"
        )

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The acts that fit; a filter that was not understood narrows nothing and says so."""
        if not self.is_valid():
            return events
        asked = self.cleaned_data
        rules = {
            "verb": asked["wat"],
            "actor": asked["wie"],
            "at__date__gte": asked["van"],
            "at__date__lte": asked["tot"],
        }
        return events.filter(**{name: value for name, value in rules.items() if value})
