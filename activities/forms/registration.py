"""What a family fills in to sign up: a name, a way to reach it, and who comes."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.actions import age
from activities.actions.contact import BadPhoneError, Contact, international
from activities.forms.children import MOST_CHILDREN, ChildForm, ChildRows
from activities.models import Activity, Session
from activities.models.sign_up import MOST_PLACES
from families.models import Family
from huizen.forms import PortalField
from huizen.languages import BY_CODE, language_of_page, speaks
from huizen.outbox import sms


def _languages() -> list[tuple[str, str]]:
    return [(code, BY_CODE[code].own_name) for code in speaks()]


class OneOfTwo(PortalField):
    """A field that may stay empty only when the other is not, or that is never empty: the form says so above both."""

    says_optional = False


class RegistrationForm(forms.Form):
    """The sign-up of a family for one moment."""

    without_summary = True
    child_form = ChildForm
    #: What stands above the ways to reach the family, above its one child, and where no way was given.
    how_to_reach = _("Hoe bereiken we je?")
    your_child = _("Je kind")
    out_of_reach = _("Geef je e-mailadres of je telefoonnummer. Eén is genoeg.")

    name = forms.CharField(
        label=_("Jouw naam"),
        max_length=80,
        error_messages={"required": _("Schrijf je naam.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mailadres"),
        required=False,
        bound_field_class=OneOfTwo,
        error_messages={"invalid": _("Dit e-mailadres klopt niet. Kijk het nog eens na.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telefoon"),
        required=False,
        bound_field_class=OneOfTwo,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    places = forms.IntegerField(
        label=_("Met hoeveel komen jullie?"),
        min_value=1,
        max_value=MOST_PLACES,
        initial=1,
        error_messages={
            "required": _("Schrijf met hoeveel jullie komen."),
            "invalid": _("Schrijf een getal, zoals 2."),
            "min_value": _("Schrijf een getal van 1 of meer."),
            "max_value": _(
                "Je kan met hoogstens %(limit_value)s personen inschrijven. Bel ons als jullie met meer zijn."
            ),
        },
    )

    wants_reduced = forms.BooleanField(
        label=_("Ik wil graag minder betalen"),
        help_text=_("Dat mag iedereen vragen. Je hoeft niet te zeggen waarom."),
        required=False,
    )

    wants_sms = forms.BooleanField(
        label=_("Stuur me ook een sms"),
        help_text=_("De dag voordien, en als het die dag niet doorgaat. Het kost je niets."),
        required=False,
    )

    language = forms.ChoiceField(
        label=_("In welke taal wil je onze mails?"),
        help_text=_("Het Nederlands staat er altijd bij."),
        choices=_languages,
        initial=lambda: language_of_page().code,
        required=False,
        bound_field_class=OneOfTwo,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Kies een taal uit de lijst.")),
    )

    def __init__(
        self, data=None, *, session: Session, now: datetime, initial=None, children=(), rows: int = 1
    ):
        super().__init__(data, initial=initial, use_required_attribute=False)
        self.session = session
        self.children = None
        if not sms.is_on():
            del self.fields["wants_sms"]
        if not session.activity.reduced_rate:
            del self.fields["wants_reduced"]
        if len(speaks()) == 1:
            del self.fields["language"]
        if session.activity.counts == Activity.Counts.CHILDREN:
            del self.fields["places"]
            self.children = ChildRows(
                data, session=session, now=now, initial=children, rows=rows, form_class=self.child_form
            )

    @classmethod
    def sent(cls, data, *, session: Session, now: datetime) -> "RegistrationForm":
        """The form as a visitor sent it, with as many rows as it had."""
        return cls(data, session=session, now=now, rows=_rows(data))

    @classmethod
    def with_one_more(cls, data, *, session: Session, now: datetime) -> "RegistrationForm":
        """What was typed so far, without a word on what is missing yet, and a row for another child."""
        typed = cls.sent(data, session=session, now=now)
        rows = typed.children.forms if typed.children else []
        return cls(
            session=session,
            now=now,
            initial=_raw(typed),
            children=[_raw(row) for row in rows],
            rows=len(rows) + 1,
        )

    @classmethod
    def known(cls, family: Family | None, *, session: Session, now: datetime) -> "RegistrationForm":
        """An empty form; for who has an account, filled with what we remember and with the children that fit."""
        if family is None:
            return cls(session=session, now=now)
        children = [
            {"first_name": child.first_name, "birth_month": child.birth_month}
            for child in family.children.order_by("birth_month")
            if age.fits(session, child.birth_month)
        ]
        about = {"name": family.user.name, "email": family.user.email}
        return cls(session=session, now=now, initial=about, children=children, rows=len(children))

    @property
    def may_add_row(self) -> bool:
        return self.children is not None and self.children.rows < MOST_CHILDREN

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.children is None or self.children.is_valid()])

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        try:
            return phone and international(phone) and phone
        except BadPhoneError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked = {"email", "phone"}
        if not asked & set(self.errors) and not any(cleaned.get(name) for name in asked):
            self.add_error("email", self.out_of_reach)
        if cleaned.get("wants_sms") and "phone" not in self.errors and not _is_mobile(cleaned["phone"]):
            self.add_error(
                "phone", gettext("Voor een sms hebben we een gsm-nummer nodig, zoals 0470 00 00 00.")
            )
        return cleaned

    @property
    def party(self) -> dict[str, Any]:
        """Who signs up and who comes, for the action."""
        told = self.cleaned_data
        return {
            "contact": Contact(
                told["name"],
                told["email"],
                told["phone"],
                wants_sms=told.get("wants_sms", False),
                language=told.get("language") or language_of_page().code,
            ),
            "children": self.children.facts if self.children else (),
            "places": told.get("places", 1),
            "wants_reduced": told.get("wants_reduced", False),
        }


class MailLanguageForm(forms.Form):
    """In which language a family gets our mails from now on."""

    language = RegistrationForm.base_fields["language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["language"].required = True


class PlacesForm(forms.Form):
    """With how many a family comes, where persons are counted."""

    places = RegistrationForm.base_fields["places"]


def _is_mobile(phone: str) -> bool:
    return bool(phone) and sms.is_mobile(international(phone))


def _rows(data) -> int:
    """How many rows the form had; whatever was sent, a number that we can show."""
    sent = str(data.get("rijen", ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 1


def _raw(form: forms.Form) -> dict[str, Any]:
    """What was typed, right or wrong."""
    return {name: form[name].value() for name in form.fields}
