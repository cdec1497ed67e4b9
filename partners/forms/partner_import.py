"""A file with partners: its columns, and how each cell is understood."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError

from huizen.forms.phone import validate_phone
from huizen.search.text import folded
from huizen.uploaded_table import LARGEST, Line, TableError, read_table
from huizen.vocabulary import LifeDomain
from partners.actions.import_plan import Row
from partners.forms.organisation import kbo_digits, sane_day
from partners.models import Contact, Organisation, Partnership

FORMULA = "Hier staat een formule. Zet de tekst zelf in de cel."
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Column:
    """A column of the file: its code, its head as we write it, how a cell is read, and other heads that mean the same."""

    code: str
    head: str
    read: Callable[[str], object]
    also: tuple[str, ...] = ()


def _text(model, name: str) -> Callable[[str], str]:
    return model._meta.get_field(name).formfield(required=False, strip=True).clean


def _phone(text: str) -> str:
    if text:
        validate_phone(text)
    return _text(Organisation, "phone")(text)


def _email(text: str) -> str:
    return _EMAIL.clean(text).lower()


def _kbo(text: str) -> str:
    """As it is typed anywhere; a spreadsheet that takes it for a number loses the zero in front."""
    if not text:
        return ""
    found = kbo_digits(text) or kbo_digits(f"0{text}")
    if not found:
        raise ValidationError("Dit is geen KBO-nummer. Het heeft tien cijfers, zoals 0123.456.749.")
    return found


def _domains(text: str) -> list[str]:
    return [
        _choice(LifeDomain, part, "Dit levensdomein") for part in re.split(r"[,;|/]", text) if part.strip()
    ]


def _role(text: str) -> str:
    return _choice(Partnership.Role, text, "Deze rol") if text else Partnership.Role.PARTNER.value


def _choice(choices, text: str, what: str) -> str:
    known = {folded(str(word)): code for code, label in choices.choices for word in (code, label)}
    code = known.get(folded(text.strip()))
    if code is None:
        raise ValidationError(f"{what} kennen we niet: {text.strip()[:40]}.")
    return str(code)


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no clock
        except ValueError:
            continue
    raise ValidationError("Dit is geen dag. Schrijf 31/01/2024.")


_EMAIL = Organisation._meta.get_field("email").formfield(required=False)
_WEBSITE = forms.URLField(max_length=200, required=False, assume_scheme="https")

COLUMNS = (
    Column("name", "Naam", _text(Organisation, "name"), ("organisatie", "partner", "naam organisatie")),
    Column("kind", "Soort", _text(Organisation, "kind"), ("soort organisatie", "type")),
    Column("life_domains", "Levensdomeinen", _domains, ("levensdomein", "domein", "domeinen")),
    Column(
        "description", "Wat ze doen", _text(Organisation, "description"), ("omschrijving", "beschrijving")
    ),
    Column("phone", "Telefoon", _phone, ("tel", "telefoonnummer")),
    Column("email", "E-mail", _email, ("mail", "e-mailadres", "mailadres")),
    Column("website", "Website", _WEBSITE.clean, ("site", "url")),
    Column("kbo_number", "KBO-nummer", _kbo, ("kbo", "ondernemingsnummer")),
    Column("role", "Rol", _role),
    Column("since", "Sinds", _day, ("partner sinds", "vanaf")),
    Column("contact_name", "Contactpersoon", _text(Contact, "name"), ("contact", "naam contactpersoon")),
    Column("contact_function", "Functie", _text(Contact, "function")),
    Column("contact_email", "E-mail van de contactpersoon", _email, ("e-mail contactpersoon",)),
    Column("contact_phone", "Telefoon van de contactpersoon", _phone, ("telefoon contactpersoon",)),
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


def _plain(head: str) -> str:
    return " ".join(re.findall(r"[a-z]+", folded(head)))


_KNOWN_HEADS = {
    _plain(name): column for column in COLUMNS for name in (column.head, column.code, *column.also)
}


@dataclass(frozen=True)
class Sheet:
    """A file, read: its lines, and the heads of the columns that we do not read."""

    rows: list[Row]
    unread: list[str]


class ImportForm(forms.Form):
    """The file with partners. `sheet` holds what is in it, once it is valid."""

    file = forms.FileField(
        label="Bestand",
        help_text="CSV of XLSX, hoogstens 2 MB en 5000 lijnen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            # One more than may be: a huge file is never read whole.
            self.sheet = read_partners(read_table(upload.read(LARGEST + 1)), today=self.today)
        except TableError as error:
            raise ValidationError(str(error)) from error
        return upload


def read_partners(lines: list[Line], *, today: date) -> Sheet:
    """The partners on the lines of a table. Raises TableError without a column for the name, or without any partner."""
    (_, head), *rest = lines
    columns = [_KNOWN_HEADS.get(_plain(cell)) for cell in head]
    read = [column.code for column in columns if column]
    if "name" not in read:
        raise TableError("De kolom Naam ontbreekt op de eerste lijn. Neem het voorbeeld als begin.")
    if twice := next((column.head for column in columns if column and read.count(column.code) > 1), ""):
        raise TableError(f"De kolom {twice} staat er twee keer in.")
    if not rest:
        raise TableError("Onder de namen van de kolommen staat niets.")
    unread = [cell[:60] for cell, column in zip(head, columns, strict=True) if cell and not column]
    return Sheet([_row(number, columns, cells, today) for number, cells in rest], unread)


def _row(number: int, columns: list[Column | None], cells: list[str], today: date) -> Row:
    typed = {column.code: cell for column, cell in zip(columns, cells, strict=False) if column}
    facts: dict = {}
    for column in COLUMNS:
        try:
            facts[column.code] = _understood(column, typed.get(column.code, ""), today)
        except ValidationError as error:
            return Row(number, typed, {}, column=column.head, reason=" ".join(error.messages)[:300])
    if facts["contact_name"] and not (facts["contact_email"] or facts["contact_phone"]):
        return Row(
            number,
            typed,
            {},
            column="Contactpersoon",
            reason="Geef ook een e-mailadres of telefoonnummer van de contactpersoon.",
        )
    return Row(number, typed, facts)


def _understood(column: Column, cell: str, today: date):
    if cell.startswith("="):
        raise ValidationError(FORMULA)
    value = column.read(cell)
    if column.code == "name" and not value:
        raise ValidationError("De naam ontbreekt.")
    if isinstance(value, date):
        return sane_day(value, today=today).isoformat()
    return value if value is not None else today.isoformat()
