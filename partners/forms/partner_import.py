"""A file with partners: its columns, and how each cell is understood."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from huizen.forms.sheet import (
    Column,
    Fault,
    choice_of,
    choices_of,
    day,
    email_of,
    phone_of,
    read_sheet,
    text_of,
)
from huizen.sheet import Sheet
from huizen.uploaded_table import Line
from huizen.vocabulary import LifeDomain
from partners.forms.organisation import kbo_digits, sane_day
from partners.models import Contact, Organisation, Partnership


def _kbo(text: str) -> str:
    """As it is typed anywhere; a spreadsheet that takes it for a number loses the zero in front."""
    if not text:
        return ""
    found = kbo_digits(text) or kbo_digits(f"0{text}")
    if not found:
        raise ValidationError("Dit is geen KBO-nummer. Het heeft tien cijfers, zoals 0123.456.749.")
    return found


PHONE, EMAIL = phone_of(Organisation), email_of(Organisation)
_ROLE = choice_of(Partnership.Role.choices, "Deze rol")
_WEBSITE = forms.URLField(max_length=200, required=False, assume_scheme="https")

COLUMNS = (
    Column("name", "Naam", text_of(Organisation, "name"), ("organisatie", "partner", "naam organisatie")),
    Column("kind", "Soort", text_of(Organisation, "kind"), ("soort organisatie", "type")),
    Column(
        "life_domains",
        "Levensdomeinen",
        choices_of(LifeDomain.choices, "Dit levensdomein"),
        ("levensdomein", "domein", "domeinen"),
    ),
    Column(
        "description", "Wat ze doen", text_of(Organisation, "description"), ("omschrijving", "beschrijving")
    ),
    Column("phone", "Telefoon", PHONE, ("tel", "telefoonnummer")),
    Column("email", "E-mail", EMAIL, ("mail", "e-mailadres", "mailadres")),
    Column("website", "Website", _WEBSITE.clean, ("site", "url")),
    Column("kbo_number", "KBO-nummer", _kbo, ("kbo", "ondernemingsnummer")),
    Column("role", "Rol", lambda text: _ROLE(text) or Partnership.Role.PARTNER.value),
    Column("since", "Sinds", day, ("partner sinds", "vanaf")),
    Column("contact_name", "Contactpersoon", text_of(Contact, "name"), ("contact", "naam contactpersoon")),
    Column("contact_function", "Functie", text_of(Contact, "function")),
    Column("contact_email", "E-mail van de contactpersoon", EMAIL, ("e-mail contactpersoon",)),
    Column("contact_phone", "Telefoon van de contactpersoon", PHONE, ("telefoon contactpersoon",)),
)
HEAD = [column.head for column in COLUMNS]
EXAMPLE = [
    [
        "Speelotheek De Tol (voorbeeld)",
        "vzw",
        f"{LifeDomain.LEISURE.label}, {LifeDomain.PARENTING.label}",
        "Leent speelgoed uit.",
        "014 00 00 00",
        "speelotheek@voorbeeld.example",
        "speelotheek.example",
        "0123.456.749",
        Partnership.Role.CORE.label,
        "31/01/2024",
        "Demo Contact",
        "coördinator",
        "demo-contact@voorbeeld.example",
        "014 00 00 01",
    ]
]


def read_partners(lines: list[Line], *, today: date) -> Sheet:
    """The partners on the lines of a table. Raises TableError without a column for the name, or without any partner."""
    return read_sheet(lines, COLUMNS, lambda values: _facts(values, today))


def _facts(values: dict, today: date) -> dict:
    if not values["name"]:
        raise Fault("name", "De naam ontbreekt.")
    try:
        since = sane_day(values["since"] or today, today=today)
    except ValidationError as error:
        raise Fault("since", " ".join(error.messages)) from error
    if values["contact_name"] and not (values["contact_email"] or values["contact_phone"]):
        raise Fault("contact_name", "Geef ook een e-mailadres of telefoonnummer van de contactpersoon.")
    return values | {"since": since.isoformat()}
