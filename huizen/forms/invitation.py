"""Whom to let in, and as what."""

from django import forms

from huizen.models import House
from huizen.roles import Role

HOUSE_CHOICES = [(role.value, role.label) for role in (Role.COORDINATOR, Role.STAFF)]
AGENCY_CHOICES = [(role.value, role.label) for role in (Role.OFFICER, Role.JURY, Role.ABB_READER)]


class InvitationForm(forms.Form):
    """Whom to let in, and as what."""

    email = forms.EmailField(label="E-mailadres", max_length=254)
    role = forms.ChoiceField(label="Rol", widget=forms.RadioSelect)

    def __init__(self, *args, house: House | None, **kwargs):
        super().__init__(*args, **kwargs)
        choices = HOUSE_CHOICES if house else AGENCY_CHOICES
        self.fields["role"].choices = choices
        self.fields["role"].initial = choices[-1][0]
