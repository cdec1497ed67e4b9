"""What a family fills in to sign up: a name, a way to reach it, and who comes."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.actions import age
from activities.actions.contact import BadPhoneError, Contact, international
from activities.actions.party import ChildFacts
from activities.models import Activity, Session
from activities.models.sign_up import MOST_PLACES
from families.models import Family
from huizen.forms import MonthField, PortalField
from huizen.outbox import sms

#: The most children in one form; a class or a club calls the House.
MOST_CHILDREN = 8


class OneOfTwo(PortalField):
    """A field that may stay empty only when the other is not: the form says so above both."""

    says_optional = False


class ChildForm(forms.Form):
    """One child: a first name, and a birth month only where the activity asks for it."""

    first_name = forms.CharField(
        label=_("Voornaam van je kind"),
        max_length=40,
        error_messages={"required": _("Schrijf de voornaam van je kind.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_month = MonthField(
        label=_("In welke maand is je kind geboren?"),
        help_text=_("Bijvoorbeeld 03/2024."),
        error_messages={"required": _("Kies de maand waarin je kind geboren is.")},
    )

    def __init__(self, *args, session: Session, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.session, self.today = session, timezone.localdate(now)
        self.born: date | None = None
        if not session.activity.asks_birth_month:
            del self.fields["birth_month"]

    @property
    def is_blank(self) -> bool:
        """Nothing was typed: a row that the parent left as it was."""
        return not any(str(self[name].value() or "").strip() for name in self.fields)

    def clean_birth_month(self) -> date | None:
        month = self.cleaned_data["birth_month"]
        if month and (sentence := age.why_not(self.session, month, today=self.today)):
            self.born = month
            raise ValidationError(self._with_phone(sentence))
        return month

    @property
    def other_offer(self) -> str:
        """Where to find what does fit the child that this activity is not for; empty when it fits."""
        return f"{reverse('activity_list')}?geboren={self.born:%Y-%m}" if self.born else ""

    def _with_phone(self, sentence: str) -> str:
        phone = self.session.activity.phone or self.session.activity.house.phone
        return (
            f"{sentence} " + gettext("Twijfel je? Bel %(phone)s.") % {"phone": phone} if phone else sentence
        )

    @property
    def facts(self) -> ChildFacts:
        return ChildFacts(self.cleaned_data["first_name"], self.cleaned_data.get("birth_month"))


class ChildRows:
    """The children of one form: rows of which the blank ones do not count, at least one filled in."""

    form_class = ChildForm

    def __init__(
        self, data=None, *, session: Session, now: datetime, initial=(), rows: int = 1, form_class=None
    ):
        self.is_bound = data is not None
        self.rows = max(1, min(rows, MOST_CHILDREN))
        make = form_class or ChildForm
        self.forms = [
            make(
                data,
                prefix=f"kind-{number}",
                session=session,
                now=now,
                initial=initial[number] if number < len(initial) else None,
                use_required_attribute=False,
            )
            for number in range(self.rows)
        ]

    def non_form_errors(self) -> list[str]:
        return []

    @property
    def filled(self) -> list[ChildForm]:
        """The rows that count; the first one always does, so that its errors show where nothing was typed."""
        return [row for number, row in enumerate(self.forms) if not row.is_blank] or self.forms[:1]

    def is_valid(self) -> bool:
        for row in self.forms:
            row.empty_permitted = row not in self.filled
        # Every row is asked: each shows its own errors.
        answers = [row.is_valid() for row in self.forms]
        return all(answers)

    @property
    def facts(self) -> list[ChildFacts]:
        return [row.facts for row in self.filled]


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
                told["name"], told["email"], told["phone"], wants_sms=told.get("wants_sms", False)
            ),
            "children": self.children.facts if self.children else (),
            "places": told.get("places", 1),
            "wants_reduced": told.get("wants_reduced", False),
        }


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
