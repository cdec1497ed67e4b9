"""What a family fills in to come every time, and from when it comes again."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.actions import age
from activities.forms.children import ChildForm
from activities.forms.registration import RegistrationForm
from huizen.forms import DateInput


class SeriesChildForm(ChildForm):
    """A child that comes every time: it may still grow into the activity within the year."""

    def clean_birth_month(self) -> date | None:
        month = self.cleaned_data["birth_month"]
        if month and (sentence := age.why_not_soon(self.session, month, today=self.today)):
            self.born = month
            raise ValidationError(self._with_phone(sentence))
        return month


class SeriesForm(RegistrationForm):
    """The sign-up of a family for all moments; `session` is the next one."""

    child_form = SeriesChildForm


class PauseForm(forms.Form):
    """The first day on which a family comes again."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("Vanaf wanneer komen jullie weer?"),
        widget=DateInput,
        error_messages={"required": _("Kies een dag."), "invalid": _("Kies een dag, zoals 4/3/2026.")},
    )
