"""A file with things on its lines, as a form: its columns, how each cell is understood, and what is said of a fault."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

from huizen.forms.phone import validate_phone
from huizen.search.text import folded
from huizen.sheet import Row, Sheet
from huizen.uploaded_table import LARGEST, Line, TableError, read_table

FORMULA = "Hier staat een formule. Zet de tekst zelf in de cel."
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Column:
    """A column of the file: its code, its head as we write it, how a cell is read, and other heads that mean the same."""

    code: str
    head: str
    read: Callable[[str], object]
    also: tuple[str, ...] = ()


class Fault(Exception):
    """What is wrong in a line: the code of the column, and why in words."""

    def __init__(self, column: str, reason: str):
        super().__init__(reason)
        self.column = column


#: What the cells of a line say together, by the code of their column, made into facts that JSON holds. Raises Fault.
Understand = Callable[[dict], dict]


#: Makes a file of the lines of a table.
Read = Callable[[list[Line]], Sheet]


class SheetForm(forms.Form):
    """The file. `sheet` holds what is in it, once it is valid."""

    file = forms.FileField(
        label="Bestand",
        help_text="CSV of XLSX, hoogstens 2 MB en 5000 lijnen.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )
    sheet: Sheet

    def __init__(self, *args, read: Read, **kwargs):
        super().__init__(*args, **kwargs)
        self.read = read

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            # One more than may be: a huge file is never read whole.
            self.sheet = self.read(read_table(upload.read(LARGEST + 1)))
        except TableError as error:
            raise ValidationError(str(error)) from error
        return upload


def read_sheet(lines: list[Line], columns: Sequence[Column], understand: Understand) -> Sheet:
    """The things on the lines of a table. Raises TableError without the first of our columns, or without any line."""
    (_, head), *rest = lines
    named = {_plain(name): column for column in columns for name in (column.head, column.code, *column.also)}
    found = [named.get(_plain(cell)) for cell in head]
    read = [column.code for column in found if column]
    if columns[0].code not in read:
        must = columns[0].head
        raise TableError(f"De kolom {must} ontbreekt op de eerste lijn. Neem het voorbeeld als begin.")
    if twice := next((column.head for column in found if column and read.count(column.code) > 1), ""):
        raise TableError(f"De kolom {twice} staat er twee keer in.")
    if not rest:
        raise TableError("Onder de namen van de kolommen staat niets.")
    unread = [cell[:60] for cell, column in zip(head, found, strict=True) if cell and not column]
    typed = (
        (number, {column.code: cell for column, cell in zip(found, cells, strict=False) if column})
        for number, cells in rest
    )
    return Sheet([_row(number, cells, columns, understand) for number, cells in typed], unread)


def _row(number: int, cells: dict[str, str], columns: Sequence[Column], understand: Understand) -> Row:
    try:
        values = {column.code: _value(column, cells.get(column.code, "")) for column in columns}
        return Row(number, cells, understand(values))
    except Fault as fault:
        head = next((column.head for column in columns if column.code == fault.column), "")
        return Row(number, cells, {}, column=head, reason=str(fault)[:300])


def _value(column: Column, cell: str):
    if cell.startswith("="):
        raise Fault(column.code, FORMULA)
    try:
        return column.read(cell)
    except ValidationError as error:
        raise Fault(column.code, " ".join(error.messages)) from error


def _plain(head: str) -> str:
    return " ".join(re.findall(r"[a-z]+", folded(head)))


def text_of(model: type[Model], name: str) -> Callable[[str], str]:
    """Reads a text as a form of that model would."""
    return model._meta.get_field(name).formfield(required=False).clean


def phone_of(model: type[Model]) -> Callable[[str], str]:
    """Reads a telephone number for the field `phone` of a model."""
    read = text_of(model, "phone")

    def phone(text: str) -> str:
        if text:
            validate_phone(text)
        return read(text)

    return phone


def email_of(model: type[Model]) -> Callable[[str], str]:
    """Reads a mail address for the field `email` of a model."""
    read = text_of(model, "email")
    return lambda text: read(text).lower()


def choice_of(
    choices: Iterable[tuple[str, object]], what: str, also: Mapping[str, str] | None = None
) -> Callable[[str], str]:
    """Reads one of some choices, by its code or its label, or by another word for it (`also`). Empty stays empty."""
    known = {folded(str(word)): str(code) for code, label in choices for word in (code, label)}
    known |= also or {}

    def choice(text: str) -> str:
        code = known.get(folded(text.strip()), "")
        if text.strip() and not code:
            raise ValidationError(f"{what} kennen we niet: {text.strip()[:40]}.")
        return code

    return choice


def choices_of(choices: Iterable[tuple[str, object]], what: str) -> Callable[[str], list[str]]:
    """Reads several of some choices, with a comma or another sign between them."""
    one = choice_of(choices, what)
    return lambda text: [one(part) for part in re.split(r"[,;|/]", text) if part.strip()]


def day(text: str) -> date | None:
    """A day as people and spreadsheets write it; nothing for an empty cell."""
    if not text:
        return None
    for form in DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no clock
        except ValueError:
            continue
    raise ValidationError("Dit is geen dag. Schrijf 31/01/2024.")
