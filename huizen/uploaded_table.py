"""A table out of a file that somebody sends: CSV as programs here write it, or XLSX. Everything in it is text."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from huizen.spreadsheet import FORMULA_STARTS

#: The largest file, in bytes; what XLSX may hold once unpacked; the most lines with something on them, and columns.
LARGEST, UNPACKED, LINES, COLUMNS = 2 * 1024 * 1024, 40 * 1024 * 1024, 5_000, 60
#: Further down nothing is looked for: a line can lie at the end of the world.
LAST_ROW = 4 * LINES
ENCODINGS = ("utf-8-sig", "cp1252")
SEPARATORS = ";,\t"
NO_TABLE = "Dit is geen tabel die we kunnen lezen. Bewaar ze als CSV of XLSX."


class TableError(Exception):
    """Why a file cannot be read as a table; its text is for who sent it."""


#: A line as it stands in the file: its number there (the first is 1) and its cells, without space around them.
Line = tuple[int, list[str]]


def read_table(content: bytes) -> list[Line]:
    """The lines of a file that hold something, the head too. Formulas are their own text, and are never carried out.

    Raises TableError for what is no table, too large, or written in signs that we do not know.
    """
    if not content.strip():
        raise TableError("Dit bestand is leeg.")
    if len(content) > LARGEST:
        raise TableError("Dit bestand is te groot. Neem er een van hoogstens 2 MB, of splits het.")
    rows = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    return _with_something(rows)


def _with_something(rows: Iterable[list[str]]) -> list[Line]:
    lines = [(number, _trimmed(cells)) for number, cells in enumerate(rows, start=1) if any(cells)]
    if not lines:
        raise TableError("Dit bestand is leeg.")
    # The head is a line too.
    if len(lines) > LINES + 1:
        raise TableError(f"Dit bestand heeft meer dan {LINES} lijnen. Splits het in kleinere.")
    return lines


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells behind the last one that holds something."""
    last = max(place for place, cell in enumerate(cells) if cell)
    return cells[: last + 1]


def _csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    try:
        # One more than may be is enough to know that it is too much.
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator)):
            if number > LAST_ROW:
                return
            yield [_text(cell) for cell in row[:COLUMNS]]
    except csv.Error as error:
        raise TableError(NO_TABLE) from error


def _decoded(content: bytes) -> str:
    """UTF-8, or what Windows writes in this part of the world; never a guess beyond those two."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TableError("We kennen de tekens van dit bestand niet. Bewaar het als CSV UTF-8 of XLSX.")
    if b"\0" in content:
        raise TableError(NO_TABLE)
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableError("We kennen de tekens van dit bestand niet. Bewaar het als CSV UTF-8 of XLSX.")


def _xlsx(content: bytes) -> list[list[str]]:
    # Loaded when it is asked for: most processes never read one.
    from openpyxl import load_workbook

    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own size is not to be believed.
        sheet.reset_dimensions()
        found = sheet.iter_rows(max_row=LAST_ROW, max_col=COLUMNS, values_only=True)
        return [[_text(cell) for cell in row] for row in found]
    except TableError:
        raise
    # A file that was made to break a reader can break it anywhere.
    except Exception as error:
        raise TableError(NO_TABLE) from error


def _refuse_bomb(content: bytes) -> None:
    """A small file can unpack to a huge one; a member never gives more than it says here."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(member.file_size for member in packed.infolist()) > UNPACKED:
            raise TableError("Dit bestand is te groot als het is uitgepakt. Splits het.")


def _text(cell) -> str:
    """A cell as text: a day as 2026-03-04, a whole number without ".0", and without the mark of our own export."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    # A formula over several cells is an object with its text.
    text = " ".join(str(getattr(cell, "text", cell)).replace("\0", "").split())
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text
