"""What is filled in for a point of an agenda, by who makes it and by who proposes one; its documents."""

from django import forms

from partners.forms.resource import VersionForm
from partners.models import AgendaItem, AgendaProposal

TEXT = forms.Textarea(attrs={"rows": 4})


class NewItemForm(forms.ModelForm):
    """A new point, in one line of fields; more is told on its own page."""

    class Meta:
        model = AgendaItem
        fields = ["title", "purpose", "minutes", "presenter"]
        labels = {"title": "Nieuw punt"}


class ItemForm(forms.ModelForm):
    """All that a point says."""

    class Meta:
        model = AgendaItem
        fields = ["title", "purpose", "minutes", "presenter", "text", "state"]
        widgets = {"text": TEXT, "state": forms.RadioSelect}
        labels = {"state": "Hoe staat het ermee?"}
        help_texts = {"state": "Wat doorgeschoven is, bieden we aan bij het volgende overleg."}


class ProposalForm(forms.ModelForm):
    """A point that somebody would like to talk about."""

    class Meta:
        model = AgendaProposal
        fields = ["title", "purpose", "minutes", "text"]
        widgets = {"text": TEXT}
        labels = {"title": "Waarover wil je het hebben?", "minutes": "Hoeveel minuten"}
        help_texts = {"text": "Zet er niets in over een gezin."}


class DecisionForm(forms.Form):
    """A word back to who proposed a point; who hears no is told why."""

    answer = forms.CharField(
        label="Je antwoord",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wie het voorstelde, krijgt dit in een mail. Zeg je nee? Zeg dan ook waarom.",
    )

    def clean(self):
        facts = super().clean()
        if "nee" in self.data and not facts.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Zeg kort waarom het niet op de agenda komt.")
        return facts


class DocumentForm(VersionForm):
    """A file or an address with a point."""

    title = forms.CharField(label="Naam van het document", max_length=120)
    field_order = ["title", "file", "url"]
