"""What a professional fills in to come and learn: who she is and for whom she works. No child, no family."""

from typing import Any

from django import forms

from activities.actions.contact import Contact
from huizen.models import User
from partners.models import Editor


class LearningForm(forms.Form):
    """The sign-up of one professional."""

    name = forms.CharField(
        label="Jouw naam", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mailadres", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    organisation = forms.CharField(
        label="Organisatie",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial = {"name": user.name, "email": user.email, "organisation": organisation_name(user)}

    @property
    def party(self) -> dict[str, Any]:
        """Who comes, for the action; her organisation is for who receives her."""
        told = self.cleaned_data
        return {"contact": Contact(told["name"], told["email"]), "note": told["organisation"]}


def organisation_name(user: User) -> str:
    """For whom somebody works: the organisation that she edits, else her House; nothing where we do not know."""
    own = Editor.objects.current().filter(user=user).select_related("organisation").order_by("pk").first()
    houses = [membership.house for membership in user.current_memberships if membership.house]
    return str(own.organisation) if own else str(houses[0]) if houses else ""
