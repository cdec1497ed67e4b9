"""A sign-up that somebody of the House notes for a family that calls."""

from datetime import date
from typing import Any

from django import forms

from activities.forms.children import ChildForm
from activities.forms.registration import RegistrationForm
from activities.models import Session


class TelephoneChildForm(ChildForm):
    """A child as told on the telephone: the House may make an exception, and need not ask the month."""

    first_name = forms.CharField(
        label="Voornaam van het kind",
        max_length=40,
        error_messages={"required": "Schrijf de voornaam van het kind."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "birth_month" in self.fields:
            self.fields["birth_month"].label = "In welke maand is het kind geboren?"
            self.fields["birth_month"].required = False

    def clean_birth_month(self) -> date | None:
        return self.cleaned_data["birth_month"]


class TelephoneForm(RegistrationForm):
    """A sign-up that a member of the House notes during a call."""

    child_form = TelephoneChildForm
    how_to_reach = "Hoe bereiken jullie het gezin?"
    your_child = "Kind"
    out_of_reach = "Vraag een e-mailadres of een telefoonnummer. Eén is genoeg."

    name = forms.CharField(
        label="Naam van de ouder", max_length=80, error_messages={"required": "Schrijf de naam van de ouder."}
    )
    note = forms.CharField(label="Nota voor jullie zelf", required=False, max_length=300)
    from_kept = forms.BooleanField(label="Neem een plaats die we bewaarden", required=False)

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, session=session, **kwargs)
        if not session.kept_count:
            del self.fields["from_kept"]
        if "places" in self.fields:
            self.fields["places"].label = "Met hoeveel komen ze?"
        if "wants_reduced" in self.fields:
            self.fields["wants_reduced"].label = "Het gezin wil graag minder betalen"
            self.fields["wants_reduced"].help_text = "Dat mag iedereen vragen. Vraag niet waarom."
        if "language" in self.fields:
            self.fields["language"].label = "In welke taal krijgt het gezin onze mails?"
        # What the browser knows is of who types, not of who calls.
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def party(self) -> dict[str, Any]:
        return {
            **super().party,
            "note": self.cleaned_data["note"],
            "from_kept": self.cleaned_data.get("from_kept", False),
        }
